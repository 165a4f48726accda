"""What criteria name, held against the library: languages, countries, ratings and fields as it spells them."""

import re
from collections.abc import Callable, Sequence
from typing import get_args

from store.errors import Invalid
from store.store import Store
from tools.catalogue import MediaType
from tools.criteria import MATURITY, STANDARD, Criteria, Criterion, maturity_step, value_text
from tools.fields import CustomField, field_bound, wished_value
from tools.genres import resolve_genres

UNRATED = "NR"
_UNRATED_WORDS = {"UNRATED", "NOT RATED", "UR"}
_HELD = {
    "language": "SELECT DISTINCT original_language AS held FROM media",
    "country": "SELECT DISTINCT unnest(from_json(production_countries, '[\"VARCHAR\"]')) AS held FROM media",
    "maturity_rating": "SELECT DISTINCT maturity_rating AS held FROM media",
}
_LANGUAGE_NAMES = """
SELECT DISTINCT spoken->>'iso_639_1' AS code, unnest([spoken->>'english_name', spoken->>'name']) AS name
FROM (SELECT unnest(from_json(spoken_languages, '["JSON"]')) AS spoken FROM media)
"""


def resolve_wishes(store: Store, criteria: Criteria, own_fields: Sequence[CustomField]) -> Criteria:
    """The criteria with every name as the library spells it, such as ``fr`` for French.

    Args:
        store: the library.
        criteria: the wishes as read_criteria reads them.
        own_fields: the user's fields that are in use.

    Raises:
        Invalid: no title can ever hold a value; the message says what could be.
        NotFound: a genre is not in the taxonomy.
    """
    fields = {field.field_name: field for field in own_fields}
    resolved: Criteria = {}
    for name, wish in criteria.items():
        resolve = _RESOLVERS.get(name)
        field = fields.get(name) or fields.get(name.removeprefix("custom_field_"))
        if resolve:
            values = [resolve(store, value) for value in wish.wanted]
            wish = wish.model_copy(update={"values": values, "value": None})
        elif name not in STANDARD and field:
            wish = _field_wish(field, wish)
        resolved[name] = wish
    return resolved


def _genre(store: Store, name: str) -> str:
    resolve_genres(store, [name])
    return name


def _media_type(store: Store, name: str) -> str:
    if name.strip().lower() not in get_args(MediaType):
        raise Invalid("media_type", name, f"one of {', '.join(get_args(MediaType))}")
    return name.strip().lower()


def _language(store: Store, name: str) -> str:
    said = name.strip().casefold()
    if re.fullmatch("[a-z]{2,3}", said):
        return said
    codes = {row["name"].casefold(): row["code"] for row in store.db.read(_LANGUAGE_NAMES) if row["name"]}
    if said not in codes:
        raise Invalid("language", name, f"an ISO 639-1 code; your library holds {_held(store, 'language')}")
    return str(codes[said])


def _country(store: Store, name: str) -> str:
    said = name.strip().upper()
    if not re.fullmatch("[A-Z]{2}", said):
        raise Invalid("country", name, f"an ISO 3166-1 code; your library holds {_held(store, 'country')}")
    return "GB" if said == "UK" else said


def _maturity(store: Store, name: str) -> str:
    said = name.strip().upper()
    if maturity_step(said) is not None or said == UNRATED:
        return said
    held = {row["held"].upper() for row in store.db.read(_HELD["maturity_rating"]) if row["held"]}
    if said in held:
        return said
    if said in _UNRATED_WORDS:
        return UNRATED
    known = [rating for ratings in MATURITY for rating in ratings] + [UNRATED]
    own = sorted(held - set(known))
    raise Invalid("maturity_rating", name, f"one of {', '.join([*known, *own])}")


_RESOLVERS: dict[str, Callable[[Store, str], str]] = {
    "genre": _genre,
    "media_type": _media_type,
    "language": _language,
    "country": _country,
    "maturity_rating": _maturity,
}


def _field_wish(field: CustomField, wish: Criterion) -> Criterion:
    bounded = wish.min is not None or wish.max is not None
    if bounded and wish.wanted:
        raise Invalid(field.field_name, None, "given a value or bounds, not both")
    if bounded:
        for key, bound in (("min", wish.min), ("max", wish.max)):
            field_bound(field, f"{field.field_name}.{key}", bound)
        return wish
    values: list[str] = []
    for wanted in wish.wanted:
        value = wished_value(field, wanted)
        values += [value_text(part) for part in (value if isinstance(value, list) else [value])]
    return wish.model_copy(update={"values": values, "value": None})


def _held(store: Store, what: str) -> str:
    held = sorted(row["held"] for row in store.db.read(_HELD[what]) if row["held"])
    return ", ".join(held) or "none"

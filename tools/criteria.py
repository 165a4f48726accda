"""A preset's criteria: the schema document's JSON, validated, and in words."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from store.errors import Invalid
from tools.films import value_words


def _refuse_truth(value: Any) -> Any:
    if isinstance(value, bool):  # Pydantic would read it as 1 or 0
        raise ValueError("a number")
    return value


Weight = Annotated[float, Field(ge=0, le=1), BeforeValidator(_refuse_truth)]
Limit = Annotated[float | date, Field(union_mode="left_to_right"), BeforeValidator(_refuse_truth)]


def value_text(value: object) -> str:
    """A single value as a title's JSON spells it: ``true``, ``7.5``, ``2025-11-28``."""
    return str(value).lower() if isinstance(value, bool) else value_words(value)


class Criterion(BaseModel):
    """One wish: its weight from 0 to 1, whether it must hold, and what is wished."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    weight: Weight = 1.0
    required: bool = False
    value: str | float | bool | date | None = None
    values: list[str] | None = None
    min: Limit | None = None
    max: Limit | None = None

    @model_validator(mode="after")
    def _wishes_something(self) -> "Criterion":
        if self.value is None and not self.values and self.min is None and self.max is None:
            raise ValueError("given a value, values, min or max")
        if self.min is not None and self.max is not None:
            if isinstance(self.min, date) != isinstance(self.max, date):
                raise ValueError("given a min and a max of one kind")
            if self.min > self.max:  # type: ignore[operator]
                raise ValueError("given a min that is not above its max")
        return self

    @property
    def wanted(self) -> list[str]:
        """``values``, or ``value`` as a list of one."""
        if self.values or self.value is None:
            return self.values or []
        return [value_text(self.value)]

    @property
    def least(self) -> float | None:
        """``min``, or ``value`` where a lower bound is meant."""
        bound = self.min if self.min is not None else self.value
        return None if bound is None else float(bound)  # type: ignore[arg-type]

    @property
    def most(self) -> float | None:
        """``max`` as a number."""
        return None if self.max is None else float(self.max)  # type: ignore[arg-type]


LISTS = ("genre", "maturity_rating", "media_type", "language", "country", "person")
"""Criteria that name what is allowed."""
BOUNDS = ("min_rating", "runtime", "release_year", "director_score", "screenwriter_score", "taste")
"""Criteria with a lower or upper bound."""
STANDARD = (*LISTS, *BOUNDS)
_RANGE = {
    "min_rating": (0.0, 10.0),
    "runtime": (0.0, math.inf),
    "director_score": (0.0, 10.0),
    "screenwriter_score": (0.0, 10.0),
}
"""What a bound can be, where not every number can."""
MATURITY = (
    ("G", "TV-Y", "TV-G"),
    ("PG", "TV-Y7", "TV-PG"),
    ("PG-13", "TV-14"),
    ("R", "TV-MA"),
    ("NC-17",),
)
"""Maturity ratings in steps, those of films and of television side by side."""

TASTE = {"min": 0}
"""The wish for what resembles the titles rated high; its degree has no bound."""

Criteria = dict[str, Criterion]


def read_criteria(config: dict[str, Any], custom_fields: Sequence[str] = ()) -> Criteria:
    """Validate a criteria configuration.

    Args:
        config: as the schema document shows it, such as ``{"genre": {"weight": 1.0, "values": ["sci-fi"]}}``.
        custom_fields: names of the library's own fields, usable as criteria, with or without ``custom_field_``.

    Raises:
        Invalid: an unknown criterion, a weight outside 0 to 1, or a wish that says nothing.
    """
    criteria: Criteria = {}
    for name, wish in config.items():
        key = name.removeprefix("custom_field_") if name not in custom_fields else name
        if name not in STANDARD and key not in custom_fields:
            known = ", ".join([*STANDARD, *custom_fields])
            raise Invalid("criterion", name, f"one of {known}")
        try:
            criterion = Criterion.model_validate(_spelt_out(wish))
        except ValidationError as error:
            first = error.errors()[0]
            # A union names its members in the place of an error; only the key is the user's.
            place = ".".join([name, *(str(part) for part in first["loc"][:1])])
            words = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
            words = {"extra_forbidden": "weight, required, value, values, min or max"}.get(first["type"], words)
            raise Invalid(place, first.get("input"), words) from error
        if name in LISTS and (not criterion.wanted or criterion.min is not None or criterion.max is not None):
            raise Invalid(name, wish, "a list of values")
        if name in BOUNDS:
            _check_bounds(name, criterion)
        criteria[name] = criterion
    return criteria


def _check_bounds(name: str, criterion: Criterion) -> None:
    if criterion.values:
        raise Invalid(name, ", ".join(criterion.values), "a min or a max")
    if criterion.value is not None and criterion.min is not None:
        raise Invalid(name, None, "given a value or a min, which mean the same, not both")
    least, most = _RANGE.get(name, (-math.inf, math.inf))
    for key in ("value", "min", "max"):
        bound = getattr(criterion, key)
        if bound is None:
            continue
        if not _is_number(bound):
            raise Invalid(f"{name}.{key}", bound, "a number")
        if not least <= float(bound) <= most:
            allowed = f"{least:g} or more" if math.isinf(most) else f"from {least:g} to {most:g}"
            raise Invalid(f"{name}.{key}", float(bound), allowed)
    if criterion.least is not None and criterion.most is not None and criterion.least > criterion.most:
        raise Invalid(f"{name}.value", criterion.least, f"at most the max, {criterion.most:g}")


def maturity_step(rating: str) -> int | None:
    """The step of a maturity rating in MATURITY, None for one that is on no step, such as NR."""
    return next((step for step, ratings in enumerate(MATURITY) if rating in ratings), None)


def _spelt_out(wish: Any) -> Any:
    """``["sci-fi"]`` and ``7.0`` as ``{"values": ["sci-fi"]}`` and ``{"value": 7.0}``."""
    if isinstance(wish, Mapping):
        return dict(wish)
    return {"values": [str(w) for w in wish]} if isinstance(wish, list) else {"value": wish}


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and math.isfinite(float(value))
    except (TypeError, ValueError):
        return False


def build_config(
    base: Mapping[str, Any] | None = None,
    *,
    genres: Sequence[str] | None = None,
    media_type: str | None = None,
    maturity_ratings: Sequence[str] | None = None,
    min_rating: float | None = None,
    min_runtime: int | None = None,
    max_runtime: int | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    language: str | None = None,
    country: str | None = None,
    person: str | None = None,
    min_director_score: float | None = None,
    min_screenwriter_score: float | None = None,
    weights: dict[str, float] | None = None,
    required: Sequence[str] | None = None,
) -> dict[str, Any]:
    """The configuration that spoken wishes amount to, every weight 1 unless given.

    Args:
        base: a configuration that the wishes override, criterion by criterion.
        weights: weight from 0 to 1 by criterion.
        required: criteria that must hold.

    The other arguments are those of ``recommend``.

    Raises:
        Invalid: a weight or a must names a criterion that is not among the wishes.
    """
    wishes: dict[str, dict[str, Any]] = {
        "genre": {"values": list(genres) if genres else None},
        "media_type": {"values": [media_type] if media_type else None},
        "maturity_rating": {"values": list(maturity_ratings) if maturity_ratings else None},
        "min_rating": {"value": min_rating},
        "runtime": {"min": min_runtime, "max": max_runtime},
        "release_year": {"min": year_from, "max": year_to},
        "language": {"values": [language] if language else None},
        "country": {"values": [country] if country else None},
        "person": {"values": [person] if person else None},
        "director_score": {"min": min_director_score},
        "screenwriter_score": {"min": min_screenwriter_score},
    }
    config: dict[str, Any] = {name: _spelt_out(wish) for name, wish in (base or {}).items()}
    for name, wish in wishes.items():
        given = {key: value for key, value in wish.items() if value is not None}
        if given:
            config[name] = {"weight": 1.0, **given}
    if "taste" in (weights or {}):
        config.setdefault("taste", dict(TASTE))
    for argument, names in (("weights", weights or ()), ("required", required or ())):
        for name in names:
            if name not in config:
                raise Invalid(argument, name, f"a criterion you wish for: {', '.join(config) or 'none yet'}")
    for name, weight in (weights or {}).items():
        config[name]["weight"] = weight
    for name in required or ():
        config[name]["required"] = True
    return config


def describe(criteria: Criteria) -> str:
    """The criteria in words, heaviest first."""
    parts = []
    for name, criterion in sorted(criteria.items(), key=lambda pair: -pair[1].weight):
        remarks = ["must"] if criterion.required else []
        if criterion.weight != 1:
            remarks.append(f"weight {criterion.weight:g}")
        parts.append(_words(name, criterion) + (f" ({', '.join(remarks)})" if remarks else ""))
    return ", ".join(parts)


def criterion_words(name: str) -> str:
    """A criterion's name in words: ``min_rating`` is ``rating``."""
    return name.removeprefix("custom_field_").replace("_", " ").removeprefix("min ")


def _words(name: str, criterion: Criterion) -> str:
    words = criterion_words(name)

    def number(bound: float | date | None) -> str:
        return str(bound) if isinstance(bound, date) else f"{bound:{'.0f' if name == 'release_year' else 'g'}}"

    if name == "taste":
        return "your taste"
    if name in LISTS or criterion.values or (criterion.value is not None and name not in BOUNDS):
        return f"{words} {' or '.join(criterion.wanted)}"
    least = criterion.min if criterion.min is not None else criterion.least
    if least is None:
        return f"{words} up to {number(criterion.max)}"
    if criterion.max is None:
        return f"{words} {number(least)} or {'later' if isinstance(least, date) else 'more'}"
    return f"{words} {number(least)} to {number(criterion.max)}"

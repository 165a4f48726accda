"""Fields of the user's own: defined with a type and rules, set on titles, filtered by."""

import json
import math
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema
from rapidfuzz import fuzz

from store.database import Row
from store.errors import Ambiguous, Conflict, Invalid, NotFound
from store.store import Store
from store.titles import normalise
from tools.catalogue import FilmList
from tools.confirmation import require_confirmation
from tools.films import count_words, load_films, numbered, value_words
from tools.tool import Result, Words, tool
from tools.when import read_when

FieldType = Literal["text", "number", "boolean", "select", "multi-select", "date"]
Value = bool | int | float | str | list[str]
Bound = float | date
# A model is only ever asked for numbers here; dates are for scripts.
Limit = Annotated[float | date, Field(union_mode="left_to_right"), WithJsonSchema({"type": "number"})]
Spelt = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)]
"""Text that may be given as a number."""
_RULES: dict[FieldType, set[str]] = {
    "text": {"min", "max", "pattern", "allowed_values"},
    "number": {"min", "max", "allowed_values"},
    "boolean": set(),
    "select": set(),
    "multi-select": {"min", "max"},
    "date": {"min", "max"},
}
"""Which rules say something about a type."""
_BOUNDS: dict[type | None, str] = {float: "a number", date: "a date such as 2025-11-28"}


class CustomField(BaseModel):
    """A row of custom_fields_schema."""

    id: UUID
    field_name: str
    field_label: str
    field_type: FieldType
    field_options: list[str] | None
    field_default_value: str | None
    is_required: bool
    validation_rules: dict[str, Any]
    description: str | None
    help_text: str | None
    is_active: bool


class FieldResult(Result):
    """One field."""

    field: CustomField


class FieldList(Result):
    """All active fields."""

    fields: list[CustomField]


class FieldValue(Result):
    """The value of a field on a title, as stored."""

    media_id: UUID
    field_name: str
    value: Value | None


@tool("write")
def define_field(
    store: Store,
    *,
    label: Annotated[Words, Field(max_length=200)],
    field_type: FieldType = "text",
    name: str | None = None,
    options: list[Words] | None = None,
    required: bool = False,
    default: str | None = None,
    minimum: Limit | None = None,
    maximum: Limit | None = None,
    pattern: str | None = None,
    allowed_values: list[Spelt] | None = None,
    description: str | None = None,
    help_text: Annotated[str | None, Field(max_length=500)] = None,
) -> FieldResult:
    """Define a field of your own for titles, such as "Mood" or "Scare level".

    Args:
        store: the library.
        label: what it is called.
        field_type: text, number, boolean, select, multi-select or date.
        name: its technical name, letters, digits and underscores; made from the label otherwise.
        options: what can be chosen, for select and multi-select; those of a multi-select without commas.
        required: whether set_field may not clear it and add_media reminds of it.
        default: the value of titles where it is not set.
        minimum: least number, earliest date, least length of a text, or least count of choices.
        maximum: greatest number, latest date, greatest length of a text, or greatest count of choices.
        pattern: regular expression that a text must contain; ^ and $ tie it to the ends.
        allowed_values: the only values a text or number may have.
        description: what it means.
        help_text: a hint for filling it in.

    Raises:
        Invalid: the name is not alphanumeric with underscores, or options, rules and type do not fit together.
        Conflict: there is such a field already.
    """
    if name is None:
        name = re.sub(r"\W+", "_", normalise(label), flags=re.ASCII).strip("_")[:100]
    if not re.fullmatch(r"[A-Za-z0-9_]{1,100}", name):
        raise Invalid("field_name", name, "letters, digits and underscores only, at most 100")
    if field_type in ("select", "multi-select") and not options:
        raise Invalid("options", options, f"at least one choice for a {field_type} field")
    if options and field_type not in ("select", "multi-select"):
        raise Invalid("options", options, f"left out for a {field_type} field: only a select has choices")
    if field_type == "multi-select" and (commas := [option for option in options or [] if "," in option]):
        raise Invalid("options", commas[0], "written without a comma, which stands between several choices")
    field = CustomField(
        id=UUID(int=0),
        field_name=name,
        field_label=label,
        field_type=field_type,
        field_options=options,
        field_default_value=default,
        is_required=required,
        validation_rules={},
        description=description,
        help_text=help_text,
        is_active=True,
    )
    rules = field.validation_rules = _rules(field, minimum, maximum, pattern, allowed_values)
    if default is not None:
        check_value(field, default)
    if any(known.field_name.casefold() == name.casefold() for known in active_fields(store)):
        raise Conflict(f"There is a field {name} already. Delete it first or choose another name.")
    with store.db.write("define_field") as write:
        dormant = write.read("SELECT id FROM custom_fields_schema WHERE field_name = ?", [name])
        values: Row = field.model_dump(exclude={"id"})
        values["field_options"] = json.dumps(options, ensure_ascii=False) if options else None
        values["validation_rules"] = json.dumps(rules, ensure_ascii=False) if rules else None
        if dormant:
            row = write.update("custom_fields_schema", dormant[0]["id"], values)
        else:
            row = write.insert("custom_fields_schema", values)
        write.label = f"Defined the field {field.field_label} ({field.field_type})."
    return FieldResult(summary=write.label, field=_field(row))


@tool("write")
def set_field(store: Store, *, title: str, field: str, value: Value | None) -> FieldValue:
    """Set a field of yours on a title; no value clears it.

    Args:
        store: the library.
        title: the film's name.
        field: the field's label or name.
        value: what to set, checked by the field's type and rules; a date also in words, such as 14 March 2024.

    Raises:
        NotFound: no such field; or see TitleIndex.resolve.
        Invalid: the value does not fit the field.
    """
    media = store.titles.resolve(title)
    custom = find_field(store, field)
    with store.db.write("set_field") as write:
        row = write.get("media", media.id)
        values: dict[str, Any] = json.loads(row["custom_fields"] or "{}")
        if value is None:
            _refuse_blank(custom, value)
            values.pop(custom.field_name, None)
            write.label = f"Cleared {custom.field_label} of {media.label}."
            stored = None
        else:
            stored = check_value(custom, _in_figures(custom, value, store.clock()))
            _refuse_blank(custom, stored)
            values[custom.field_name] = stored
            write.label = f"Set {custom.field_label} of {media.label} to {value_words(stored)}."
        write.update(
            "media",
            media.id,
            {"custom_fields": json.dumps(values, ensure_ascii=False) if values else None},
        )
    return FieldValue(summary=write.label, media_id=media.id, field_name=custom.field_name, value=stored)


@tool("read")
def filter_by_field(
    store: Store,
    *,
    field: str,
    value: Value | None = None,
    minimum: Bound | None = None,
    maximum: Bound | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
) -> FilmList:
    """List titles by the value of a field of yours; titles without one count with the default.

    Args:
        store: the library.
        field: the field's label or name.
        value: this value, or one that a multi-select contains.
        minimum: a number or date at least.
        maximum: a number or date at most.
        limit: how many at most, 1 to 100.

    Raises:
        NotFound: no such field.
        Invalid: the value or a bound does not fit the field.
    """
    custom = find_field(store, field)
    low, high = field_bound(custom, "minimum", minimum), field_bound(custom, "maximum", maximum)
    wanted = None if value is None else _typed(custom, _in_figures(custom, value, store.clock()))
    rows = store.db.read("SELECT id, custom_fields FROM media ORDER BY title")
    found = []
    default = default_of(custom)
    for row in rows:
        held = json.loads(row["custom_fields"] or "{}").get(custom.field_name, default)
        if held is not None and _fits(held, wanted, low, high):
            found.append((row["id"], held))
    films = load_films(store, [media_id for media_id, _ in found[:limit]])
    lines = [f"{film.label}: {value_words(held)}" for film, (_, held) in zip(films, found, strict=False)]
    if not lines:
        return FilmList(summary=f"No title has {custom.field_label} like that.", films=[])
    head = f"{count_words(len(found), 'title')} by {custom.field_label}:"
    return FilmList(summary=f"{head}\n{numbered(lines)}", films=films)


@tool("read")
def list_fields(store: Store) -> FieldList:
    """List the fields you defined.

    Args:
        store: the library.
    """
    fields = active_fields(store)
    if not fields:
        return FieldList(summary="You have not defined any fields yet.", fields=[])
    lines = []
    for field in fields:
        choice = f": {', '.join(field.field_options)}" if field.field_options else ""
        lines.append(f"{field.field_label} ({field.field_type}{choice})")
    return FieldList(summary=numbered(lines), fields=fields)


@tool("destructive")
def delete_field(store: Store, *, field: str, confirm: str | None = None) -> Result:
    """Delete a field of yours with its values on all titles.

    Args:
        store: the library.
        field: its label or name.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token; the message counts the values.
        NotFound: no such field.
    """
    custom = find_field(store, field)
    with store.db.write("delete_field") as write:
        holders = [
            (row["id"], json.loads(row["custom_fields"]))
            for row in write.read("SELECT id, custom_fields FROM media WHERE custom_fields IS NOT NULL")
        ]
        holders = [(media_id, values) for media_id, values in holders if custom.field_name in values]
        what = f"the field {custom.field_label}, set on {count_words(len(holders), 'title')}"
        require_confirmation(
            confirm,
            f"Delete {what}?",
            "delete_field",
            {"field": custom.field_name},
            [write.get("custom_fields_schema", custom.id), *holders],
        )
        for media_id, values in holders:
            del values[custom.field_name]
            write.update(
                "media",
                media_id,
                {"custom_fields": json.dumps(values, ensure_ascii=False) if values else None},
            )
        write.delete("custom_fields_schema", custom.id)
        write.label = f"Deleted {what}."
    return Result(summary=write.label)


def active_fields(store: Store) -> list[CustomField]:
    """The fields in use, by label."""
    rows = store.db.read("SELECT * FROM custom_fields_schema WHERE is_active ORDER BY field_label")
    return [_field(row) for row in rows]


def find_field(store: Store, name: str) -> CustomField:
    """The field a label or name means.

    Raises:
        NotFound: none is near; the defined ones are named.
        Ambiguous: several are equally near.
    """
    fields = active_fields(store)
    for known in fields:
        if known.field_name == name:
            return known
    wanted = normalise(name.replace("_", " "))
    scored = {
        field.field_name: max(
            fuzz.ratio(wanted, normalise(spelling.replace("_", " ")))
            for spelling in (field.field_label, field.field_name)
        )
        for field in fields
    }
    best = max(scored.values(), default=0.0)
    found = [field for field in fields if scored[field.field_name] == best]
    if best < 78:
        names = [field.field_label for field in fields]
        defined = f" Defined are: {', '.join(names)}." if names else " You have defined none yet."
        raise NotFound(f"There is no field called “{name}”.{defined}", names)
    if len(found) > 1:
        labels = [field.field_label for field in found]
        raise Ambiguous(f"Which field: {' or '.join(labels)}?", labels)
    return found[0]


def default_of(field: CustomField) -> Value | None:
    """The value of titles where the field is not set, as its type stores it."""
    return None if field.field_default_value is None else check_value(field, field.field_default_value)


def check_value(field: CustomField, value: Value) -> Value:
    """The value as the field's type stores it.

    Raises:
        Invalid: it does not fit the type, the options or a rule; the message says what does.
    """
    checked = _typed(field, value)
    rules = field.validation_rules
    size = len(checked) if field.field_type in ("text", "multi-select") else checked  # type: ignore[arg-type]
    more, less = ("or later", "or earlier") if field.field_type == "date" else ("or more", "or less")
    what = {"text": " characters", "multi-select": " choices"}.get(field.field_type, "")
    if "min" in rules and size < rules["min"]:
        raise Invalid(field.field_name, value, f"{value_words(rules['min'])}{what} {more}")
    if "max" in rules and size > rules["max"]:
        raise Invalid(field.field_name, value, f"{value_words(rules['max'])}{what} {less}")
    if "pattern" in rules and not re.search(rules["pattern"], str(checked)):
        raise Invalid(field.field_name, value, f"of the form {rules['pattern']}")
    allowed = rules.get("allowed_values")
    if allowed and checked not in [_typed(field, a) for a in allowed]:
        raise Invalid(field.field_name, value, f"one of {', '.join(map(str, allowed))}")
    return checked


def field_faults(store: Store) -> list[str]:
    """The values of titles that are of no field or not as their field stores them, with what to do."""
    fields = {row["field_name"]: row for row in store.db.read("SELECT * FROM custom_fields_schema")}
    faults = []
    for row in store.db.read(
        "SELECT title, custom_fields FROM media WHERE custom_fields IS NOT NULL ORDER BY title"
    ):
        values = json.loads(row["custom_fields"])
        title = row["title"]
        for name, value in values.items() if isinstance(values, dict) else ():
            if name not in fields:
                faults.append(f"{title} has a value of {name}, which is no field: define it, then delete it")
            elif not _is_stored(fields[name], value):
                faults.append(f"{title} has {json.dumps(value)} as {name}, against its rules: set it anew")
    return faults


def _is_stored(field: Row, value: Any) -> bool:
    """Whether a value is one that check_value lets through, as it is."""
    try:
        stored = check_value(_field(field), value)
    except (Invalid, TypeError, ValueError, re.error):  # also by a rule that is none
        return False
    return bool(stored == value) and isinstance(stored, bool) == isinstance(value, bool)


def wished_value(field: CustomField, value: Value) -> Value:
    """The value of a wish as titles may hold it; of a multi-select one choice is enough to wish for.

    Raises:
        Invalid: no title can hold it; the message says what could be.
    """
    return _typed(field, value) if field.field_type == "multi-select" else check_value(field, value)


def _in_figures(field: CustomField, value: Value, now: datetime) -> Value:
    """A date in words, such as "last Friday", as ISO writes it; any other value as it is.

    Raises:
        Invalid: no one day can be read in it.
    """
    if field.field_type != "date" or not isinstance(value, str):
        return value
    moment = read_when(value, now, field.field_name, lean="past")
    if moment.end_date:
        raise Invalid(field.field_name, value, "one day, such as 2025-11-28")
    return moment.date.isoformat()


def _typed(field: CustomField, value: Value) -> Value:
    kind, name = field.field_type, field.field_name
    if kind == "number":
        try:
            if isinstance(value, bool):
                raise TypeError
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            raise Invalid(name, value, "a number") from None
        if not math.isfinite(number):  # JSON knows no infinity
            raise Invalid(name, value, "a finite number")
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        if isinstance(value, bool):
            return value
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        if str(value).casefold() not in words:
            raise Invalid(name, value, "yes or no")
        return words[str(value).casefold()]
    if kind == "date":
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise Invalid(name, value, "a date such as 2025-11-28") from None
    if kind == "multi-select":
        given = value if isinstance(value, list) else [part for part in str(value).split(",") if part.strip()]
        return list(dict.fromkeys(_option(field, str(part)) for part in given))
    if kind == "select":
        return _option(field, str(value))
    return str(value)


def _option(field: CustomField, value: str) -> str:
    for option in field.field_options or []:
        if option.casefold() == value.strip().casefold():
            return option
    raise Invalid(field.field_name, value, f"one of {', '.join(field.field_options or [])}")


def _rules(
    field: CustomField,
    minimum: Bound | None,
    maximum: Bound | None,
    pattern: str | None,
    allowed_values: list[str] | None,
) -> dict[str, Any]:
    given = {"min": minimum, "max": maximum, "pattern": pattern, "allowed_values": allowed_values}
    rules: dict[str, Any] = {rule: value for rule, value in given.items() if value is not None}
    for rule, value in rules.items():
        if rule not in _RULES[field.field_type]:
            raise Invalid(rule, value, f"left out: a {field.field_type} field knows no such rule")
    kind = date if field.field_type == "date" else float
    for rule in {"min", "max"} & rules.keys():
        if not isinstance(rules[rule], kind):
            raise Invalid(rule, rules[rule], _BOUNDS[kind])
        if kind is date:
            rules[rule] = rules[rule].isoformat()
    if {"min", "max"} <= rules.keys() and rules["min"] > rules["max"]:
        raise Invalid("minimum", rules["min"], f"at most the maximum, {value_words(rules['max'])}")
    if allowed_values is not None:
        rules["allowed_values"] = [_typed(field, value) for value in allowed_values]
    if pattern is not None:
        try:
            re.compile(pattern)
        except re.error as error:
            raise Invalid("pattern", pattern, f"a regular expression ({error})") from error
    return rules


def _refuse_blank(field: CustomField, value: Value | None) -> None:
    if field.is_required and value in (None, "", []):
        raise Invalid(field.field_name, value, "given: the field is required")


def field_bound(field: CustomField, name: str, bound: Bound | None) -> float | str | None:
    """A bound as values of the field are compared with it.

    Raises:
        Invalid: values of that type have no bounds, or bounds of another type.
    """
    if bound is None:
        return None
    kind = {"number": float, "date": date}.get(field.field_type)
    if kind is None or not isinstance(bound, kind):
        unbounded = f"left out: a {field.field_type} field has no least and greatest value"
        raise Invalid(name, str(bound), _BOUNDS.get(kind, unbounded))
    return bound.isoformat() if isinstance(bound, date) else bound


def _fits(held: Value, value: Value | None, low: float | str | None, high: float | str | None) -> bool:
    if isinstance(held, list):
        wanted = value if isinstance(value, list) else [value]
        return value is None or bool({h.casefold() for h in held} & {str(w).casefold() for w in wanted})
    if value is not None and str(held).casefold() != str(value).casefold():
        return False
    # A number is only ever held against a number, a date against a date: field_bound sees to it.
    return (low is None or held >= low) and (high is None or held <= high)  # type: ignore[operator]


def _field(row: Row) -> CustomField:
    return CustomField(
        **{
            **{name: row[name] for name in CustomField.model_fields},
            "field_options": json.loads(row["field_options"]) if row["field_options"] else None,
            "validation_rules": json.loads(row["validation_rules"] or "{}"),
        }
    )

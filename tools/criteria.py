"""A preset's criteria: the schema document's JSON, validated, and how each is judged."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from store.errors import Invalid

Weight = Annotated[float, Field(ge=0, le=1)]


class Criterion(BaseModel):
    """One wish: its weight from 0 to 1, whether it must hold, and what is wished."""

    model_config = ConfigDict(extra="forbid")

    weight: Weight = 1.0
    required: bool = False
    value: str | float | bool | None = None
    values: list[str] | None = None
    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _wishes_something(self) -> "Criterion":
        if self.value is None and not self.values and self.min is None and self.max is None:
            raise ValueError("must have a value, values, min or max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("has a min above its max")
        return self

    @property
    def wanted(self) -> list[str]:
        """``values``, or ``value`` as a list of one."""
        return self.values or ([str(self.value)] if self.value is not None else [])

    @property
    def least(self) -> float | None:
        """``min``, or ``value`` where a lower bound is meant."""
        return self.min if self.min is not None else float(self.value) if self.value is not None else None


LISTS = ("genre", "maturity_rating", "media_type", "language", "country", "person")
"""Criteria that name what is allowed."""
BOUNDS = ("min_rating", "runtime", "release_year", "director_score", "screenwriter_score", "taste")
"""Criteria with a lower or upper bound."""
STANDARD = (*LISTS, *BOUNDS)

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
        if name in LISTS + BOUNDS and not isinstance(wish, dict | Criterion):
            wish = {"values": [str(w) for w in wish]} if isinstance(wish, list) else {"value": wish}
        try:
            criterion = Criterion.model_validate(wish)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join([name, *(str(part) for part in first["loc"])])
            raise Invalid(place, first.get("input"), first["msg"].removeprefix("Value error, ")) from error
        if name in LISTS and not criterion.wanted:
            raise Invalid(name, wish, "a list of values")
        if name in BOUNDS and criterion.wanted and criterion.value is None:
            raise Invalid(name, wish, "a min or a max")
        criteria[name] = criterion
    return criteria


def build_config(
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
    config: dict[str, Any] = {}
    for name, wish in wishes.items():
        given = {key: value for key, value in wish.items() if value is not None}
        if given:
            config[name] = {"weight": 1.0, **given}
    for name, weight in (weights or {}).items():
        config.setdefault(name, {"min": 0} if name == "taste" else None)
        if config[name] is None:
            raise Invalid("weights", name, f"a criterion you wish for: {', '.join(config)}")
        config[name]["weight"] = weight
    for name in required or ():
        if name not in config:
            raise Invalid("required", name, f"a criterion you wish for: {', '.join(config) or 'none yet'}")
        config[name]["required"] = True
    return config


def describe(criteria: Criteria) -> str:
    """The criteria in words, heaviest first."""
    parts = []
    for name, criterion in sorted(criteria.items(), key=lambda pair: -pair[1].weight):
        words = name.removeprefix("custom_field_").replace("_", " ")
        if name in LISTS or criterion.values:
            words += f" {' or '.join(criterion.wanted)}"
        elif name == "taste":
            words = "your taste"
        elif criterion.min is not None and criterion.max is not None:
            words += f" {criterion.min:g} to {criterion.max:g}"
        elif criterion.max is not None:
            words += f" up to {criterion.max:g}"
        else:
            least = criterion.value if isinstance(criterion.value, str | bool) else criterion.least
            words = f"{words.removeprefix('min ')} {least if isinstance(least, str | bool) else f'{least:g} or more'}"
        parts.append(f"{words} ({'must' if criterion.required else f'weight {criterion.weight:g}'})")
    return ", ".join(parts)

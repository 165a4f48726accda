"""Saved criteria, usable by name."""

import json
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field
from rapidfuzz import fuzz

from store.database import Row
from store.errors import Ambiguous, Invalid, NotFound
from store.store import Store
from store.titles import normalise
from tools.catalogue import MediaType
from tools.confirmation import require_confirmation
from tools.criteria import Criteria, build_config, describe, read_criteria
from tools.fields import active_fields
from tools.films import numbered
from tools.genres import resolve_genres
from tools.tool import Result, Words, tool
from tools.wishes import resolve_wishes


class Preset(BaseModel):
    """A row of recommendation_criteria."""

    id: UUID
    name: str
    description: str | None
    criteria_config: dict[str, Any]
    is_default: bool
    use_count: int


class PresetResult(Result):
    """One preset."""

    preset: Preset


class PresetList(Result):
    """All presets, the most used first."""

    presets: list[Preset]


@tool("write")
def save_preset(
    store: Store,
    *,
    name: Annotated[Words, Field(max_length=200)],
    genres: list[str] | None = None,
    media_type: MediaType | None = None,
    maturity_ratings: list[str] | None = None,
    min_rating: Annotated[float | None, Field(ge=0, le=10)] = None,
    min_runtime: Annotated[int | None, Field(ge=0)] = None,
    max_runtime: Annotated[int | None, Field(ge=0)] = None,
    year_from: int | None = None,
    year_to: int | None = None,
    language: str | None = None,
    min_director_score: Annotated[float | None, Field(ge=0, le=10)] = None,
    min_screenwriter_score: Annotated[float | None, Field(ge=0, le=10)] = None,
    weights: dict[str, float] | None = None,
    required: list[str] | None = None,
    criteria: dict[str, Any] | None = None,
    description: str | None = None,
    is_default: bool | None = None,
) -> PresetResult:
    """Save criteria under a name, to recommend by later; an existing preset of that name is changed.

    A change replaces the criteria, unless it only makes the preset the default or no more; description and
    default stay unless given.

    Args:
        store: the library.
        name: what to call it.
        genres: wished genres.
        media_type: movie, tv, anime or documentary.
        maturity_ratings: allowed ratings, such as PG-13.
        min_rating: your rating, else TMDB's, at least this.
        min_runtime: minutes at least.
        max_runtime: minutes at most.
        year_from: earliest release year.
        year_to: latest release year.
        language: ISO 639-1 code of the original language, or its name.
        min_director_score: mean rating of the directors' works at least.
        min_screenwriter_score: mean rating of the writers' works at least.
        weights: weight from 0 to 1 by criterion; 1 otherwise.
        required: criteria that must hold.
        criteria: a whole configuration as the schema document writes it; wishes override it.
        description: what it is for.
        is_default: use it when nothing else is wished; only one preset is the default.

    Raises:
        Invalid: no criterion was given, or one is unknown, out of range or such that no title can ever fit.
        NotFound: a genre is not in the taxonomy.
    """
    config = build_config(
        criteria,
        genres=[genre.slug for genre in resolve_genres(store, genres or [])],
        media_type=media_type,
        maturity_ratings=maturity_ratings,
        min_rating=min_rating,
        min_runtime=min_runtime,
        max_runtime=max_runtime,
        year_from=year_from,
        year_to=year_to,
        language=language,
        min_director_score=min_director_score,
        min_screenwriter_score=min_screenwriter_score,
        weights=weights,
        required=required,
    )
    kept = _named(store, name) if not config and is_default is not None else None
    if kept:
        config = kept.criteria_config
    if not config:
        raise Invalid("criteria", None, "at least one wish, such as a genre or a longest runtime")
    fields = active_fields(store)
    wishes = read_criteria(config, [field.field_name for field in fields])
    resolve_wishes(store, wishes, fields)
    values: Row = {"name": name, "criteria_config": json.dumps(config, ensure_ascii=False, default=str)}
    if description is not None:
        values["description"] = description
    if is_default is not None:
        values["is_default"] = is_default
    with store.db.write("save_preset") as write:
        if is_default:
            for other in write.read(
                "SELECT id FROM recommendation_criteria WHERE is_default AND lower(name) != lower(?)", [name]
            ):
                write.update("recommendation_criteria", other["id"], {"is_default": False})
        existing = write.read(
            "SELECT id, is_default FROM recommendation_criteria WHERE lower(name) = lower(?)", [name]
        )
        if existing:
            row = write.update("recommendation_criteria", existing[0]["id"], values)
        else:
            row = write.insert("recommendation_criteria", values)
        verb = "Changed" if existing else "Saved"
        write.label = f"{verb} the preset {row['name']}: {describe(wishes)}."
        if is_default:
            write.label += " It is the default now."
        elif existing and existing[0]["is_default"] and not row["is_default"]:
            write.label += " It is no longer the default."
    return PresetResult(summary=write.label, preset=_preset(row))


@tool("read")
def list_presets(store: Store) -> PresetList:
    """List the saved presets with their criteria.

    Args:
        store: the library.
    """
    presets = all_presets(store)
    if not presets:
        return PresetList(
            summary="You have no presets yet. Say for example “save a preset Short sci-fi: "
            "science fiction under 100 minutes”.",
            presets=[],
        )
    lines = []
    for preset in presets:
        try:
            words = describe(preset_criteria(preset))
        except Invalid:
            words = "cannot be read; save it anew or delete it"
        lines.append(f"{preset.name}{' (default)' if preset.is_default else ''}: {words}")
    return PresetList(summary=numbered(lines), presets=presets)


@tool("destructive")
def delete_preset(store: Store, *, name: str, confirm: str | None = None) -> Result:
    """Delete a saved preset.

    Args:
        store: the library.
        name: its name.
        confirm: the token of NeedsConfirmation.

    Raises:
        NeedsConfirmation: always without the right token.
        NotFound, Ambiguous: no preset is called that, or several.
    """
    with store.db.write("delete_preset") as write:
        preset = find_preset(store, name)
        require_confirmation(
            confirm,
            f"Delete the preset {preset.name}?",
            "delete_preset",
            {"name": preset.name},
            [preset.model_dump_json(exclude={"use_count"})],
        )
        write.delete("recommendation_criteria", preset.id)
        write.label = f"Deleted the preset {preset.name}."
    return Result(summary=write.label)


def all_presets(store: Store) -> list[Preset]:
    """Every preset, the most used first."""
    rows = store.db.read("SELECT * FROM recommendation_criteria ORDER BY use_count DESC, created_at DESC")
    return [_preset(row) for row in rows]


def _named(store: Store, name: str) -> Preset | None:
    return next((preset for preset in all_presets(store) if preset.name.casefold() == name.casefold()), None)


def find_preset(store: Store, name: str) -> Preset:
    """The preset a name means, also misspelt.

    Raises:
        NotFound: none is near; the saved ones are named.
        Ambiguous: several are equally near.
    """
    presets = all_presets(store)
    wanted = normalise(name)
    scored = [(fuzz.ratio(wanted, normalise(p.name)), p) for p in presets]
    scored += [(90.0, p) for p in presets if wanted and wanted in normalise(p.name)]
    best = max((score for score, _ in scored), default=0.0)
    found = list({p.id: p for score, p in scored if score == best and best >= 75}.values())
    if not found:
        names = [p.name for p in presets]
        known = f" Saved are: {', '.join(names)}." if names else " You have none saved yet."
        raise NotFound(f"There is no preset called “{name}”.{known}", names)
    if len(found) > 1:
        labels = [p.name for p in found]
        raise Ambiguous(f"Which preset: {' or '.join(labels)}?", labels)
    return found[0]


def preset_criteria(preset: Preset) -> Criteria:
    """The criteria of a preset; a field that it names may be gone since, the preset is still the user's.

    Raises:
        Invalid: what the file holds is no configuration.
    """
    if not preset.criteria_config:
        raise Invalid("preset", preset.name, "saved anew or deleted: its criteria cannot be read")
    return read_criteria(preset.criteria_config, list(preset.criteria_config))


def preset_faults(store: Store) -> list[str]:
    """The presets whose criteria cannot be read, one sentence each, with what to do."""
    faults = []
    for preset in sorted(all_presets(store), key=lambda preset: preset.name):
        try:
            preset_criteria(preset)
        except Invalid:
            faults.append(f"the criteria of the preset {preset.name} cannot be read: save it anew or delete it")
    return faults


def default_preset(store: Store) -> Preset | None:
    """The preset to use when nothing is wished, if there is one."""
    row = store.db.one("SELECT * FROM recommendation_criteria WHERE is_default")
    return _preset(row) if row else None


def use_preset(store: Store, preset: Preset) -> None:
    """Count one use of a preset; not an act that undo would take back."""
    with store.db.write("use_preset", undoable=False) as write:
        write.execute("UPDATE recommendation_criteria SET use_count = use_count + 1 WHERE id = ?", [preset.id])


def _preset(row: Row) -> Preset:
    config = json.loads(row["criteria_config"])
    return Preset(
        id=row["id"],
        name=row["name"],
        description=row["description"],
        # Whatever another program left there, the preset can still be listed and deleted.
        criteria_config=config if isinstance(config, dict) else {},
        is_default=row["is_default"],
        use_count=row["use_count"],
    )

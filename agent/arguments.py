"""Which arguments the model is asked for; the others code reads in the user's words (agent/check.py).

Every argument the model writes costs a tenth of a second and may be wrong, so it writes only what code cannot
read: which title an act is about, and free names and values.
"""

from tools.tool import Tool

_READ_BY_CODE = frozenset(
    """
    rating text watched when since until release_date source location context company rewatch minutes completed
    genre genres min_runtime max_runtime runtime year year_from year_to media_type min_rating max_rating
    min_director_score min_screenwriter_score maturity_rating maturity_ratings limit count reminder_minutes
    weights required language original_language country description include_seen best_first is_default seen
    field_type event_type direction of measure group_by
    """.split()  # noqa: SIM905 - a list of quoted words would be hard to read
)
_FOR_SCRIPTS = frozenset(
    "criteria tmdb_id imdb_id countries pattern allowed_values help_text original_title tags".split()  # noqa: SIM905
)


def asked_arguments(tool: Tool) -> list[str]:
    """The names of the arguments the model may write for a tool, in the tool's order."""
    return [name for name in tool.arguments.model_fields if name not in _READ_BY_CODE | _FOR_SCRIPTS]

"""The right tool where the words leave only one: corrections of the model's choice that need no judgement."""

import itertools
import re

from agent.events import Call
from agent.memory import Memory
from agent.notes import Notes
from store.store import Store
from tools.fields import active_fields
from tools.presets import all_presets

RELEASE = r"releas|c[ao]me out|coming out|premier"
"""Words about a title's release."""
_REVIEWS = ("log_review", "update_review")
_VIEWINGS = ("log_viewing", "update_viewing")
_PLANS = ("schedule", "move_event")
_MASHES = r"\b(mash\w*|meets?|cross(ed)? (with|between)|blend|mix)\b"
_OWN_RATING = r"\bmy (rating|review|score|opinion)\b|\bdid i (rate|give|think)\b"
_TITLE_ITSELF = r"\b(film|movie|show|title|library|catalogue|entry)\b"
_RATES = r"\b(rat(e|ed|ing)|give|gave|make|score|stars?|%)|\d\s*(/|out of)\s*10"
_PEOPLE = r"\b(directors|actors|actresses|writers)\b"
_MOVES = r"\b(move|reschedule|postpone|push|shift)\b"
_ALIKE = r"\b(similar|like this|more like|(films?|movies?|shows?|something|anything) like)\b"
_PLOT = (
    r"\b(?:what(?:['’]s| is| was)?|which|find|name|remember|looking for)\b.{0,30}"
    r"\b(?:film|movie|show|series|one|anime)\b\W{0,2}\s*(?:again\W+)?"
    r"(?:where|in which|about|with (?:a|an|the)|who|when)\b"
    r"|^\W*(?:the|that) (?:film|movie|show|series|one|anime) (?:where|in which|about|with|who)\b"
)


def right_tool(call: Call, store: Store, notes: Notes, memory: Memory) -> Call:
    """The call, or the one that the words mean instead; its arguments are yet to be checked.

    Args:
        call: what the model chose.
        store: the library.
        notes: what code read in the words.
        memory: what earlier turns left.
    """
    tool, args = call.tool, dict(call.args)
    said = notes.words.casefold()
    ratings = notes.given_ratings
    title = {"title": args.get("title")}
    if tool in ("log_review", "update_review", "log_viewing") and _intends(said):
        return Call(tool="schedule", args={**title, "when": args.get("watched")})
    if len(notes.titles) > 1 and re.search(_MASHES, said):
        return Call(tool="mash_up", args={**args, "sources": args.get("sources")})
    if tool in ("get_media", "search_titles", "list_media") and _describes_plot(notes):
        return Call(tool="find_by_plot", args={"description": notes.words})
    if tool == "get_media" and re.search(_OWN_RATING, said):
        return Call(tool="list_reviews", args=title)
    if tool == "delete_media" and not re.search(_TITLE_ITSELF, said):
        tool = _latest({"delete_review": _REVIEWS, "delete_viewing": _VIEWINGS}, tool, notes, memory)
    if tool in ("update_media", "add_media") and ratings and re.search(_RATES, said):
        return Call(tool="log_review", args=title)
    if tool == "update_media" and ratings and notes.refers:
        return Call(tool="update_review", args=title)
    if tool == "list_media" and re.search(_PEOPLE, said) and not notes.titles:
        return Call(tool="statistics")
    if tool == "update_media" and notes.moments and not re.search(RELEASE, said):
        tool = _latest({"move_event": _PLANS}, "update_review", notes, memory)
        return Call(tool=tool, args={**title, "watched": "", "when": ""})
    if tool in ("update_media", "set_field") and (field := _field_said(store, notes)):
        return Call(tool="set_field", args={**title, "field": field, "value": _after_to(said)})
    if tool == "recommend" and not args.get("preset"):
        args["preset"] = preset_said(store, notes)
    if tool == "log_viewing" and ratings:
        tool = "log_review"
    if tool == "rate_mashup" and "mashup" not in said and memory.focus_kind != "mashup":
        tool = "log_review"
    if tool in ("log_review", "update_review") and ratings and _about_mashup(said, notes, memory):
        return Call(tool="rate_mashup", args={"rating": ratings[0].value})
    if tool in ("search_titles", "find_by_plot", "recommend", "list_media") and _wants_alike(said):
        like = args.get("title") or args.get("query") or args.get("description")
        return Call(tool="similar", args={"title": like, "limit": args.get("limit")})
    if tool == "similar" and "preset" in args:
        tool = "recommend"
    nothing_meant = not notes.titles and notes.referent is None
    if tool in ("similar", "search_titles") and nothing_meant and _wishes(notes):
        tool = "recommend"
    if tool == "schedule" and re.search(_MOVES, said):
        tool = "move_event"
    return Call(tool=tool, args=args)


def one_each(calls: list[Call], notes: Notes) -> list[Call]:
    """A single act said of several titles ("watched Alien and Heat on Sunday") becomes one act each."""
    titles = notes.titles
    if len(calls) != 1 or calls[0].tool not in ("log_viewing", "schedule") or len(titles) < 2:
        return calls
    between = [notes.words[a.end : b.start] for a, b in itertools.pairwise(titles)]
    if not all(re.fullmatch(r"\s*(,|and|&|,\s*and)\s*", gap) for gap in between):
        return calls
    named = [notes.words[mention.start : mention.end] for mention in titles]
    return [Call(tool=calls[0].tool, args={**calls[0].args, "title": title}) for title in named]


def obvious(notes: Notes) -> list[Call]:
    """The calls that the words leave no doubt about, for when the model's choice has no ground in them."""
    if _describes_plot(notes):
        return [Call(tool="find_by_plot", args={"description": notes.words})]
    if len(notes.titles) == 1 and _wants_alike(notes.words.casefold()):
        return [Call(tool="similar")]
    if len(notes.titles) == len(notes.given_ratings) and not notes.asks:
        return [
            Call(tool="log_review", args={"title": notes.words[title.start : title.end]})
            for title in notes.titles
        ]
    return []


def preset_said(store: Store, notes: Notes) -> str | None:
    """The name of the preset that the words name, if any."""
    return next((preset.name for preset in all_presets(store) if notes.says(preset.name)), None)


def _field_said(store: Store, notes: Notes) -> str | None:
    return next((field.field_label for field in active_fields(store) if notes.says(field.field_label)), None)


def _latest(tools: dict[str, tuple[str, ...]], otherwise: str, notes: Notes, memory: Memory) -> str:
    """The tool that goes with what the last turn did to the title now meant."""
    if notes.titles:
        return otherwise
    return next((tool for tool, done in tools.items() if set(done) & set(memory.last_tools)), otherwise)


def _wishes(notes: Notes) -> bool:
    return bool(notes.genres or notes.durations or notes.years)


def _about_mashup(said: str, notes: Notes, memory: Memory) -> bool:
    refers = notes.refers and not notes.titles and memory.focus_kind == "mashup"
    return "mashup" in said or "mash-up" in said or refers


def _intends(said: str) -> bool:
    plans = re.search(
        r"\b(schedule|plan|remind|put .* on (the|my) calendar|(want|going|will|ll) (to )?(re)?watch"
        r"|(i['’]?m|we['’]?re) (re)?watching .*\b(tonight|tomorrow|on \w+day|next)\b)",
        said,
    )
    return bool(plans) and not re.search(r"\b(watched|saw|seen|rated|gave)\b", said)


def _describes_plot(notes: Notes) -> bool:
    """Whether the words ask for a film by what happens in it, naming none."""
    return not notes.titles and bool(re.search(_PLOT, notes.words, re.IGNORECASE))


def _wants_alike(said: str) -> bool:
    return bool(re.search(_ALIKE, said))


def _after_to(said: str) -> str | None:
    match = re.search(r"\b(?:to|as|is|=)\s+(.+?)[.!?]*$", said)
    return match[1] if match else None

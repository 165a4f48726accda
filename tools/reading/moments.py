"""Moments: the days and times of day that a text names, joined where they belong together."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from tools.reading.clock import Clock, read_clocks
from tools.reading.dates import Day, Direction, read_days
from tools.reading.second_thoughts import SAID_BEHIND, taken_back
from tools.reading.spans import Span, compiled, prepare
from tools.reading.tense import Lean, lean_at


class Moment(BaseModel):
    """A day, a range of days or a point in time that a text names.

    `text`, `start` and `end` are the exact words and their span. When a day and its time stand apart ("Friday
    with Ana at 8pm") they are the words of the day, and `spans` holds both pieces; else it holds that one span.
    `end_date` is the last day of a range, inclusive. `direction` is what the words around imply. `dated` tells
    whether the words name a day, not only a time of day. `guessed` tells that no word says which half of the
    day the time is in: "9:15" is read as the evening's, and of something by day would be the morning's.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int
    date: dt.date
    end_date: dt.date | None = None
    time: dt.time | None = None
    direction: Direction = "either"
    spans: tuple[Span, ...] = ()
    dated: bool = True
    guessed: bool = False

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Where its words stand: the spans, or the one from start to end."""
        return self.spans or ((self.start, self.end),)


class Moments(NamedTuple):
    """The moments a text names, and where it speaks of a day that is none: the days first, then their times."""

    read: list[Moment]
    refused: list[Span]


# A day and a time farther apart than this belong to different thoughts.
_REACH = 60
_JOINT = compiled(r"[\s,]*(?:(?:at|on|around|about|for|by|from|of|@|-)\s*)*|T")
# "Monday, not last night"; "why not Friday?" proposes one.
_DENIED = compiled(r"(?<!\bwhy )(?<!\bmaybe )\b(?:not|instead\s+of|rather\s+than)\s+(?:on\s+)?(?:the\s+)?\Z")
_BREAK = compiled(r"[.!?;](?=\s)|\n")
# "begin at 7, they lock up at ten": till when there is time is not when a film begins.
_CLOSES = compiled(
    r"\b(?:clos(?:es?|ing)|locks?\s+up|shuts?|(?:ends?|finish(?:es)?)(?!\s+it)|(?:is|are|be)\s+(?:over|gone|shut|closed)|"
    r"leaves?|ha(?:s|ve)\s+to\s+(?:go|leave|be\s+(?:back|home|up|off))|goes\s+to\s+bed)\s+(?:at|by|before)?\s*\Z"
)
# Days may not exist in every year, but where their words stand does not depend on today.
_ANY_NOW = dt.datetime(2024, 1, 1, 12)


def read_moments(
    text: str,
    now: dt.datetime,
    *,
    lean: Lean | None = None,
    skip: Sequence[Span] = (),
    anchor: dt.date | None = None,
) -> list[Moment]:
    """Read the days and times a user names.

    Choices where English is ambiguous: 12/03/2025 is month/day unless the first figure exceeds 12; a weekday
    alone is never today; "next Friday" is the Friday of the next week (Monday to Sunday); hours 1 to 11
    without am or pm are pm, except in the morning and as 08:30; midnight is the one that ends the day named;
    "a few" is three.

    Args:
        text: what the user typed or said; capitals and punctuation are not needed.
        now: the user's local time.
        lean: where bare days ("Friday", "the 14th", "in October") lie; None infers it from the verbs around
            them, and takes the future when there are none, but "3 Nov" of some weeks ago as that.
        skip: spans in which nothing is read, such as known titles.
        anchor: the day the conversation last spoke of, from which "that evening" and "the day after" count
            unless the text names a day before them; without either they are read as nothing.

    Returns:
        The moments in the order of the text. A day and a time near it are one moment; a time alone is today, or
        tomorrow if it has passed and the words look ahead, or yesterday if it is to come and they look back.
    """
    return read_moments_and_refused(text, now, lean, skip, anchor).read


def moment_spans(text: str, skip: Sequence[Span] = ()) -> list[Span]:
    """Return where a text names days and times, for readers of other things to leave out."""
    moments, refused = read_moments_and_refused(text, _ANY_NOW, None, skip)
    return [*(span for moment in moments for span in moment.spans), *refused]


def read_moments_and_refused(
    text: str,
    now: dt.datetime,
    lean: Lean | None,
    skip: Sequence[Span] = (),
    anchor: dt.date | None = None,
) -> Moments:
    """Read the moments as ``read_moments`` does, and where the text names days that do not exist."""
    prepared = prepare(text, skip)
    days, refused = read_days(prepared, now, lean, anchor)
    spans = [(day.start, day.end) for day in days]
    clocks = read_clocks(prepared, [*spans, *refused])
    single = [(day.start, day.end) for day in days if day.end_date is None]
    pairs = _pairs(prepared, [*single, *refused], clocks) or _lone_pair(prepared, days, refused, clocks)
    moments = [_moment(text, day, pairs.get(span)) for day, span in zip(days, spans, strict=True)]
    paired = set(pairs.values())
    alone = [clock for clock in clocks if clock not in paired]
    times = [_time_alone(text, prepared, clock, now, lean, _same_day(prepared, days, clock)) for clock in alone]
    lost = [(pairs[span].start, pairs[span].end) for span in refused if span in pairs]
    said = _last_said(text, prepared, sorted([*moments, *times], key=lambda moment: moment.start))
    return Moments(_but_denied(prepared, _but_closing(prepared, said)), [*refused, *lost])


def _last_said(text: str, prepared: str, moments: list[Moment]) -> list[Moment]:
    """Leave out what a second thought takes back; a new day keeps the time said before, a new time the day.

    What is left spans both, so that its words alone are read as it was.
    """
    hulls = [(moment.spans[0][0], moment.spans[-1][1]) for moment in moments]
    instead = taken_back(prepared, hulls)
    meant = dict(enumerate(moments))
    for first, last in sorted(instead.items()):
        old, new = meant.pop(first), meant[last]
        if old.dated and not new.dated:
            kept = old.model_copy(update={"time": new.time, "guessed": new.guessed})
        else:
            kept = new if new.time else new.model_copy(update={"time": old.time, "guessed": old.guessed})
        start, end = hulls[first][0], new.spans[0][1]
        behind = SAID_BEHIND.match(prepared, end)
        end = behind.end() if behind else end
        spans = ((start, end), *new.spans[1:])
        update = {"text": text[start:end], "start": start, "end": end, "spans": spans}
        meant[last] = kept.model_copy(update=update)
    return list(meant.values())


def _but_closing(prepared: str, moments: list[Moment]) -> list[Moment]:
    """Leave out when a place closes beside when to be there."""
    kept = [moment for moment in moments if moment.dated or not _CLOSES.search(prepared, 0, moment.start)]
    return kept if any(moment.time for moment in kept) else moments


def _but_denied(prepared: str, moments: list[Moment]) -> list[Moment]:
    """Leave out "not last night" beside "Monday"; a day that is denied alone is still the one spoken of."""
    denials = {moment.start: _DENIED.search(prepared, 0, moment.start) for moment in moments}
    kept = [moment for moment in moments if not denials[moment.start]]
    if not kept or len(kept) == len(moments):
        return moments
    gone = [
        (denied.start(), moment.spans[-1][1])
        for moment in moments
        if (denied := denials[moment.start]) is not None
    ]
    return [kept[0].model_copy(update={"spans": tuple(sorted([*kept[0].spans, *gone]))}), *kept[1:]]


def _pairs(prepared: str, days: list[Span], clocks: list[Clock]) -> dict[Span, Clock]:
    """Give each day its time: first those side by side, then the nearest left over in the same sentence."""
    pairs: dict[Span, Clock] = {}
    for reach in (0, _REACH):
        for clock in clocks:
            if clock in pairs.values():
                continue
            near = [
                (gap, day)
                for day in days
                if day not in pairs and (gap := _gap(prepared, day, clock, reach)) is not None
            ]
            if near:
                pairs[min(near, key=lambda pair: pair[0])[1]] = clock
    return pairs


def _lone_pair(prepared: str, days: list[Day], refused: list[Span], clocks: list[Clock]) -> dict[Span, Clock]:
    """Give the only day to come the only time, though they stand apart: "New Year's Eve! Heat at 9pm"."""
    if len(days) != 1 or len(clocks) != 1 or refused:
        return {}
    day, clock = days[0], clocks[0]
    past = day.direction == "past" or lean_at(prepared, clock.start, clock.end) == "past"
    return {} if past or day.end_date or day.time else {(day.start, day.end): clock}


def _gap(prepared: str, day: Span, clock: Clock, reach: int) -> int | None:
    """Return the distance between a day and a time, or None when they do not belong together."""
    start, end = day
    between = prepared[end : clock.start] if end <= clock.start else prepared[clock.end : start]
    if _JOINT.fullmatch(between):
        return 0
    return len(between) if len(between) <= reach and not _BREAK.search(between) else None


def _moment(text: str, day: Day, clock: Clock | None) -> Moment:
    start, end, date, time = day.start, day.end, day.date, day.time
    spans: tuple[Span, ...] = ((start, end),)
    if clock is not None:
        time, later = clock.on(day.part)
        date += dt.timedelta(days=later)
        low, high = min(start, clock.start), max(end, clock.end)
        if _JOINT.fullmatch(text[min(end, clock.end) : max(start, clock.start)]):
            start, end = low, high
            spans = ((low, high),)
        else:
            spans = tuple(sorted([(start, end), (clock.start, clock.end)]))
    return Moment(
        text=text[start:end],
        start=start,
        end=end,
        date=date,
        end_date=day.end_date,
        time=time,
        direction=day.direction,
        spans=spans,
        guessed=clock is not None and clock.guessed(day.part),
    )


def _same_day(prepared: str, days: list[Day], clock: Clock) -> Day | None:
    """Return the day of its sentence that a second time is on: "Saturday, Heat at 2pm and Up at 5pm"."""
    near = [
        day
        for day in days
        if not day.end_date
        and not _BREAK.search(prepared, min(day.end, clock.end), max(day.start, clock.start))
        and (day.direction != "past" or lean_at(prepared, clock.start, clock.end) != "future")
    ]
    return max((day for day in near if day.start < clock.start), default=near[0] if near else None)


def _time_alone(
    text: str, prepared: str, clock: Clock, now: dt.datetime, lean: Lean | None, day: Day | None
) -> Moment:
    lean = lean or lean_at(prepared, clock.start, clock.end)
    time, later = clock.on(day.part if day else None)
    naive = now.replace(tzinfo=None)
    said = dt.datetime.combine(now.date(), time) + dt.timedelta(days=later)
    if lean == "future" and said <= naive:
        said += dt.timedelta(days=1)
    if lean == "past" and said > naive:
        said -= dt.timedelta(days=1)
    if day:
        said = dt.datetime.combine(day.date, time) + dt.timedelta(days=later)
    return Moment(
        text=text[clock.start : clock.end],
        start=clock.start,
        end=clock.end,
        date=said.date(),
        time=time,
        direction=day.direction if day else lean or "either",
        spans=((clock.start, clock.end),),
        dated=False,
        guessed=clock.guessed(day.part if day else None),
    )

"""Times of day: "8pm", "half seven", "quarter to nine", "at 9 in the morning", "midnight"."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from tools.reading.calendar_words import TOMORROW, TONIGHT, WEEKDAY
from tools.reading.numbers import word_number
from tools.reading.second_thoughts import SECOND_THOUGHT
from tools.reading.spans import COMPLETE, MASK, Span, compiled, overlaps

Part = Literal["early hours", "morning", "lunchtime", "afternoon", "evening", "night"]

# The time meant when only a part of the day is named.
PART_TIMES: dict[Part, dt.time] = {
    "early hours": dt.time(2),
    "morning": dt.time(9),
    "lunchtime": dt.time(12, 30),
    "afternoon": dt.time(15),
    "evening": dt.time(20),
    "night": dt.time(20),
}

# Before this hour a night still belongs to the day on which it began.
DAWN = 5


class Clock(NamedTuple):
    """A time of day as said; which half of the day is meant may depend on the date beside it."""

    start: int
    end: int
    hour: int
    minute: int
    half: Literal["am", "pm"] | None = None
    part: Part | None = None
    # 24-hour clock: nothing is to be guessed.
    literal: bool = False
    # "midnight" ends the day named with it: "tonight at midnight" is tomorrow 00:00.
    ends_day: bool = False

    def guessed(self, part: Part | None) -> bool:
        """Say whether no word tells the half of the day: "8:30", and not "8:30 tomorrow morning"."""
        return not (self.literal or self.half or self.part or part or self.hour >= 12)

    def on(self, part: Part | None) -> tuple[dt.time, int]:
        """Settle the time, given the part of the day that the date beside it names ("tomorrow morning").

        Returns:
            The time, and how many days after the named date it falls (1 after midnight, else 0).
        """
        part = self.part or part
        hour = self.hour if self.literal else _hour_of_day(self.hour, self.half, part)
        after_midnight = part == "night" and hour < DAWN
        return dt.time(hour, self.minute), int(self.ends_day or after_midnight)


def _hour_of_day(hour: int, half: str | None, part: Part | None) -> int:
    if half == "am" or (half is None and part in ("early hours", "morning")):
        return hour % 12
    if half == "pm" or part in ("afternoon", "evening"):
        return hour % 12 + 12
    if part == "night":
        return hour % 12 if hour < DAWN or hour == 12 else hour + 12
    # Films are watched in the evening: 1 to 11 without more mean pm.
    return hour + 12 if hour < 12 else hour


_HOUR_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOUR = rf"(?P<hour>1[0-2]|0?[1-9]|{_HOUR_WORDS})"
_HALF = r"(?P<half>[ap]\s?m\b|[ap]\.\s?m\b\.?)"
_PART = (
    r"(?:in\s+the\s+(?P<part>morning|afternoon|evening)|at\s+(?P<night>night)|this\s+"
    r"(?P<this>morning|afternoon|evening))\b"
)
_SUFFIX = rf"(?:\s*{_HALF}|\s+{_PART})?"
_LEAD = r"(?:(?:\bat\b|@)\s*(?:(?:about|around)\s+)?|\b(?:around|by|after)\s+)?"
_MINUTE_WORDS = (
    r"(?:thirty(?:[\s-]five)?|forty(?:[\s-]five)?|fifteen|twenty(?:[\s-]five)?|fifty"
    r"(?:[\s-]five)?|(?:oh|o)[\s-]five)"
)
_STEP = r"(?P<step>quarter|a\s+quarter|five|ten|twenty(?:[\s-]five)?|\d{1,2})(?:\s+min(?:ute)?s?)?"

# What shows that "at 8" is no time: a score, a measure, or a counted thing.
_NOT_A_TIME = (
    r"(?!\s*[/%:★⭐½]|\.\d|-\d|\w|\s+(?:out\b|and\s+a\s+half|percent|per\s+cent|stars?|point|time|"
    r"of|stage|level|"
    r"go|sitting|once|screens?|frames|films?|movies?|episodes?|theat(?:er|re)s?|cinemas?|years?|"
    r"months|weeks|days|"
    r"hours?|min(?:ute)?s?|people|places|hundred)\b)"
)
_SHIFTS = compiled(r"\b(?:mov|push|shift|reschedul|postpon|bring|bump|delay)\w*\b[^.;!?]*\Z")
_JUDGES_IT = compiled(r"\b(?:rat(?:e|ed|es|ing)|scor\w+|g[ai]v\w+|imdb|price|cost\w*|paid)\b[^;!?]*\Z")
MOVES = compiled(r"\b(?:mov|chang|push|shift|switch|bump|delay|reschedul|postpon|bring|brought)\w*\b[^.;!?]*\Z")
_RATES = compiled(r"\b(?:rat(?:e|ed|es|ing)|scor\w+|mark(?:s|ed)?|grade[sd]?)\b(?:\s+\S+){0,6}\s*$")


def _number(words: str) -> int:
    return int(word_number(words) or 0)


def _named(match: re.Match[str], group: str) -> str | None:
    return match.groupdict().get(group)


def _clock(match: re.Match[str], hour: int, minute: int, literal: bool = False) -> Clock:
    half = re.sub(r"[\s.]", "", _named(match, "half") or "").lower()
    part = (_named(match, "part") or _named(match, "night") or _named(match, "this") or "").lower()
    return Clock(
        match.start(),
        match.end(),
        hour,
        minute,
        half="am" if half == "am" else "pm" if half == "pm" else None,
        part=next((known for known in PART_TIMES if known == part), None),
        literal=literal and not half,
    )


def _digital(match: re.Match[str]) -> Clock | None:
    """Read 20:30 and 08:30 as they stand, 8:30 as an evening time."""
    hour = int(match["digits"])
    literal = hour > 12 or hour == 0 or match["digits"].startswith("0")
    return _clock(match, hour, int(match["minute"]), literal)


# "push the second one to ten pm": no hour.
_COUNTED_ONE = compiled(r"(?!\b(?:at|from|around|about|by|between)\s)\b[a-z]+\s+\Z")


def _range(match: re.Match[str]) -> Clock | None:
    """Read the beginning of "8 to 10pm"; it takes over the half of the day from the end.

    What is moved "from 8pm to 9pm" shall be at 9pm.
    """
    if match["hour"].lower() == "one" and _COUNTED_ONE.search(match.string[: match.start("hour")]):
        return None
    first, last = _number(match["hour"]), _number(match["until"])
    half = re.sub(r"[\s.]", "", match["half"]).lower()
    if match[0].lower().startswith("from") and MOVES.search(match.string[: match.start()]):
        return _clock(match, last, int(match["until_minute"] or 0))
    if match["own"]:
        half = match["own"].lower()
    elif first % 12 > last % 12:
        half = "am" if half == "pm" else "pm"
    clock = _clock(match, first, int(match["minute"] or 0))
    return clock._replace(half="am" if half == "am" else "pm")


def _after(match: re.Match[str]) -> Clock | None:
    step = match["step"].lower()
    minute = 15 if "quarter" in step else _number(step)
    return _clock(match, _number(match["hour"]), minute) if minute < 60 else None


def _before(match: re.Match[str]) -> Clock | None:
    clock = _after(match)
    if clock is None or clock.minute == 0:
        return None
    return clock._replace(hour=clock.hour - 1 if clock.hour > 1 else 12, minute=60 - clock.minute)


def _half_past(match: re.Match[str]) -> Clock | None:
    return _clock(match, _number(match["hour"]), 30)


def _spoken(match: re.Match[str]) -> Clock | None:
    words = re.sub(r"^oh?[\s-]", "", match["minutes"].lower())
    return _clock(match, _number(match["hour"]), _number(words))


def _hour(match: re.Match[str]) -> Clock:
    return _clock(match, _number(match["hour"]), 0)


def _hour_of_24(match: re.Match[str]) -> Clock | None:
    hour = _number(match["hour"])
    return _clock(match, hour, 0, literal=hour > 12)


def _military(match: re.Match[str]) -> Clock | None:
    return _clock(match, int(match["hour"]), int(match["minute"]), literal=True)


def _named_time(match: re.Match[str]) -> Clock | None:
    word = match["name"].lower()
    if word == "midnight":
        return Clock(match.start(), match.end(), 0, 0, literal=True, ends_day=True)
    if word.startswith("lunch"):
        return Clock(match.start(), match.end(), 12, 30, literal=True)
    return Clock(match.start(), match.end(), 17 if word.startswith("tea") else 12, 0, literal=True)


def _plain_hour(match: re.Match[str]) -> Clock | None:
    return None if _RATES.search(match.string[: match.start()]) else _hour_of_24(match)


def _before_unless_judged(match: re.Match[str]) -> Clock | None:
    return None if _JUDGES.search(match.string[: match.start()]) else _before(match)


def _moved_to(match: re.Match[str]) -> Clock | None:
    """Read "push it to ten"; what is changed to ten may be a rating."""
    return _hour_of_24(match) if _SHIFTS.search(match.string[: match.start()]) else None


def _dotted(match: re.Match[str]) -> Clock | None:
    """Read "make it 10.15"; 8.25, 8.5 and 8.75 are ratings, and so is what is given."""
    clock = _digital(match)
    if clock is None or _JUDGES_IT.search(match.string[: match.start("digits")]):
        return None
    return clock._replace(start=match.start("digits"))


# "gave it 9 tonight" is a rating; "season 9 tonight" and "Rocky 4 tonight" are names.
_JUDGES = compiled(
    r"\b(?:(?:re-?)?rat(?:e|ed|es|ing)|scor\w+|mark(?:s|ed)?|grade[sd]?|g[ai]v\w+|deserv\w+|worth|make|"
    r"(?:re-?)?watched|saw|seen|finished|logged)\b"
)
_HOUR_MAY_FOLLOW = compiled(rf"(?:^|{MASK}|[,;:(]|\b(?:for|from|to|it|that|this))\s*$")


def _hour_of_the_night(match: re.Match[str]) -> Clock | None:
    before = match.string[: match.start()]
    hour = _number(match["hour"])
    if hour < DAWN or hour == 12 or _JUDGES.search(before) or not _HOUR_MAY_FOLLOW.search(before):
        return None
    return _clock(match, hour, 0)


_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Clock | None]]] = [
    (
        compiled(
            rf"\b(?:from\s+|at\s+)?(?<![\w.:/-]){_HOUR}(?::(?P<minute>[0-5]\d))?\s*(?P<own>[ap]m)?\s*"
            rf"(?:-|\u2013|to|till|until)\s*(?P<until>1[0-2]|[1-9]|"
            rf"{_HOUR_WORDS})(?::(?P<until_minute>[0-5]\d))?\s*{_HALF}"
        ),
        _range,
    ),
    (
        compiled(
            rf"{_LEAD}(?:(?<=\dT)|(?<![\w:./]))(?P<digits>2[0-3]|[01]?\d):(?P<minute>[0-5]\d)(?![\d/%])"
            rf"(?::\d\d\b)?{_SUFFIX}"
        ),
        _digital,
    ),
    (compiled(rf"(?:\bat|@)\s*(?P<digits>2[0-3]|[01]?\d)\.(?P<minute>[0-5]\d)(?![\d/%]){_SUFFIX}"), _digital),
    (compiled(rf"{_LEAD}(?<![\w:./])(?P<digits>1[0-2]|0?[1-9])\.(?P<minute>[0-5]\d)\s*{_HALF}"), _digital),
    (compiled(rf"{_LEAD}\bhalf\s+past\s+{_HOUR}\b{_SUFFIX}"), _half_past),
    (
        compiled(rf"{_LEAD}(?<!\ba )(?<!first )(?<!second )(?<!and )\bhalf\s+{_HOUR}\b{_NOT_A_TIME}{_SUFFIX}"),
        _half_past,
    ),
    (compiled(rf"{_LEAD}(?<![\w.]){_STEP}\s+past\s+{_HOUR}\b{_SUFFIX}"), _after),
    (compiled(rf"{_LEAD}\b(?:a\s+)?(?P<step>quarter)\s+(?:to|of|till)\s+{_HOUR}\b{_SUFFIX}"), _before),
    # "five to ten films" is a count, so other steps "to" an hour need "at".
    (compiled(rf"(?:\bat|@)\s*{_STEP}\s+to\s+{_HOUR}\b{_SUFFIX}"), _before),
    (
        compiled(
            rf"{_LEAD}(?<![\w.:])(?P<hour>2[0-3]|1\d|0?[1-9]|{_HOUR_WORDS})\s*o\s?'?\s?clock(?:ish)?\b{_SUFFIX}"
        ),
        _hour_of_24,
    ),
    (
        compiled(rf"{_LEAD}\b(?P<hour>{_HOUR_WORDS})[\s-](?P<minutes>{_MINUTE_WORDS})\b{_NOT_A_TIME}{_SUFFIX}"),
        _spoken,
    ),
    (compiled(rf"{_LEAD}(?<![\w:./-]){_HOUR}(?:-?ish)?(?:\s*{_HALF}|\s+{_PART})(?:-?ish\b)?"), _hour),
    (compiled(rf"{_LEAD}\b(?P<name>noon|midday|midnight|(?:tea|lunch)-?\s?time)\b"), _named_time),
    (
        compiled(
            rf"(?:\bat\b|@)\s*(?:(?:about|around)\s+)?(?P<hour>2[0-3]|1\d|0?[1-9]|{_HOUR_WORDS})(?:-?ish)?"
            rf"{_NOT_A_TIME}{_SUFFIX}"
        ),
        _plain_hour,
    ),
    (
        compiled(
            r"(?:\bat|@|\bby|\bfrom)\s*(?!19[0-5]\d|19\d[1-46-9]|20[0-2]\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5][05])(?:\s?h(?:(?:ou)?rs)?)?\b"
        ),
        _military,
    ),
    (compiled(r"(?<![\w.:/-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?h(?:(?:ou)?rs)?\b"), _military),
    (
        compiled(rf"\bto\s+(?P<hour>2[0-3]|1\d|0?[1-9]|{_HOUR_WORDS})(?:-?ish)?\b{_NOT_A_TIME}{COMPLETE}"),
        _moved_to,
    ),
    (
        compiled(
            rf"(?:(?:^(?!\W*\d+\.(?:[025]0|[05]5))|\b(?:make\s+(?:it|that)|to|at|for|wait|no|sorry|actually|mean|meant|say))\W*)"
            rf"(?P<digits>2[0-3]|1\d|0?[1-9])"
            rf"\.(?P<minute>[0134][05]|[25]0|[135]5)(?![\d/%]|\.\d|\s*(?:out\b|stars?\b|/|%|★|of\b|points?\b)){_SUFFIX}"
        ),
        _dotted,
    ),
    # "five to ten" beside a day that may come is no count.
    (
        compiled(
            rf"(?<![\w.:/-])(?<!from ){_STEP}\s+to\s+{_HOUR}(?=\s+(?:on\s+)?(?:{TONIGHT}|{TOMORROW}|{WEEKDAY}))"
        ),
        _before_unless_judged,
    ),
    (
        compiled(
            rf"(?<![\w.:/-]){_HOUR}(?:-?ish)?(?=\s+(?:{TONIGHT}|{TOMORROW}|this\s+evening|{WEEKDAY}\s+"
            rf"(?:night|nite|evening|eve))\b)"
        ),
        _hour_of_the_night,
    ),
]


_H = (
    r"\s?h(?P<minute>[0-5]\d)?\b(?!\s+(?:of|in(?!\s+the\s+(?:morning|afternoon|evening)\b)|into|long)\b)"
    + _SUFFIX
)
# Times that only a day beside them tells from a rating and a length: "Saturday, 20.30", "Fri 9h30".
_BESIDE_A_DAY = [
    compiled(r"(?<![\w.,:/$£€])(?P<digits>2[0-3]|[01]?\d)\.(?P<minute>[0-5]\d)(?!\d|\.\d|\s*[%€])(?:\s?h\b)?"),
    compiled(r"(?:(?<=\bat\s)|(?<=@))(?P<digits>[01]\d|2[0-3])(?P<minute>[0-5][05])\b"),
    compiled(r"(?<![\w.,:/$£€])(?P<digits>1[3-9]|2[0-3])\s(?P<minute>[0-5][05])\b(?!\s*(?:%|min))"),
    compiled(rf"(?<![\w.,:/])(?P<digits>2[0-3]|1\d|0?[6-9]){_H}"),
]
# "tomorrow eight", "friday night 9", "friday eight-ish": a bare hour behind a day that may come.
_HOUR_BEHIND = compiled(
    rf"(?:,?\s+(?:at\s+|around\s+|about\s+)?){_HOUR}(?P<ish>-?ish\b)?{_NOT_A_TIME}{COMPLETE}"
)
_TO_COME = compiled(rf"(?:{TONIGHT}|{TOMORROW}|night|nite|evening|eve)\Z")
_GONE_BY = compiled(r"\b(?:last|yesterday|ago)\b")
_ISH = compiled(rf"(?:\b(?:around|about)\s+)?(?<![\w.:/$£€-]){_HOUR}-?ish\b(?!\s+out\b)")
_INSTEAD = compiled(rf"{SECOND_THOUGHT.pattern}(?<=\s){_HOUR}{_NOT_A_TIME}{COMPLETE}")
_NEARBY = compiled(r"[\s,]*(?:at|on|from|by|around|about|@|-|\u2013)?\s*")
# From one in the afternoon on, "21h" behind a title is no length; "20h of Lost" is.
_HOURS_FIGURE = compiled(
    rf"(?:(?:\bat|@|\bfrom|\bby|\baround)\s*|(?:^|{MASK}|[,;(])\s*(?=2[0-3]|1[3-9]))(?P<digits>2[0-3]|1\d|0?[6-9]){_H}"
)


def _with_h(match: re.Match[str]) -> Clock:
    """Read 21h and 20h30; the title before it is none of its words."""
    hour, minute = int(match["digits"]), int(match["minute"] or 0)
    clock = _clock(match, hour, minute, literal=hour > 12 or match["digits"].startswith("0"))
    before = match.string[match.start() : match.start("digits")]
    return clock if before[:1].isalpha() or before[:1] == "@" else clock._replace(start=match.start("digits"))


def _beside(prepared: str, day: Span, match: re.Match[str]) -> bool:
    start, end = day
    between = (end, match.start()) if end <= match.start() else (match.end(), start)
    return between[0] <= between[1] and bool(_NEARBY.fullmatch(prepared, *between))


def _beside_days(prepared: str, days: list[Span]) -> list[Clock]:
    """Read the bare hours beside days, unless something is judged: "watched it last night, 8" is a rating."""
    found: list[Clock] = []
    for start, end in days:
        if _JUDGES.search(prepared, 0, end) or _GONE_BY.search(prepared, start, end):
            continue
        behind = _HOUR_BEHIND.match(prepared, end)
        if behind and (behind["ish"] or _TO_COME.search(prepared, start, end)):
            found.append(_hour(behind)._replace(start=behind.start("hour")))
        found += [_hour(match) for match in _ISH.finditer(prepared) if _beside(prepared, (start, end), match)]
    return found


def _instead(prepared: str, clocks: list[Clock]) -> list[Clock]:
    """Read "9" in "at 8 I mean 9", on the same half of the day."""
    found: list[Clock] = []
    for clock in clocks:
        match = _INSTEAD.match(prepared, clock.end)
        if match:
            hour = _hour(match)
            found.append(hour._replace(start=match.start("hour"), half=clock.half, part=clock.part))
    return found


def read_clocks(prepared: str, taken: list[Span]) -> list[Clock]:
    """Read the times of day in a prepared text.

    Args:
        prepared: the text after `spans.prepare`.
        taken: spans already understood, in which no time is read.

    Returns:
        The times in the order of the text, not yet settled to a half of the day (see `Clock.on`).
    """
    found: list[Clock] = []
    claimed = list(taken)
    for pattern, read in _RULES:
        for match in pattern.finditer(prepared):
            if overlaps(match.start(), match.end(), claimed):
                continue
            clock = read(match)
            if clock is not None:
                claimed.append((clock.start, clock.end))
                found.append(clock)
    for clock in [*_beside_days(prepared, taken), *_instead(prepared, found)]:
        if not overlaps(clock.start, clock.end, claimed):
            claimed.append((clock.start, clock.end))
            found.append(clock)
    hours = list(_HOURS_FIGURE.finditer(prepared))
    hours += [
        match
        for pattern in _BESIDE_A_DAY
        for match in pattern.finditer(prepared)
        if any(_beside(prepared, day, match) for day in taken)
    ]
    for match in hours:
        if not overlaps(match.start("digits"), match.end(), claimed):
            found.append(_with_h(match))
            claimed.append((found[-1].start, found[-1].end))
    return sorted(clock._replace(half="am") if _by_day(prepared, clock) else clock for clock in found)


# What people go to by day; films, clubs and dinners are in the evening.
_BY_DAY = compiled(
    r"\b(?:dentist|doctor|gp|vet|optician|physio|therapist|hairdresser|barber|haircut|plumber|electrician|"
    r"appointment|appt|check-?\s?up|meeting|interview|exam|clinic|hospital|surgery|scan|blood\s+test|school\s+run|"
    r"breakfast|brunch|church|mass|mot|delivery)\b"
)
_OTHER_THING = compiled(rf"{MASK}|[.!?;](?=\s)|\n|\b(?:and|then)\b")


def is_by_day(name: str) -> bool:
    """Whether people go to an appointment of that name by day: "Dentist" at 9:15 is in the morning."""
    return bool(_BY_DAY.search(name.lower()))


def _by_day(prepared: str, clock: Clock) -> bool:
    """Say whether "9:15" is the morning, as of a dentist; the hours from 7 to 11 may be."""
    if not 7 <= clock.hour <= 11 or not clock.guessed(None):
        return False
    before = next((end for end in range(clock.start, -1, -1) if _OTHER_THING.match(prepared, end)), -1)
    behind = _OTHER_THING.search(prepared, clock.end)
    # "Heat on Friday at 9, dentist on Monday": the nine is the film's.
    of_title = before >= 0 and prepared[before] == MASK
    last = clock.start if of_title else behind.start() if behind else len(prepared)
    return bool(_BY_DAY.search(prepared, before + 1, last))

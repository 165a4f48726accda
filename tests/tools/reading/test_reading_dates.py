import datetime as dt

import pytest

from tools.reading import Moment, read_moments

WEDNESDAY = dt.datetime(2025, 6, 11, 15)
SUNDAY = dt.datetime(2025, 6, 15, 11)
JANUARY_31 = dt.datetime(2025, 1, 31, 12)
DECEMBER_31 = dt.datetime(2025, 12, 31, 22)
NIGHT = dt.datetime(2025, 6, 11, 2)
LEAP_DAY = dt.datetime(2024, 2, 29, 10)


def only(moments: list[Moment]) -> Moment:
    assert len(moments) == 1, moments
    return moments[0]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("today", "2025-06-11"),
        ("yesterday", "2025-06-10"),
        ("the day before yesterday", "2025-06-09"),
        ("tomorrow", "2025-06-12"),
        ("the day after tomorrow", "2025-06-13"),
        ("Friday", "2025-06-13"),
        ("on Friday", "2025-06-13"),
        ("this Friday", "2025-06-13"),
        ("next Friday", "2025-06-20"),
        ("last Friday", "2025-06-06"),
        ("Wednesday", "2025-06-18"),
        ("this Wednesday", "2025-06-11"),
        ("a week on Tuesday", "2025-06-24"),
        ("Tuesday week", "2025-06-24"),
        ("two fridays ago", "2025-05-30"),
        ("a week ago on Friday", "2025-05-30"),
        ("Friday the 27th", "2025-06-27"),
        ("in three days", "2025-06-14"),
        ("in a week", "2025-06-18"),
        ("two weeks ago", "2025-05-28"),
        ("a fortnight ago", "2025-05-28"),
        ("a couple of days ago", "2025-06-09"),
        ("3 months ago", "2025-03-11"),
        ("a year and a half ago", "2023-12-11"),
        ("the 14th", "2025-06-14"),
        ("the 5th", "2025-07-05"),
        ("on the fourteenth", "2025-06-14"),
        ("the 3rd of December", "2025-12-03"),
        ("December 3", "2025-12-03"),
        ("december twenty fifth", "2025-12-25"),
        ("Dec 3rd 2025", "2025-12-03"),
        ("3 December 2024", "2024-12-03"),
        ("december third twenty twenty four", "2024-12-03"),
        ("2025-12-03", "2025-12-03"),
        ("12/03/2025", "2025-12-03"),
        ("31/12/2025", "2025-12-31"),
        ("3.12.2025", "2025-12-03"),
        ("Friday, October 27", "2025-10-27"),
        ("New Year's Eve", "2025-12-31"),
        ("Christmas", "2025-12-25"),
        ("Christmas Eve", "2025-12-24"),
        ("Halloween", "2025-10-31"),
        ("Valentine's Day", "2026-02-14"),
        ("last Christmas", "2024-12-25"),
        ("Thanksgiving", "2025-11-27"),
        ("the end of the month", "2025-06-30"),
        ("May 4", "2025-05-04"),
        ("tmrw", "2025-06-12"),
        ("tmr", "2025-06-12"),
        ("2moro", "2025-06-12"),
        ("tommorow", "2025-06-12"),
        ("the day after tmrw", "2025-06-13"),
        ("yday", "2025-06-10"),
        ("2day", "2025-06-11"),
        ("Sunday week", "2025-06-22"),
        ("tmrw week", "2025-06-19"),
        ("Sat", "2025-06-14"),
        ("Thu", "2025-06-12"),
        ("Weds", "2025-06-18"),
        ("Boxing Day", "2025-12-26"),
        ("New Year's Day", "2026-01-01"),
        ("Feb 29", "2028-02-29"),
    ],
)
def test_a_day_is_read(text: str, date: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (moment.text, str(moment.date), moment.end_date, moment.time) == (text, date, None, None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("the first Friday of next month", "2025-07-04"),
        ("the first Friday of the month", "2025-07-04"),
        ("the last Friday of the month", "2025-06-27"),
        ("the last Friday of December", "2025-12-26"),
        ("second Tuesday of December", "2025-12-09"),
        ("the 3rd Sunday in July 2026", "2026-07-19"),
        ("the second Tuesday of June", "2026-06-09"),
        ("the fourth Thursday in last November", "2024-11-28"),
        ("the second to last Friday of December", "2025-12-19"),
        ("the penultimate Friday of December", "2025-12-19"),
        ("the second Saturday after Christmas", "2026-01-03"),
        ("for Good Friday", "2026-04-03"),
        ("the last day of the month", "2025-06-30"),
        ("the last day of February 2024", "2024-02-29"),
        ("the day before Christmas", "2025-12-24"),
        ("two days after Christmas", "2025-12-27"),
        ("a week before Halloween", "2025-10-24"),
        ("the Friday after Thanksgiving", "2025-11-28"),
        ("the Friday before the 3rd of December", "2025-11-28"),
        ("the day after next Friday", "2025-06-21"),
        ("three days before New Year's Eve 2026", "2026-12-28"),
        ("the day after June 10", "2025-06-11"),
        ("the day before the day after tomorrow", "2025-06-12"),
        ("the 3rd of next month", "2025-07-03"),
        ("3rd of next month", "2025-07-03"),
        ("the third of next month", "2025-07-03"),
        ("next month on the 3rd", "2025-07-03"),
        ("the 20th of this month", "2025-06-20"),
        ("Friday fortnight", "2025-06-27"),
        ("a fortnight on Friday", "2025-06-27"),
        ("Easter", "2026-04-05"),
        ("Easter Monday", "2026-04-06"),
        ("on Good Friday", "2026-04-03"),
        ("Good Friday", "2026-04-03"),
        ("last Easter", "2025-04-20"),
        ("Christmas last year", "2024-12-25"),
    ],
)
def test_a_day_counted_from_another_is_read(text: str, date: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (moment.text, str(moment.date), moment.end_date, moment.time) == (text, date, None, None)


def test_the_holiday_counted_from_may_have_passed() -> None:
    now = dt.datetime(2025, 12, 26, 12)
    assert str(only(read_moments("two days after Christmas", now)).date) == "2025-12-27"
    assert str(only(read_moments("the day before Christmas", now, lean="past")).date) == "2025-12-24"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("the first weekend of December", "2025-12-06", "2025-12-07"),
        ("the last week of June", "2025-06-24", "2025-06-30"),
        ("the weekend before Christmas", "2025-12-20", "2025-12-21"),
        ("the week after Christmas", "2025-12-26", "2026-01-01"),
        ("the week of Thanksgiving", "2025-11-24", "2025-11-30"),
        ("the weekend of December 6", "2025-12-06", "2025-12-07"),
        ("summer of last year", "2024-06-01", "2024-08-31"),
        ("last summer", "2024-06-01", "2024-08-31"),
        ("this summer", "2025-06-01", "2025-08-31"),
        ("next winter", "2025-12-01", "2026-02-28"),
        ("last winter", "2024-12-01", "2025-02-28"),
        ("in the summer of 2023", "2023-06-01", "2023-08-31"),
        ("this week", "2025-06-09", "2025-06-15"),
        ("last week", "2025-06-02", "2025-06-08"),
        ("next week", "2025-06-16", "2025-06-22"),
        ("last month", "2025-05-01", "2025-05-31"),
        ("this year", "2025-01-01", "2025-12-31"),
        ("last year", "2024-01-01", "2024-12-31"),
        ("this weekend", "2025-06-14", "2025-06-15"),
        ("last weekend", "2025-06-07", "2025-06-08"),
        ("next weekend", "2025-06-21", "2025-06-22"),
        ("watched it this weekend", "2025-06-07", "2025-06-08"),
        ("in October", "2025-10-01", "2025-10-31"),
        ("films I watched in October", "2024-10-01", "2024-10-31"),
        ("in October 2024", "2024-10-01", "2024-10-31"),
        ("watched it in may", "2025-05-01", "2025-05-31"),
        ("in the last 3 months", "2025-03-11", "2025-06-11"),
        ("over the past week", "2025-06-04", "2025-06-11"),
        ("viewings since October", "2024-10-01", "2024-10-31"),
        ("what did I watch in the summer?", "2025-06-01", "2025-08-31"),
    ],
)
def test_a_range_is_read_with_both_ends(text: str, first: str, last: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (str(moment.date), str(moment.end_date)) == (first, last)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("tonight", "2025-06-11 20:00"),
        ("this evening", "2025-06-11 20:00"),
        ("this morning", "2025-06-11 09:00"),
        ("this afternoon", "2025-06-11 15:00"),
        ("last night", "2025-06-10 20:00"),
        ("the night before last", "2025-06-09 20:00"),
        ("tomorrow night", "2025-06-12 20:00"),
        ("Friday at 8pm", "2025-06-13 20:00"),
        ("8pm on Friday", "2025-06-13 20:00"),
        ("Friday night at 9", "2025-06-13 21:00"),
        ("tomorrow at half seven", "2025-06-12 19:30"),
        ("tomorrow at 9 in the morning", "2025-06-12 09:00"),
        ("tomorrow morning at 9", "2025-06-12 09:00"),
        ("tonight at midnight", "2025-06-12 00:00"),
        ("last night at 2am", "2025-06-11 02:00"),
        ("from 8 to 10pm on Saturday", "2025-06-14 20:00"),
        ("2026-01-05 19:30", "2026-01-05 19:30"),
        ("8 o'clock tomorrow", "2025-06-12 20:00"),
        ("9 tonight", "2025-06-11 21:00"),
        ("7 tonight", "2025-06-11 19:00"),
        ("10 this evening", "2025-06-11 22:00"),
        ("nine tomorrow night", "2025-06-12 21:00"),
        ("mon at 9", "2025-06-16 21:00"),
        ("Sat at nine", "2025-06-14 21:00"),
        ("Mon 9pm", "2025-06-16 21:00"),
        ("sat night", "2025-06-14 20:00"),
        ("in 90 minutes", "2025-06-11 16:30"),
        ("in 2 hours", "2025-06-11 17:00"),
        ("in half an hour", "2025-06-11 15:30"),
        ("the first Friday of next month at 8pm", "2025-07-04 20:00"),
        ("the night before Christmas", "2025-12-24 20:00"),
        ("the evening of December 3", "2025-12-03 20:00"),
        ("in the evening on Friday", "2025-06-13 20:00"),
        ("28/11 21:15", "2025-11-28 21:15"),
        ("28/11 at 8", "2025-11-28 20:00"),
        ("28.11. 20:15", "2025-11-28 20:15"),
        ("Fri 28/11 8pm", "2025-11-28 20:00"),
        ("7/4 at 8pm", "2025-07-04 20:00"),
        ("nine thirty p m on Friday", "2025-06-13 21:30"),
        ("Friday at 9 p. m.", "2025-06-13 21:00"),
        ("Friday, in the evening", "2025-06-13 20:00"),
        ("tmrw 6pm", "2025-06-12 18:00"),
        ("tmr at half seven", "2025-06-12 19:30"),
        ("2nite", "2025-06-11 20:00"),
        ("9 tonite", "2025-06-11 21:00"),
        ("Saturday, 20.30", "2025-06-14 20:30"),
        ("Fri 7.30", "2025-06-13 19:30"),
        ("20.30 on Friday", "2025-06-13 20:30"),
        ("Friday 21h", "2025-06-13 21:00"),
        ("Sunday, 20h30", "2025-06-15 20:30"),
        ("tomorrow at 9h15", "2025-06-12 21:15"),
        ("Sunday week at half past two in the afternoon", "2025-06-22 14:30"),
    ],
)
def test_a_day_and_its_time_are_one_moment(text: str, at: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert moment.time is not None
    assert f"{dt.datetime.combine(moment.date, moment.time):%Y-%m-%d %H:%M}" == at
    assert (moment.text, moment.spans) == (text, ((0, len(text)),))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("8pm", "20:00"),
        ("8 pm", "20:00"),
        ("8:30pm", "20:30"),
        ("20:00", "20:00"),
        ("08:30", "08:30"),
        ("at 20.30", "20:30"),
        ("at eight", "20:00"),
        ("at half seven", "19:30"),
        ("half past eight", "20:30"),
        ("quarter to nine", "20:45"),
        ("ten past eight", "20:10"),
        ("at five to nine", "20:55"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("at 9 in the morning", "09:00"),
        ("eight thirty", "20:30"),
        ("seven o'clock", "19:00"),
        ("12am", "00:00"),
        ("around lunchtime", "12:30"),
        ("12pm", "12:00"),
        ("at 21h", "21:00"),
        ("20h30", "20:30"),
        ("at 9h", "21:00"),
        ("at 9h in the morning", "09:00"),
    ],
)
def test_a_time_alone_is_read(text: str, time: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert f"{moment.time:%H:%M}" == time


@pytest.mark.parametrize(
    ("now", "text", "date"),
    [
        (SUNDAY, "next Friday", "2025-06-20"),
        (SUNDAY, "this weekend", "2025-06-14"),
        (SUNDAY, "watched it this weekend", "2025-06-14"),
        (SUNDAY, "last weekend", "2025-06-07"),
        (SUNDAY, "next weekend", "2025-06-21"),
        (SUNDAY, "last Sunday", "2025-06-08"),
        (JANUARY_31, "in a month", "2025-02-28"),
        (JANUARY_31, "next month", "2025-02-01"),
        (JANUARY_31, "a month ago", "2024-12-31"),
        (JANUARY_31, "watched it on the 30th", "2025-01-30"),
        (JANUARY_31, "the 30th", "2025-03-30"),
        (JANUARY_31, "last january", "2024-01-01"),
        (DECEMBER_31, "tomorrow", "2026-01-01"),
        (DECEMBER_31, "next month", "2026-01-01"),
        (DECEMBER_31, "New Year's Eve", "2025-12-31"),
        (DECEMBER_31, "at 8pm", "2025-12-31"),
        (DECEMBER_31, "schedule it at 8pm", "2026-01-01"),
        (NIGHT, "last night", "2025-06-10"),
        (NIGHT, "watched it tonight", "2025-06-10"),
        (NIGHT, "play it tonight", "2025-06-11"),
        (NIGHT, "watched it at 11pm", "2025-06-10"),
        (LEAP_DAY, "a year ago", "2023-02-28"),
        (LEAP_DAY, "in four years", "2028-02-29"),
    ],
)
def test_the_calendar_has_corners(now: dt.datetime, text: str, date: str) -> None:
    assert str(only(read_moments(text, now)).date) == date


@pytest.mark.parametrize(
    ("text", "direction", "date"),
    [
        ("watched Heat on Friday", "past", "2025-06-06"),
        ("On Friday I watched Heat", "past", "2025-06-06"),
        ("Heat Friday 9/10", "past", "2025-06-06"),
        ("schedule Heat on Friday", "future", "2025-06-13"),
        ("I want to watch Heat on Friday", "future", "2025-06-13"),
        ("put Heat on the calendar for Friday", "future", "2025-06-13"),
        ("remind me on Friday that I watched Heat", "future", "2025-06-13"),
        ("what did I watch on the 20th", "past", "2025-05-20"),
        ("saw it on December 3", "past", "2024-12-03"),
        ("I watched Heat on Friday. Schedule Alien soon.", "past", "2025-06-06"),
        ("Heat on Friday", "either", "2025-06-13"),
        ("watched Alien, and now I'd like Heat on Friday", "future", "2025-06-13"),
        ("saw Alien, next I fancy Heat on Friday", "future", "2025-06-13"),
    ],
)
def test_verbs_around_a_day_say_past_or_future(text: str, direction: str, date: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (moment.direction, str(moment.date)) == (direction, date)


@pytest.mark.parametrize(("lean", "date"), [("past", "2025-06-06"), ("future", "2025-06-13")])
def test_the_caller_can_say_past_or_future(lean: str, date: str) -> None:
    assert str(only(read_moments("Friday", WEDNESDAY, lean=lean)).date) == date  # type: ignore[arg-type]


def test_each_clause_has_its_own_direction() -> None:
    text = "I finally saw Heat on Friday and on Saturday I want to watch Alien"
    assert [str(moment.date) for moment in read_moments(text, WEDNESDAY)] == ["2025-06-06", "2025-06-14"]


@pytest.mark.parametrize(
    "text",
    [
        "schedule Heat Feb 30 at 8pm",
        "schedule Heat on 31 April at 8pm",
        "schedule Heat on December 32 at 8pm",
        "schedule Heat on 2025-02-30 at 20:00",
        "schedule Heat on the 31st of this month with Ana at 8pm",
        "schedule Heat the fifth Friday of December at 8pm",
        "we watch a film every Friday at 8pm",
    ],
)
def test_the_time_on_a_day_that_is_none_is_not_taken_for_today(text: str) -> None:
    assert read_moments(text, WEDNESDAY) == []


def test_a_day_that_is_none_keeps_its_time_from_another_day() -> None:
    moment = only(read_moments("schedule Heat Feb 30 at 8pm and Alien tomorrow", WEDNESDAY))
    assert (moment.text, moment.time) == ("tomorrow", None)


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("schedule Heat the last Friday of December at 8pm", "2025-12-26", dt.time(20)),
        ("I watched Heat the day before Christmas", "2024-12-24", None),
        ("put Heat on the calendar two days after Christmas", "2025-12-27", None),
        ("schedule it for 9 tonight", "2025-06-11", dt.time(21)),
        ("schedule it sat at 9", "2025-06-14", dt.time(21)),
        ("gave it 9 tonight", "2025-06-11", dt.time(20)),
        ("I saw it Friday after 8pm", "2025-06-06", dt.time(20)),
    ],
)
def test_such_a_day_is_read_in_a_sentence(text: str, date: str, time: dt.time | None) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (str(moment.date), moment.time) == (date, time)


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("schedule it for friday no sorry saturday at nine thirty p m", "2025-06-14", dt.time(21, 30)),
        ("schedule it for Friday at 8pm, no wait, Saturday", "2025-06-14", dt.time(20)),
        ("schedule it for Friday at 8pm, sorry, 9pm", "2025-06-13", dt.time(21)),
        ("schedule it for Friday, I mean Saturday, no, Sunday", "2025-06-15", None),
        ("watched it on Friday, or rather on Saturday", "2025-06-07", None),
        ("watched it on friday no sorry saturday", "2025-06-07", None),
        ("it was Monday, not last night", "2025-06-09", None),
        ("it was not on Monday but on Sunday", "2025-06-08", None),
        ("move it from 8pm to 9:30pm", "2025-06-11", dt.time(21, 30)),
        ("sat 21:00 -> sun 18:00", "2025-06-15", dt.time(18)),
        ("13th, not 12th", "2025-06-13", None),
        ("move it to 13th, not 12th", "2025-06-13", None),
        ("films in May", "2025-05-01", None),
        ("start at 6, the babysitter leaves at ten", "2025-06-11", dt.time(18)),
        ("Let's begin at 7, they lock up at half past nine", "2025-06-11", dt.time(19)),
        ("not Friday, Saturday", "2025-06-14", None),
        ("viewings since Friday", "2025-06-06", None),
        ("why not Friday?", "2025-06-13", None),
        ("sorry, half past three", "2025-06-11", dt.time(15, 30)),
        ("Same time on Monday.", "2025-06-16", None),
        ("On Sunday I took my niece to see it", "2025-06-08", None),
        ("dozed off on Sunday", "2025-06-08", None),
    ],
)
def test_the_day_that_is_meant_is_read(text: str, date: str, time: dt.time | None) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (str(moment.date), moment.time) == (date, time)


def test_a_second_thought_holds_all_its_words() -> None:
    text = "watched it on friday no sorry saturday"
    moment = only(read_moments(text, WEDNESDAY))
    assert [text[start:end] for start, end in moment.spans] == ["on friday no sorry saturday"]


@pytest.mark.parametrize(
    "text", ["on Friday at 8, no wait, 10.15", "tomorrow 7pm, half eight sorry", "at 8 I mean 9"]
)
def test_the_words_of_a_second_thought_alone_are_read_as_it_was(text: str) -> None:
    moment = only(read_moments(f"schedule it {text}", WEDNESDAY))
    assert moment.text == text
    again = only(read_moments(moment.text, WEDNESDAY, lean="future"))
    assert (again.date, again.time) == (moment.date, moment.time)


@pytest.mark.parametrize(
    ("text", "first", "last", "direction"),
    [
        ("Do I have any plans for December yet?", "2025-12-01", "2025-12-31", "future"),
        ("december - show me everything scheduled", "2025-12-01", "2025-12-31", "future"),
        ("how many did I see October", "2024-10-01", "2024-10-31", "past"),
        ("october - best one?", "2025-10-01", "2025-10-31", "either"),
        ("my october viewings", "2024-10-01", "2024-10-31", "past"),
        ("what about july", "2025-07-01", "2025-07-31", "either"),
        ("anything planned for Jan?", "2026-01-01", "2026-01-31", "future"),
        ("jan to mar", "2026-01-01", "2026-03-31", "either"),
        ("what did we watch from March to May", "2025-03-01", "2025-05-31", "past"),
        ("between june and september last year", "2024-06-01", "2024-09-30", "past"),
        ("the first half of October", "2025-10-01", "2025-10-15", "either"),
        ("what did I see in the second half of February", "2025-02-16", "2025-02-28", "past"),
        ("between 1 and 15 October", "2025-10-01", "2025-10-15", "either"),
        ("from the 1st to the 10th of October", "2025-10-01", "2025-10-10", "either"),
        ("from 20 December until 3 January", "2025-12-20", "2026-01-03", "either"),
        ("October 1-15", "2025-10-01", "2025-10-15", "either"),
        ("what's on from Monday to Wednesday", "2025-06-16", "2025-06-18", "future"),
        ("what did I watch Monday to Wednesday", "2025-06-09", "2025-06-11", "past"),
        ("between Saturday and Thursday", "2025-06-14", "2025-06-19", "either"),
        ("list next wk", "2025-06-16", "2025-06-22", "future"),
        ("anything on this wk", "2025-06-09", "2025-06-15", "future"),
        ("past fortnight", "2025-05-28", "2025-06-11", "past"),
        ("so far this year", "2025-01-01", "2025-06-11", "past"),
        ("this month so far", "2025-06-01", "2025-06-11", "past"),
        ("earlier this month", "2025-06-01", "2025-06-11", "past"),
        ("the rest of the week", "2025-06-11", "2025-06-15", "future"),
        ("the week after next", "2025-06-23", "2025-06-29", "future"),
        ("at the wknd", "2025-06-14", "2025-06-15", "either"),
    ],
)
def test_a_time_of_several_days_is_read(text: str, first: str, last: str, direction: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (str(moment.date), str(moment.end_date), moment.direction) == (first, last, direction)


def test_what_is_moved_from_a_day_to_another_is_no_range() -> None:
    moments = read_moments("move it from Friday to Saturday", WEDNESDAY)
    assert [str(moment.date) for moment in moments] == ["2025-06-13", "2025-06-14"]


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("push the second one to ten pm", "2025-06-11", dt.time(22)),
        ("push the second one to ten", "2025-06-11", dt.time(22)),
        ("I want to see this on Sunday, 18 o'clock.", "2025-06-15", dt.time(18)),
        ("make it 10.15", "2025-06-11", dt.time(22, 15)),
        ("Tomorrow, 7.30pm: Up", "2025-06-12", dt.time(19, 30)),
        ("friday eight-ish", "2025-06-13", dt.time(20)),
        ("9pm-ish on friday", "2025-06-13", dt.time(21)),
        ("tomorrow eight", "2025-06-12", dt.time(20)),
        ("sunday at teatime", "2025-06-15", dt.time(17)),
        ("friday nite", "2025-06-13", dt.time(20)),
        ("ten to eight tomorrow", "2025-06-12", dt.time(19, 50)),
        ("2030 hrs friday", "2025-06-13", dt.time(20, 30)),
        ("early hours of this morning", "2025-06-11", dt.time(2)),
        ("the fourth", "2025-07-04", None),
        ("five in the afternoon on saturday", "2025-06-14", dt.time(17)),
        ("cant make it, push to sun", "2025-06-15", None),
        ("the monday just gone", "2025-06-09", None),
        ("I watched it monday gone", "2025-06-09", None),
    ],
)
def test_a_time_as_people_put_it_is_read(text: str, date: str, time: dt.time | None) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert (str(moment.date), moment.time) == (date, time)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Plan both for Saturday, Heat at 2pm and Up at 5pm", ["2025-06-14 14:00", "2025-06-14 17:00"]),
        ("Heat at 2pm and Up at 5pm on Saturday", ["2025-06-14 14:00", "2025-06-14 17:00"]),
        ("watched Heat on Sunday. Plan Up at 9pm", ["2025-06-08 20:00", "2025-06-11 21:00"]),
    ],
)
def test_two_times_share_the_day_of_their_sentence(text: str, dates: list[str]) -> None:
    moments = sorted(read_moments(text, WEDNESDAY), key=lambda moment: (moment.date, moment.time or dt.time()))
    assert [f"{moment.date} {moment.time or dt.time(20):%H:%M}" for moment in moments] == dates


@pytest.mark.parametrize(
    "text",
    [
        "29 February 2026",
        "The Hunt for Red October",
        "October Sky",
        "June and I loved it",
        "this may be the best",
        "may I see it",
        "gave it 8.30",
        "am I more of a Friday or a Sunday person?",
        "films from 2010 to 2015",
        "I saw it the other day",
    ],
)
def test_no_day_is_read_where_none_is_meant(text: str) -> None:
    assert read_moments(text, WEDNESDAY) == []


@pytest.mark.parametrize("text", ["Friday or Saturday", "Heat on Friday, Alien on Saturday", "not Friday"])
def test_days_without_a_second_thought_stay(text: str) -> None:
    assert len(read_moments(text, WEDNESDAY)) == text.count("day")


def test_a_time_apart_from_its_day_keeps_both_spans() -> None:
    text = "put Heat on the calendar Friday with Ana at 8pm"
    moment = only(read_moments(text, WEDNESDAY))
    assert (moment.text, moment.time) == ("Friday", dt.time(20))
    assert [text[start:end] for start, end in moment.spans] == ["Friday", "at 8pm"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("New Year's Eve tradition! Heat at 9pm, please put it in my calendar", "2025-12-31 21:00"),
        ("It's Christmas Eve. Heat at 8pm?", "2025-12-24 20:00"),
        ("Boxing Day means Heat. Put it on at 3pm.", "2025-12-26 15:00"),
        ("Friday is film night! Heat at 20:30 please", "2025-06-13 20:30"),
    ],
)
def test_the_only_time_belongs_to_the_only_day(text: str, at: str) -> None:
    moment = only(read_moments(text, WEDNESDAY))
    assert f"{moment.date} {moment.time:%H:%M}" == at


@pytest.mark.parametrize(
    "text",
    [
        "I watched Heat on Friday. Schedule Alien at 9pm.",
        "Heat on Friday. Alien on Saturday. Both of them in the evening, say at 9pm.",
        "This weekend is free! Put Heat on at 9pm.",
        "Tonight we are busy. Heat at 9pm.",
    ],
)
def test_a_time_in_another_sentence_may_stand_alone(text: str) -> None:
    assert len(read_moments(text, WEDNESDAY)) > 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Heat. Sat, Blu-ray. 8.5.", ["Sat"]),
        ("watched Heat sat", ["sat"]),
        ("Heat / sat / cinema", ["sat"]),
        ("Cinema. Sun. Heat", ["Sun"]),
        ("Heat, wed 9/10", ["wed"]),
        ("Heat sat badly with me", []),
        ("we sat, laughed and saw Heat", []),
        ("beach, sun, popcorn and Heat", []),
        ("Heat, sun and sea", []),
    ],
)
def test_a_short_weekday_is_read_in_a_list_of_notes(text: str, days: list[str]) -> None:
    title = text.index("Heat")
    assert [moment.text for moment in read_moments(text, WEDNESDAY, skip=[(title, title + 4)])] == days


@pytest.mark.parametrize(
    "text",
    [
        "9/10",
        "8 out of 10",
        "4.5 stars",
        "gave it an 8",
        "rate it at 8",
        "at 8 out of 10",
        "Apollo 13",
        "1917",
        "2019",
        "12 Angry Men",
        "2001: A Space Odyssey",
        "Se7en",
        "28 Days Later",
        "under 2 hours",
        "90 minutes",
        "the first 40 minutes",
        "may I watch it",
        "march of the penguins",
        "for the third time",
        "sat through it",
        "13th Warrior",
        "came 13th, sadly",
        "easter eggs",
        "told in 2 hours",
        "at one point",
        "five to ten films",
        "every Friday",
        "a christmas movie",
        "watched halloween",
        "February 30",
        "I haven't seen it in three years",
        "open 24/7",
        "in 16/9",
        "25/10, what a ride",
        "15/20",
        "50/50",
        "3/4",
        "mash up the summer",
        "12.50",
        "watched 20h of it",
        "2h15 long",
        "1h30",
        "paused it at 1h10",
    ],
)
def test_what_only_looks_like_a_moment_is_left_alone(text: str) -> None:
    assert read_moments(text, WEDNESDAY) == []


def test_nothing_is_read_in_a_title() -> None:
    text = "watched The Day After Tomorrow yesterday"
    assert only(read_moments(text, WEDNESDAY, skip=[(8, 30)])).text == "yesterday"


def test_dictation_without_capitals_is_read() -> None:
    moment = only(read_moments("watched blade runner last night nine out of ten", WEDNESDAY))
    assert (moment.text, str(moment.date)) == ("last night", "2025-06-10")


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("make it that evening", "2025-06-20", dt.time(20)),
        ("9pm that evening", "2025-06-20", dt.time(21)),
        ("put Alien on the same day", "2025-06-20", None),
        ("the day after at noon", "2025-06-21", dt.time(12)),
        ("the day after, same time", "2025-06-21", None),
        ("the night before", "2025-06-19", dt.time(20)),
        ("the same day next year", "2026-06-20", None),
        ("next day works", "2025-06-21", None),
        ("the previous evening please", "2025-06-19", dt.time(20)),
        ("two days later at 8pm", "2025-06-22", dt.time(20)),
        ("the following Monday 7pm", "2025-06-23", dt.time(19)),
        ("that Friday", "2025-06-20", None),
        ("that weekend", "2025-06-21", None),
        ("the day after tomorrow", "2025-06-13", None),
        ("next Friday", "2025-06-20", None),
    ],
)
def test_a_day_counts_from_the_one_spoken_of_before(text: str, date: str, time: dt.time | None) -> None:
    moment = only(read_moments(text, WEDNESDAY, anchor=dt.date(2025, 6, 20)))
    assert (moment.date.isoformat(), moment.time) == (date, time)


@pytest.mark.parametrize("text", ["that evening", "the day after", "next day", "a day later", "the same date"])
def test_without_a_day_spoken_of_before_nothing_is_read(text: str) -> None:
    assert read_moments(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "the day before the wedding",
        "the day after I finish work",
        "the same day as Heat",
        "a man relives the same day",
        "she keeps living the same day again and again",
        "remind me the day before",
        "I saw that evening thing",
        "the next time",
    ],
)
def test_what_names_its_own_day_does_not_count_from_the_one_before(text: str) -> None:
    assert read_moments(text, WEDNESDAY, anchor=dt.date(2025, 6, 20)) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Heat this Sunday 2pm, Alien on the Friday after at nine pm", ["2025-06-15", "2025-06-20"]),
        ("i cant do heat on friday next week lets make it the day after", ["2025-06-20", "2025-06-21"]),
        ("watched Heat on Friday and Alien the day after", ["2025-06-06", "2025-06-07"]),
        ("Heat on Saturday at 2 and Alien that evening", ["2025-06-14", "2025-06-14"]),
        ("this weekend Heat and Alien the weekend after", ["2025-06-14", "2025-06-21"]),
        (
            "Heat tomorrow, Alien the day after tomorrow, Up the day after that",
            ["2025-06-12", "2025-06-13", "2025-06-14"],
        ),
    ],
)
def test_a_day_counts_from_the_one_before_it_in_the_text(text: str, dates: list[str]) -> None:
    moments = read_moments(text, WEDNESDAY, anchor=dt.date(2025, 3, 1))
    assert [moment.date.isoformat() for moment in moments] == dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("a double bill on Saturday, first Heat and then Up", "2025-11-29"),
        ("on Friday, the 21st", "2025-11-21"),
        ("Friday the 5th", "2025-12-05"),
        ("on wednesday the 19th not the thursday", "2025-11-19"),
        ("it was the Sunday, not the Saturday", "2025-11-23"),
        ("Heat on Saturday 6 December instead of the Friday, same time", "2025-12-06"),
        ("move that to the fourth please", "2025-12-04"),
        ("schedule Heat for 10/12/2025", "2025-12-10"),
        ("watched Heat on 12/11/2025", "2025-11-12"),
        ("watched Heat 10/12/2025", "2025-10-12"),
        ("3 Nov / cinema / alone", "2025-11-03"),
        ("21 Nov. Blu-ray, with my dad. 8.5", "2025-11-21"),
        ("28 nov", "2025-11-28"),
        ("schedule Heat for 3 November", "2026-11-03"),
        ("this friday coming", "2025-11-28"),
        ("a fortnight on Sunday", "2025-12-14"),
    ],
)
def test_the_likelier_day_of_two_is_read(text: str, date: str) -> None:
    assert only(read_moments(text, dt.datetime(2025, 11, 26, 19, 30))).date.isoformat() == date


def test_compared_with_the_second_is_no_day() -> None:
    assert read_moments("I prefer the first to the second", WEDNESDAY) == []


def test_from_now_to_a_day_is_a_range_of_whole_days() -> None:
    moment = only(read_moments("anything between now and Sunday evening", WEDNESDAY))
    assert (moment.date, moment.end_date, moment.time) == (WEDNESDAY.date(), dt.date(2025, 6, 15), None)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("move the dentist to 4 Dec 9:15", dt.time(9, 15)),
        ("brunch with Ana on Sunday at 11", dt.time(11)),
        ("dentist tomorrow at 3", dt.time(15)),
        ("Heat on 4 Dec 9:15", dt.time(21, 15)),
        ("Heat on 4 Dec 20:15", dt.time(20, 15)),
        ("dentist and then Heat on Friday at 9", dt.time(21)),
    ],
)
def test_what_is_done_by_day_is_in_the_morning(text: str, time: dt.time) -> None:
    place = text.find("Heat")
    skip = [(place, place + 4)] if place >= 0 else []
    assert only(read_moments(text, WEDNESDAY, skip=skip)).time == time


@pytest.mark.parametrize(
    ("text", "guessed"), [("Friday 9:15", True), ("no wait, 10.15", True), ("at 9pm", False), ("20:15", False)]
)
def test_it_is_told_whether_the_half_of_the_day_was_guessed(text: str, guessed: bool) -> None:
    assert only(read_moments(text, WEDNESDAY)).guessed is guessed


def test_a_short_weekday_is_read_far_behind_the_title_of_a_list() -> None:
    assert only(read_moments("Heat, mubi, sat, with my sister", WEDNESDAY, skip=[(0, 4)])).text == "sat"


@pytest.mark.parametrize(
    ("text", "date", "time"),
    [
        ("Thu 4/12 19:00", "2025-12-04", dt.time(19)),
        ("4/12 at 7pm", "2025-12-04", dt.time(19)),
        ("on 3/4", "2026-03-04", None),
        ("watched it on 6/11", "2025-11-06", None),
        ("11/22, cinema", "2025-11-22", None),
        ("it was 18 11 2025", "2025-11-18", None),
        ("Saturday around 8.30", "2025-11-29", dt.time(20, 30)),
        ("Friday at 1930", "2025-11-28", dt.time(19, 30)),
        ("Friday 19 30", "2025-11-28", dt.time(19, 30)),
        ("31st 9pm", "2025-12-31", dt.time(21)),
        ("this time next week", "2025-12-03", None),
        ("saw it on bonfire night", "2025-11-05", None),
        ("not this Friday, the one after", "2025-12-05", None),
        ("last weekend, Sunday evening", "2025-11-23", dt.time(20)),
        ("next weekend on Saturday at 8", "2025-12-06", dt.time(20)),
    ],
)
def test_a_terse_day_is_read(text: str, date: str, time: dt.time | None) -> None:
    moment = only(read_moments(text, dt.datetime(2025, 11, 26, 19, 30)))
    assert (moment.date.isoformat(), moment.end_date, moment.time) == (date, None, time)


@pytest.mark.parametrize("text", ["episode 11/24", "Heat 11/20", "not that one, the one after"])
def test_a_count_is_no_terse_day(text: str) -> None:
    assert read_moments(text, WEDNESDAY) == []

import pytest

from tools.reading import read_years


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1982", 1982, 1982),
        ("Blade Runner (1982)", 1982, 1982),
        ("nineteen eighty two", 1982, 1982),
        ("twenty twelve", 2012, 2012),
        ("the 80s", 1980, 1989),
        ("'80s", 1980, 1989),
        ("early 80s", 1980, 1983),
        ("the nineties", 1990, 1999),
        ("1990s", 1990, 1999),
        ("the 2010s", 2010, 2019),
        ("from the seventies", 1970, 1979),
        ("between 1990 and 2005", 1990, 2005),
        ("1990-1995", 1990, 1995),
        ("from 2010 to 2020", 2010, 2020),
        ("from the 70s to the 90s", 1970, 1999),
        ("after 2010", 2011, 9999),
        ("since 2015", 2015, 9999),
        ("2015 or later", 2015, 9999),
        ("from 2015 on", 2015, 9999),
        ("before 1970", 0, 1969),
        ("pre-1970", 0, 1969),
        ("until 1980", 0, 1980),
        ("no later than 1990", 0, 1990),
        ("not later than 1990", 0, 1990),
        ("not after 1990", 0, 1990),
        ("nothing after 1990", 0, 1990),
        ("nothing released after 1990", 0, 1990),
        ("no newer than 2000", 0, 2000),
        ("no films after the 80s", 0, 1989),
        ("don't show me anything after 1990", 0, 1990),
        ("it shouldn't be newer than 1990", 0, 1990),
        ("no earlier than 1990", 1990, 9999),
        ("not older than 2010", 2010, 9999),
        ("nothing before 1990", 1990, 9999),
        ("not before 1990", 1990, 9999),
        ("nothing older than the 90s", 1990, 9999),
        ("nothing before 1990 or after 2000", 1990, 2000),
        ("nothing after 2000 or before 1990", 1990, 2000),
    ],
)
def test_years_are_read_with_both_ends(text: str, first: int, last: int) -> None:
    assert [(years.first, years.last) for years in read_years(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["95/100", "last decade", "in my 30s", "2025-12-03", "gave it 8", "20:00", "1080p"]
)
def test_other_numbers_are_no_years(text: str) -> None:
    assert read_years(text) == []


def test_nothing_is_read_in_a_title_or_a_date() -> None:
    assert read_years("watched 1917 on 3 December 2025", skip=[(8, 12), (13, 31)]) == []

"""Finding titles by name, by plot, by likeness."""

from collections.abc import Callable
from typing import Any

import pytest

from tools import Invalid, Library, NotFound
from tools.films import Film


def titles(result: Any) -> list[str]:
    return [film.title for film in result.films]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("blade runnr", "Blade Runner"),
        ("impossible", "Mission: Impossible"),
        ("enter dragon", "Enter the Dragon"),
        ("ghost shell", "Ghost in the Shell"),
        ("haikyu", "Haikyu!!"),
        ("Your Name", "Your Name."),
    ],
)
def test_a_name_is_looked_for(library: Library, query: str, first: str) -> None:
    assert titles(library.search_titles(query=query))[0] == first


def test_a_part_finds_all_that_have_it(library: Library) -> None:
    assert {"Blade Runner", "Blade Runner 2049"} <= set(titles(library.search_titles(query="blade")))


def test_the_year_decides_between_namesakes(library: Library) -> None:
    library.add_media(title="The Thing", year=2011)
    assert library.search_titles(query="the thing", year=2011).films[0].year == 2011


def test_no_more_names_come_than_asked(library: Library) -> None:
    assert len(library.search_titles(query="blade", limit=1).films) == 1


def test_a_name_like_no_title_is_said(library: Library) -> None:
    assert library.search_titles(query="Zzyzx").summary == "No title in your library looks like “Zzyzx”."


@pytest.mark.parametrize("query", ["Amélie", "Alien 5"])
def test_a_name_only_near_to_titles_is_none_of_them(library: Library, query: str) -> None:
    found = library.search_titles(query=query)
    assert found.summary.startswith(f"No title in your library looks like “{query}”. The nearest:\n1. Alien")
    assert titles(found) == ["Alien", "Aliens"][: len(found.films)]


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("a hobbit must destroy a ring in a volcano", "The Lord of the Rings: The Fellowship of the Ring"),
        ("girl works in a bathhouse for spirits", "Spirited Away"),
        ("a man relives the same day again and again", "Groundhog Day"),
        ("someone falls in love with an operating system's voice", "Her"),
        ("an old man flies his house with balloons", "Up"),
        ("policeman hunts artificial humans in a rainy city", "Blade Runner"),
    ],
)
def test_a_remembered_plot_finds_its_film(library: Library, description: str, title: str) -> None:
    assert title in titles(library.find_by_plot(description=description))


def test_a_plot_is_looked_for_among_one_type(library: Library) -> None:
    found = library.find_by_plot(description="a crew in space", media_type="anime", limit=5)
    assert {film.media_type for film in found.films} == {"anime"}


def test_a_plot_is_looked_for_in_some_years(library: Library) -> None:
    found = library.find_by_plot(description="a crew in space", year_from=1980, year_to=1989, limit=5)
    assert {film.year // 10 for film in found.films if film.year} == {198}


def test_a_plot_that_no_title_of_the_years_has_is_said(library: Library) -> None:
    assert (
        library.find_by_plot(description="a crew", year_from=2090).summary
        == "Nothing in your library sounds like that."
    )


def test_no_more_plots_come_than_asked(library: Library) -> None:
    assert len(library.find_by_plot(description="a detective", limit=2).films) == 2


def test_the_users_words_are_part_of_the_plot(library: Library) -> None:
    library.log_review(title="Heat", rating=9, text="That coffee between hunter and hunted on the quokka farm.")
    assert "Heat" in titles(library.find_by_plot(description="hunter and hunted drink coffee on a quokka farm"))


def test_the_summary_tells_the_plots(library: Library) -> None:
    assert "1. Spirited Away (2001): " in library.find_by_plot(description="bathhouse for spirits").summary


def test_a_sequel_is_similar(library: Library) -> None:
    assert {"Aliens", "The Thing"} <= set(titles(library.similar(title="Alien")))


def test_a_title_is_not_similar_to_itself(library: Library) -> None:
    assert "Alien" not in titles(library.similar(title="Alien", limit=20))


def test_the_summary_says_what_is_shared(library: Library) -> None:
    assert "Blade Runner 2049 (2017): shares science fiction" in library.similar(title="Blade Runner").summary


def test_seen_titles_are_left_out_when_asked(furnished: Library) -> None:
    assert "Alien" not in titles(furnished.similar(title="Aliens", include_seen=False, limit=20))


def test_a_bare_title_has_neighbours_in_words(library: Library) -> None:
    library.add_media(title="Solaris")
    assert not any(line.endswith(", ") for line in library.similar(title="Solaris").summary.splitlines())


def test_no_more_similar_titles_come_than_asked(library: Library) -> None:
    assert len(library.similar(title="Alien", limit=2).films) == 2


@pytest.mark.parametrize(
    ("bounds", "kept", "told"),
    [
        ({"max_runtime": 120}, lambda film: film.runtime <= 120, "Similar to Heat (1995), up to 120 min:"),
        ({"min_runtime": 150}, lambda film: film.runtime >= 150, "Similar to Heat (1995), from 150 min:"),
        ({"year_from": 1980, "year_to": 1989}, lambda film: 1980 <= film.year <= 1989, ", 1980 to 1989:"),
        ({"year_from": 1999, "year_to": 1999}, lambda film: film.year == 1999, "Heat (1995), 1999:"),
        ({"media_type": "tv"}, lambda film: film.media_type == "tv", "Similar to Heat (1995), tv:"),
    ],
)
def test_similar_titles_keep_to_the_bounds(
    library: Library, bounds: dict[str, Any], kept: Callable[[Film], bool], told: str
) -> None:
    found = library.similar(title="Heat", limit=20, **bounds)
    assert found.films
    assert all(kept(film) for film in found.films)
    assert told in found.summary


def test_bounds_that_nothing_similar_keeps_to_are_told(library: Library) -> None:
    assert "(up to 5 min)" in library.similar(title="Heat", max_runtime=5).summary


def test_similar_to_an_unknown_title_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound):
        library.similar(title="Zzyzx Road")


@pytest.mark.parametrize(("name", "argument"), [("search_titles", "query"), ("find_by_plot", "description")])
def test_a_blank_question_is_refused(library: Library, name: str, argument: str) -> None:
    with pytest.raises(Invalid):
        library.call(name, {argument: "  "})

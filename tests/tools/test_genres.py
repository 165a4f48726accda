"""Genres by the names people use."""

from typing import Any

import pytest

from tools import Conflict, Library, NotFound
from tools.genres import genre_words


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("sci-fi", "Science Fiction"),
        ("SF", "Science Fiction"),
        ("science-fiction", "Science Fiction"),
        ("scary movies", "Horror"),
        ("rom com", "Romantic Comedy"),
        ("westerns", "Western"),
        ("screwball", "Screwball Comedy"),
        ("iranian films", "Iranian Cinema"),
        ("documentry", "Documentary"),
    ],
)
def test_a_genre_is_understood(library: Library, said: str, name: str) -> None:
    assert f" in {name}" in library.list_media(genre=said).summary


def test_an_unknown_genre_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="“polka” is not a genre I know"):
        library.list_media(genre="polka")


def test_an_unknown_genre_names_the_nearest(library: Library) -> None:
    with pytest.raises(NotFound) as missing:
        library.list_media(genre="comady dramatic")
    assert missing.value.nearest


def test_the_list_has_the_whole_taxonomy(library: Library, rows: Any) -> None:
    assert len(library.list_genres().genres) == rows("SELECT count(*) AS n FROM genres")[0]["n"]


def test_the_summary_counts_titles_with_those_of_sub_genres(library: Library) -> None:
    noir = len(library.list_media(genre="film noir", limit=100).films)
    assert f"Film Noir ({noir})" in library.list_genres().summary


def test_a_hybrid_is_counted_on_its_shelf_only_where_nothing_better_is_known(library: Library) -> None:
    before = library.list_genres().summary
    library.add_media(title="Her Again", genres=["space western"])
    assert ("Multi-Genre" in before, "Multi-Genre (1)" in library.list_genres().summary) == (False, True)


def test_a_deleted_genre_leaves_its_titles(library: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_genre", name="heist")
    assert rows("SELECT count(*) AS n FROM media") == [{"n": 100}]


def test_a_deleted_genre_is_taken_from_its_titles(library: Library, confirmed: Any) -> None:
    confirmed("delete_genre", name="heist")
    assert "Heist" not in library.get_media(title="Inception").film.genres


def test_the_question_counts_the_titles(library: Library) -> None:
    with pytest.raises(Exception, match=r"Delete the genre Mecha, taking it from 1 title\?"):
        library.delete_genre(name="mecha")


def test_a_genre_with_sub_genres_stays(library: Library) -> None:
    with pytest.raises(Conflict, match="sub-genres"):
        library.delete_genre(name="film noir")


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("two comedies", ["comedy"]),
        ("short thrillers", ["thriller"]),
        ("sci-fi documentaries", ["science-fiction", "documentary"]),
    ],
)
def test_genres_are_read_in_the_plural(library: Library, text: str, slugs: list[str]) -> None:
    assert genre_words(library, text) == slugs


def test_a_genre_can_be_moved(library: Library) -> None:
    library.add_media(title="Netrunner", genres=["cyberpunk"])
    library.move_genre(name="cyberpunk", parent="thriller")
    assert "Netrunner" in library.list_media(genre="thriller", limit=100).summary


def test_a_genre_moved_to_the_top_leaves_the_one_above(library: Library) -> None:
    library.add_media(title="Netrunner", genres=["cyberpunk"])
    library.move_genre(name="cyberpunk")
    assert "Netrunner" not in library.list_media(genre="sci-fi", limit=100).summary


@pytest.mark.parametrize("parent", ["sci-fi", "cyberpunk"])
def test_a_genre_is_not_moved_below_itself(library: Library, parent: str) -> None:
    with pytest.raises(Conflict, match="or below it"):
        library.move_genre(name="sci-fi", parent=parent)

"""Titles: added, looked up, changed, removed."""

from datetime import date
from typing import Any

import pytest

from tools import Ambiguous, Conflict, Invalid, Library, NotFound

SOLARIS = {"title": "Solaris", "year": 1972, "genres": ["sci-fi", "drama"], "runtime": 167}


def test_an_added_title_is_kept(library: Library, rows: Any) -> None:
    library.add_media(**SOLARIS)
    assert rows("SELECT media_type, release_date, runtime FROM media WHERE title = 'Solaris'") == [
        {"media_type": "movie", "release_date": date(1972, 1, 1), "runtime": 167}
    ]


def test_an_added_title_can_be_looked_up_at_once(library: Library) -> None:
    library.add_media(**SOLARIS)
    assert library.get_media(title="solaris").film.label == "Solaris (1972)"


def test_an_added_title_can_be_found_by_its_plot_at_once(library: Library) -> None:
    library.add_media(
        title="Solaris", overview="A sentient ocean on a distant planet sends dead wives to cosmonauts."
    )
    assert (
        library.find_by_plot(description="a thinking ocean sends back a dead wife").films[0].title == "Solaris"
    )


def test_the_exact_date_wins_over_the_year(library: Library) -> None:
    added = library.add_media(title="Solaris", year=1971, release_date=date(1972, 3, 20))
    assert added.film.release_date == date(1972, 3, 20)


def test_the_first_genre_weighs_most(library: Library, rows: Any) -> None:
    library.add_media(**SOLARIS)
    assert rows(
        "SELECT slug, weight::DOUBLE AS weight FROM media_genres JOIN genres ON genres.id = genre_id "
        "JOIN media ON media.id = media_id WHERE title = 'Solaris' ORDER BY weight DESC"
    ) == [{"slug": "science-fiction", "weight": 1.0}, {"slug": "drama", "weight": 0.8}]


def test_a_genre_named_twice_counts_once(library: Library) -> None:
    assert library.add_media(title="Solaris", genres=["sci-fi", "science fiction"]).film.genres == [
        "Science Fiction"
    ]


def test_directors_stay_in_the_order_given(library: Library) -> None:
    added = library.add_media(title="Bound", directors=["Lilly Wachowski", "Lana Wachowski"])
    assert added.film.directors == ["Lilly Wachowski", "Lana Wachowski"]


def test_the_cast_stays_in_billing_order_with_its_characters(library: Library) -> None:
    added = library.add_media(title="Solaris", cast=["Natalya Bondarchuk as Hari", "Donatas Banionis"])
    assert added.film.cast == ["Natalya Bondarchuk as Hari", "Donatas Banionis"]


def test_one_actor_in_two_parts_keeps_both(library: Library) -> None:
    added = library.add_media(
        title="The Mouse That Roared", cast=["Peter Sellers as Tully", "Peter Sellers as Gloriana"]
    )
    assert added.film.cast == ["Peter Sellers as Tully / Gloriana"]


def test_a_known_person_is_not_added_again(library: Library, rows: Any) -> None:
    library.add_media(title="Legend", directors=["ridley scott"])
    assert rows("SELECT count(*) AS n FROM people WHERE lower(name) = 'ridley scott'") == [{"n": 1}]


def test_a_new_work_counts_for_its_director(library: Library, rows: Any) -> None:
    sql = "SELECT total_works FROM people WHERE name = 'Ridley Scott'"
    before = rows(sql)[0]["total_works"]
    library.add_media(title="Legend", directors=["Ridley Scott"])
    assert rows(sql)[0]["total_works"] == before + 1


def test_a_blank_name_is_nobody(library: Library, rows: Any) -> None:
    library.add_media(title="Solaris", directors=["", "  "])
    assert rows("SELECT * FROM people WHERE trim(name) = ''") == []


def test_a_blank_title_is_refused(library: Library) -> None:
    with pytest.raises(Invalid):
        library.add_media(title=" ")


@pytest.mark.parametrize("year", [1982, None])
def test_a_title_of_the_same_year_is_a_conflict(library: Library, year: int | None) -> None:
    with pytest.raises(Conflict, match=r"already has Blade Runner \(1982\)"):
        library.add_media(title="blade runner", year=year)


def test_a_title_of_another_year_is_another_title(library: Library) -> None:
    assert library.add_media(title="The Thing", year=2011).film.year == 2011


def test_a_tmdb_id_is_unique(library: Library) -> None:
    library.add_media(title="Solaris", tmdb_id=593)
    with pytest.raises(Conflict, match="593"):
        library.add_media(title="Stalker", tmdb_id=593)


def test_titles_without_tmdb_id_do_not_clash(library: Library) -> None:
    library.add_media(title="Solaris")
    assert library.add_media(title="Stalker").film.title == "Stalker"


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("M*A*S*H", "mash"),
        ("M*A*S*H", "M*A*S*H"),
        ("Face/Off", "face off"),
        ("WALL·E", "wall-e"),
        ("Amélie", "amelie"),
        ("Robert'); DROP TABLE media;--", "Robert'); DROP TABLE media;--"),
        ("8½", "8½"),
        ("東京物語", "東京物語"),
    ],
)
def test_a_title_with_odd_signs_is_found(library: Library, title: str, typed: str) -> None:
    library.add_media(title=title)
    assert library.get_media(title=typed).film.title == title


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("mission impossible", "Mission: Impossible (1996)"),
        ("Mission: Impossible", "Mission: Impossible (1996)"),
        ("blade runnr", "Blade Runner (1982)"),
        ("the grand budapest", "The Grand Budapest Hotel (2014)"),
        ("lord of the rings", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("千と千尋の神隠し", "Spirited Away (2001)"),
        ("ALIEN", "Alien (1979)"),
        ("alien (1979)", "Alien (1979)"),
        ("2001", "2001: A Space Odyssey (1968)"),
    ],
)
def test_a_partial_or_misspelt_name_is_understood(library: Library, typed: str, label: str) -> None:
    assert library.get_media(title=typed).film.label == label


def test_a_near_tie_names_the_candidates(library: Library) -> None:
    with pytest.raises(Ambiguous) as asked:
        library.get_media(title="Blade")
    assert asked.value.candidates == ["Blade Runner (1982)", "Blade Runner 2049 (2017)"]


def test_a_remake_is_a_question(library: Library) -> None:
    library.add_media(title="The Thing", year=2011)
    with pytest.raises(Ambiguous):
        library.get_media(title="The Thing")


def test_the_year_tells_a_remake_apart(library: Library) -> None:
    library.add_media(title="The Thing", year=2011)
    assert library.get_media(title="The Thing (2011)").film.year == 2011


@pytest.mark.parametrize("typed", ["Zzyzx Road", ""])
def test_an_unknown_title_is_not_found(library: Library, typed: str) -> None:
    with pytest.raises(NotFound):
        library.get_media(title=typed)


def test_an_unknown_title_names_the_nearest(library: Library) -> None:
    with pytest.raises(NotFound) as missing:
        library.get_media(title="Spirited Within")
    assert "Spirited Away (2001)" in missing.value.nearest


def test_a_look_up_tells_who_made_it(library: Library) -> None:
    assert "Directed by Lana Wachowski and Lilly Wachowski." in library.get_media(title="The Matrix").summary


def test_a_look_up_tells_the_users_rating(furnished: Library) -> None:
    assert "You rated it 9/10." in furnished.get_media(title="Alien").summary


def test_a_look_up_tells_the_users_fields(furnished: Library) -> None:
    assert "Mood: cosy." in furnished.get_media(title="Up").summary


def test_titles_are_listed_by_genre_with_its_sub_genres(library: Library) -> None:
    titles = {film.title for film in library.list_media(genre="film noir", limit=50).films}
    assert {"Heat", "Se7en", "Double Indemnity"} <= titles


def test_titles_are_listed_by_person(library: Library) -> None:
    assert [film.title for film in library.list_media(person="Villeneuve").films] == [
        "Blade Runner 2049",
        "Arrival",
    ]


def test_titles_are_listed_by_years(library: Library) -> None:
    assert {film.year for film in library.list_media(year_from=1982, year_to=1984).films} == {1982, 1983, 1984}


def test_a_filtered_list_says_what_it_lists(library: Library) -> None:
    assert library.list_media(media_type="documentary", year_from=2010).summary.startswith(
        "1 documentary from 2010 to today:"
    )


def test_an_empty_list_says_what_there_is_none_of(library: Library) -> None:
    assert (
        library.list_media(media_type="anime", genre="western").summary
        == "There are no anime titles in Western."
    )


def test_seen_titles_are_listed(furnished: Library) -> None:
    assert [film.title for film in furnished.list_media(seen=True).films] == ["Alien"]


def test_a_partly_watched_title_is_not_seen(furnished: Library) -> None:
    assert "Heat" in {film.title for film in furnished.list_media(seen=False, limit=100).films}


def test_a_cut_list_says_how_many_there_are(library: Library) -> None:
    assert library.list_media(limit=3).summary.startswith("100 titles in your library, the newest 3:")


@pytest.mark.parametrize(("typed", "name"), [("Keanu Reeves", "Keanu Reeves"), ("keanu reevs", "Keanu Reeves")])
def test_a_person_is_found_also_misspelt(library: Library, typed: str, name: str) -> None:
    assert f"with {name}" in library.list_media(person=typed).summary


def test_an_unknown_person_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="Nobody called"):
        library.list_media(person="Xavier Quux")


def test_a_surname_of_several_is_a_question(library: Library) -> None:
    with pytest.raises(Ambiguous, match="Lana Wachowski or Lilly Wachowski"):
        library.list_media(person="Wachowski")


def test_a_correction_changes_only_what_is_given(library: Library, rows: Any) -> None:
    sql = "SELECT * EXCLUDE (runtime, updated_at) FROM media WHERE title = 'Alien'"
    before = rows(sql)
    library.update_media(title="Alien", runtime=116)
    assert rows(sql) == before


def test_a_correction_is_kept(library: Library, rows: Any) -> None:
    library.update_media(title="Alien", runtime=116)
    assert rows("SELECT runtime FROM media WHERE title = 'Alien'") == [{"runtime": 116}]


def test_a_correction_moves_updated_at(library: Library, rows: Any) -> None:
    library.update_media(title="Alien", runtime=116)
    assert rows("SELECT title FROM media WHERE updated_at > created_at") == [{"title": "Alien"}]


def test_corrected_genres_replace_the_old_ones(library: Library) -> None:
    assert library.update_media(title="Alien", genres=["horror"]).film.genres == ["Horror"]


def test_corrected_directors_leave_the_cast(library: Library) -> None:
    before = library.get_media(title="Alien").film.cast
    assert library.update_media(title="Alien", directors=["R. Scott"]).film.cast == before


def test_a_renamed_title_answers_to_its_new_name(library: Library) -> None:
    library.update_media(title="Se7en", new_title="Seven")
    assert library.get_media(title="Seven").film.title == "Seven"


def test_a_title_is_not_renamed_to_another(library: Library) -> None:
    library.add_media(title="The Thng", year=1982)
    with pytest.raises(Conflict):
        library.update_media(title="The Thng (1982)", new_title="The Thing")


def test_a_correction_without_a_change_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="Change must be given"):
        library.update_media(title="Alien")


def test_deleting_a_title_names_what_goes_along(furnished: Library) -> None:
    with pytest.raises(
        Exception, match=r"Delete Alien \(1979\) with its 1 review and 1 viewing from your library\?"
    ):
        furnished.delete_media(title="Alien")


@pytest.mark.parametrize(
    "table", ["user_reviews", "watch_history", "media_genres", "media_credits", "media_ranking"]
)
def test_deleting_a_title_cascades(furnished: Library, rows: Any, confirmed: Any, table: str) -> None:
    confirmed("delete_media", title="Alien")
    assert rows(f"SELECT * FROM {table} WHERE media_id NOT IN (SELECT id FROM media)") == []


def test_deleting_a_title_leaves_the_others(furnished: Library, rows: Any, confirmed: Any) -> None:
    confirmed("delete_media", title="Alien")
    assert rows("SELECT count(*) AS n FROM media") == [{"n": 99}]


def test_deleting_a_title_counts_rows_by_table(furnished: Library, confirmed: Any) -> None:
    gone = confirmed("delete_media", title="Alien").rows
    assert (gone["media"], gone["user_reviews"], gone["watch_history"]) == (1, 1, 1)


def test_a_deleted_title_is_no_longer_found(library: Library, confirmed: Any) -> None:
    confirmed("delete_media", title="Heat")
    with pytest.raises(NotFound):
        library.get_media(title="Heat")


def test_a_mashup_of_a_deleted_title_stays(furnished: Library, confirmed: Any) -> None:
    confirmed("delete_media", title="Alien")
    assert furnished.list_mashups().mashups[0].sources == ["a title no longer here", "Up (2009)"]


def test_deleting_a_person_leaves_the_titles(library: Library, confirmed: Any) -> None:
    confirmed("delete_person", name="Ridley Scott")
    assert library.get_media(title="Alien").film.directors == []


@pytest.mark.parametrize("title", ["$", "!?", "…"])
def test_a_title_of_signs_that_nobody_could_find_again_is_refused(library: Library, title: str) -> None:
    with pytest.raises(Invalid, match="letters or digits"):
        library.add_media(title=title, year=1971)
    with pytest.raises(Invalid, match="letters or digits"):
        library.update_media(title="Alien", new_title=title)

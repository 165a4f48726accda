"""Taking changes back."""

from typing import Any

import pytest

from tools import Conflict, Library, NotFound, open_library


def test_undo_brings_back_every_row(
    furnished: Library, tables: Any, confirmed: Any, write_call: tuple[str, Any]
) -> None:
    before = tables()
    confirmed(write_call[0], **write_call[1])
    furnished.undo()
    assert tables() == before


def test_a_write_is_one_change(
    furnished: Library, rows: Any, confirmed: Any, write_call: tuple[str, Any]
) -> None:
    counted = "SELECT count(DISTINCT act) AS n FROM journal"
    before = rows(counted)[0]["n"]
    confirmed(write_call[0], **write_call[1])
    assert rows(counted)[0]["n"] == before + 1


def test_a_refused_write_leaves_nothing(library: Library, tables: Any) -> None:
    before = tables()
    with pytest.raises(NotFound):
        library.add_media(title="Solaris", directors=["Andrei Tarkovsky"], genres=["no such genre at all"])
    assert tables() == before


def test_undo_says_what_it_took_back(furnished: Library) -> None:
    furnished.log_review(title="Up", rating=8)
    assert furnished.undo().summary == "Undone: Saved Up (2009): 8/10."


def test_undo_takes_back_the_newest_first(library: Library, rows: Any) -> None:
    library.log_review(title="Up", rating=8)
    library.log_review(title="Heat", rating=7)
    library.undo()
    assert rows("SELECT title FROM user_reviews JOIN media ON media.id = media_id") == [{"title": "Up"}]


def test_undo_takes_back_several(library: Library, tables: Any) -> None:
    before = tables()
    library.log_review(title="Up", rating=8, watched="yesterday")
    library.log_review(title="Up", rating=9, watched="today")
    library.schedule(title="Heat", when="Friday")
    library.undo(count=3)
    assert tables() == before


def test_undo_of_more_than_there_is_takes_back_all(library: Library) -> None:
    library.log_review(title="Up", rating=8)
    assert len(library.undo(count=5).changes) == 1


def test_undo_goes_on_where_it_stopped(library: Library, rows: Any) -> None:
    library.log_review(title="Up", rating=8)
    library.log_review(title="Heat", rating=7)
    library.undo()
    library.undo()
    assert rows("SELECT * FROM user_reviews") == []


def test_undo_of_nothing_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="nothing to undo"):
        library.undo()


def test_undo_works_after_a_restart(settings: Any) -> None:
    with open_library(settings) as library:
        library.log_review(title="Up", rating=8)
    with open_library(settings) as library:
        library.undo()
        assert library.db.read("SELECT * FROM user_reviews") == []


def test_undo_of_a_row_changed_elsewhere_is_a_conflict(library: Library) -> None:
    library.log_review(title="Up", rating=8)
    with library.db.write("elsewhere", undoable=False) as write:
        write.execute("UPDATE user_reviews SET rating = 1")
    with pytest.raises(Conflict):
        library.undo()


@pytest.fixture
def blocked(library: Library, confirmed: Any) -> Library:
    """A library whose newest act, a deletion, cannot be undone, for the title is there again."""
    library.log_review(title="Heat", rating=8)
    confirmed("delete_media", title="Alien")
    with library.db.write("elsewhere", undoable=False) as write:
        write.insert("media", {"title": "Alien", "media_type": "movie", "tmdb_id": 348})
    return library


def test_an_act_that_cannot_be_undone_says_how_to_go_past_it(blocked: Library) -> None:
    with pytest.raises(Conflict, match="To go past it, undo the last 2 changes"):
        blocked.undo()


def test_undo_goes_past_an_act_that_cannot_be_undone(blocked: Library, rows: Any) -> None:
    done = blocked.undo(count=2)
    assert [change.undone for change in done.changes] == [False, True]
    assert rows("SELECT * FROM user_reviews") == []


def test_undo_of_several_says_what_was_undone_and_what_was_not(blocked: Library) -> None:
    blocked.log_review(title="Up", rating=6)
    first, *others = blocked.undo(count=3).summary.splitlines()
    assert first == "Undone, 2:"
    assert others[:2] == ["1. Saved Up (2009): 6/10.", "2. Saved Heat (1995): 8/10."]
    assert others[2].startswith("Not undone: Deleted Alien (1979)")
    assert others[2].endswith("The reason: media already has an entry with tmdb_id: 348.")


def test_a_used_preset_can_be_undone(furnished: Library, rows: Any) -> None:
    furnished.save_preset(name="Noir", genres=["film noir"])
    furnished.recommend(preset="Noir")
    furnished.undo()
    assert rows("SELECT name FROM recommendation_criteria") == [{"name": "Short sci-fi"}]


def test_undone_rows_are_found_by_meaning_again(furnished: Library, confirmed: Any) -> None:
    confirmed("delete_mashup", title="House of the Xenomorph")
    furnished.undo()
    assert furnished.find_mashups(query="floating house").mashups[0].title == "House of the Xenomorph"


def test_changes_are_listed_newest_first(furnished: Library) -> None:
    furnished.log_review(title="Up", rating=8)
    assert furnished.list_changes().changes[0].label == "Saved Up (2009): 8/10."


def test_an_undone_change_is_marked(library: Library) -> None:
    library.log_review(title="Up", rating=8)
    library.undo()
    assert library.list_changes().summary == "1. Saved Up (2009): 8/10. (undone)"


def test_no_more_changes_are_listed_than_asked(furnished: Library) -> None:
    assert len(furnished.list_changes(limit=2).changes) == 2


def test_no_changes_yet(library: Library) -> None:
    assert library.list_changes().summary == "Nothing has been changed yet."

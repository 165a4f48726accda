"""The state of a library as rows, and how two states differ."""

from evals.state import DEFAULTS, KEYS, difference, read_state


def change(library, act):
    before = read_state(library)
    act()
    return difference(before, read_state(library))


def test_the_starting_library_is_as_it_is_described(starting):
    state = read_state(starting)
    assert {view: len(rows) for view, rows in state.items() if view != "media"} == {
        "reviews": 10,
        "viewings": 14,
        "events": 4,
        "presets": 2,
        "fields": 3,
        "values": 3,
        "mashups": 2,
    }
    assert {"The Thing (2011)", "The Fly (1958)", "Little Women (2019)"} <= {
        row["media"] for row in state["media"].values()
    }
    assert KEYS.keys() == DEFAULTS.keys() == state.keys()
    assert all(set(KEYS[view]) <= set(next(iter(rows.values()))) for view, rows in state.items())


def test_a_dated_review_adds_itself_and_its_viewing(starting):
    changes = change(
        starting,
        lambda: starting.log_review(
            title="Tremors", rating=8, watched="last night", text="Good fun", source="DVD"
        ),
    )
    assert changes == {
        "added": {
            "reviews": [
                {
                    "media": "Tremors (1990)",
                    "rating": 8.0,
                    "text": "Good fun",
                    "watched": "2025-11-25",
                    "tags": None,
                }
            ],
            "viewings": [
                {
                    "media": "Tremors (1990)",
                    "at": "2025-11-25T20:00",
                    "minutes": None,
                    "completed": True,
                    "source": "DVD",
                    "context": None,
                }
            ],
        },
        "changed": {},
        "removed": {},
    }


def test_a_moved_plan_is_changed(starting):
    changes = change(starting, lambda: starting.move_event(title="Akira", when="Sunday at 8pm"))
    ((view, (row,)),) = changes["changed"].items()
    assert view == "events" and changes["added"] == changes["removed"] == {}
    assert (row["was"]["date"], row["is"]["date"]) == ("2025-11-29", "2025-11-30")
    assert (row["was"]["time"], row["is"]["time"]) == ("21:00", "20:00")


def test_what_is_deleted_is_removed_and_undo_adds_it_again(starting):
    before = read_state(starting)
    assert set(change(starting, lambda: starting.cancel_event(title="Akira"))["removed"]) == {"events"}
    assert set(change(starting, starting.undo)["added"]) == {"events"}
    assert not any(difference(before, read_state(starting)).values())


def test_a_corrected_title_changes_its_own_row_alone(starting):
    changes = change(starting, lambda: starting.update_media(title="Alien (1979)", new_title="Alien One"))
    assert set(changes["changed"]) == {"media"} and not changes["added"] and not changes["removed"]


def test_fields_and_their_values_are_seen(starting):
    changes = change(starting, lambda: starting.set_field(title="Her", field="Mood", value="calm"))
    assert changes["added"] == {"values": [{"media": "Her (2013)", "field": "mood", "value": "calm"}]}


def test_reading_changes_nothing(starting):
    assert not any(change(starting, lambda: starting.recommend(genres=["horror"])).values())

"""What the user named: read from the library as it is now."""

import pytest

from agent.events import Call
from agent.names import read_names, spans_of, with_fields
from store.errors import NeedsConfirmation


def test_a_library_as_it_comes_has_no_names_of_the_users(library):
    names = read_names(library)
    assert (names.fields, names.mashups, names.events) == ([], [], [])


def test_what_was_named_is_read(library):
    library.save_preset(name="Rainy day", genres=["drama"])
    library.define_field(label="Pace", field_type="number")
    library.create_mashup(sources=["Alien", "Up"], title="Cold Tea", logline="A.", plot_points=["a", "b", "c"])
    names = read_names(library)
    assert "Rainy day" in [preset.name for preset in names.presets]
    assert [field.field_label for field in names.fields] == ["Pace"]
    assert names.mashups == ["Cold Tea"]


def test_open_plans_are_named_and_the_nearest_comes_first(library):
    library.schedule(name="Haircut", when="2025-12-03", event_type="custom")
    library.schedule(title="Akira", when="2025-11-29T21:00")
    library.schedule(title="Heat", when="2025-11-28")
    library.complete_event(title="Heat")
    assert read_names(library).events == ["Akira (1988)", "Haircut"]


def test_a_field_that_is_gone_is_no_name(library):
    library.define_field(label="Pace", field_type="number")
    with pytest.raises(NeedsConfirmation) as asked:
        library.delete_field(field="Pace")
    library.delete_field(field="Pace", confirm=asked.value.token)
    assert read_names(library).fields == []


def test_a_name_is_found_however_it_is_cased_or_joined():
    words = "move the Film-club to Friday, film club is off"
    assert [words[start:end] for start, end in spans_of("Film club", words)] == ["Film-club", "film club"]
    assert spans_of("Film club", "films and clubs") == [] and spans_of("…", words) == []


def test_a_field_defined_in_the_same_message_is_a_name(library):
    defined = Call(tool="define_field", args={"label": "Seen twice", "field_type": "boolean"})
    names = with_fields(read_names(library), [Call(tool="undo"), defined])
    assert [(field.field_name, field.field_type) for field in names.fields] == [("seen_twice", "boolean")]

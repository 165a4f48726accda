import pytest

from tools.reading import read_plan_note


@pytest.mark.parametrize(
    ("text", "note", "said"),
    [
        ("Your Name, Sunday 5pm, note: bring tissues", "bring tissues", "note: bring tissues"),
        ('Up on Friday, with the note "good crisps".', "good crisps", 'with the note "good crisps"'),
        (
            "Up friday 8pm and add a note: order pizza first",
            "order pizza first",
            "and add a note: order pizza first",
        ),
        (
            "plan Up for Friday with a note saying bring snacks",
            "bring snacks",
            "with a note saying bring snacks",
        ),
        ("Up friday at 8 with note bring cash", "bring cash", "with note bring cash"),
        ("Up tomorrow at 8, don't forget the popcorn", "don't forget the popcorn", "don't forget the popcorn"),
        ("up tmrw 8 dont forget the popcorn", "dont forget the popcorn", "dont forget the popcorn"),
        ('Up Friday, note "dress warm", remind me', "dress warm", 'note "dress warm"'),
        ("Up sat - note: Ben brings beer, and remind me", "Ben brings beer", "note: Ben brings beer"),
        ('Up friday, put "bring crisps" as a note', "bring crisps", 'put "bring crisps" as a note'),
        ("plan up friday 8pm note bring tissues", "bring tissues", "note bring tissues"),
        ("Up Saturday 7pm, remember to book seats", "remember to book seats", "remember to book seats"),
    ],
)
def test_a_note_is_read_letter_for_letter(text: str, note: str, said: str) -> None:
    found = read_plan_note(text)
    assert found is not None
    assert (found.text, text[found.start : found.end]) == (note, said)


@pytest.mark.parametrize(
    "text",
    [
        "Please note that I watched Heat on Sunday",
        "note both please",
        "can you note down that I saw Heat",
        "don't forget to log it",
        "schedule Heat on Friday, don't forget",
        "bring that back",
        "make a note of it",
        "Schedule Heat for Friday. On a side note, how long is it?",
        "plan Death Note for Friday",
    ],
)
def test_other_notes_are_none(text: str) -> None:
    assert read_plan_note(text) is None

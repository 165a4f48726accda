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
        ("Up friday and remind me to bring popcorn", "bring popcorn", "and remind me to bring popcorn"),
        ("Up friday and make a note that Ben is vegan", "Ben is vegan", "and make a note that Ben is vegan"),
        ("Up friday, note that Tom is late", "Tom is late", "note that Tom is late"),
        (
            "can you add to friday's plan that Lena is late",
            "Lena is late",
            "can you add to friday's plan that Lena is late",
        ),
        (
            "add a note to friday's film: Lena is late",
            "Lena is late",
            "add a note to friday's film: Lena is late",
        ),
        ("Up friday, note to self: buy crisps", "buy crisps", "note to self: buy crisps"),
        ('Up friday, write "bring wine" in the notes', "bring wine", 'write "bring wine" in the notes'),
        ("Up friday note get snacks reminder 30 minutes", "get snacks", "note get snacks"),
        ("Up friday, we need to order pizza", "we need to order pizza", "we need to order pizza"),
        ("Up friday (bring blankets)", "bring blankets", "bring blankets"),
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
        "make a note that I saw Heat on Sunday",
        "i watched it, take note",
        "take a look at friday, take it off",
        "remind me to watch Heat",
        "on friday remind me to call mum",
        "we need to talk about it, we have to see it",
    ],
)
def test_other_notes_are_none(text: str) -> None:
    assert read_plan_note(text) is None

import pytest

from tools.reading import read_numbers, word_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zero", 0.0),
        ("seven", 7.0),
        ("7.5", 7.5),
        ("4½", 4.5),
        ("seven and a half", 7.5),
        ("seven point five", 7.5),
        ("ninety-five", 95.0),
        ("a hundred and ten", 110.0),
        ("a dozen", 12.0),
        ("half a dozen", 6.0),
        ("minus three", -3.0),
        ("tenet", None),
        ("", None),
    ],
)
def test_a_number_word_has_a_value(words: str, value: float | None) -> None:
    assert word_number(words) == value


def test_numbers_are_found_in_a_text_but_not_in_a_title() -> None:
    found = read_numbers("Twelve Angry Men and 5 films, a dozen in all", skip=[(0, 16)])
    assert [(number.text, number.value) for number in found] == [("5", 5.0), ("a dozen", 12.0)]

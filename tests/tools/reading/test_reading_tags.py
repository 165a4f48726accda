import re

import pytest

from tools.reading import read_tags


def tags(text: str) -> list[tuple[str, ...]]:
    """The tags of a text in which Alien and Heat are known titles."""
    titles = [found.span() for found in re.finditer("Alien|Heat", text)]
    return [found.values for found in read_tags(text, skip=titles)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tag it slow and thought-provoking", ("slow", "thought-provoking")),
        ("Heat 8, tag it slow and thought-provoking", ("slow", "thought-provoking")),
        ("tag my ikiru review as bittersweet", ("bittersweet",)),
        ("tag my Heat review as bittersweet", ("bittersweet",)),
        ("tag heat and ikiru as tense", ("tense",)),
        ("tag Heat slow, moody and blue", ("slow", "moody", "blue")),
        ("tag the review slow", ("slow",)),
        ("tag them both as winter", ("winter",)),
        ("tag that one \"slow burn\" and 'sad'", ("slow burn", "sad")),
        ("tags: cosy, rainy", ("cosy", "rainy")),
        ("Heat 8, tags heist and moody", ("heist", "moody")),
        ("Heat 8/10, tags: slow, Los Angeles, watched on Monday", ("slow", "los angeles")),
        ("rate Heat 8 with the tags cosy and rainy", ("cosy", "rainy")),
        ("add the tags noir and rainy to my Heat review please", ("noir", "rainy")),
        ("add the tag noir to Heat", ("noir",)),
        ("add noir and rainy as tags", ("noir", "rainy")),
        ("add rainy to its tags", ("rainy",)),
        ("change the tags of Heat to cold & blue", ("cold", "blue")),
        ("the tags should be cold, blue", ("cold", "blue")),
        ("tag it slow and rate it 8", ("slow",)),
        ("tag it slow, 8/10", ("slow",)),
        ("tag it tense and give it an 8", ("tense",)),
        ("tag it as black and white and sad", ("black and white", "sad")),
        ("tag it tense, slow and tense", ("tense", "slow")),
        ("Heat 8 #slowburn #noir", ("slowburn", "noir")),
        ("tag Heat #slowburn #noir", ("slowburn", "noir")),
        ("Heat review: tags heist, moody", ("heist", "moody")),
    ],
)
def test_tags_are_read_in_lower_case_and_each_by_itself(text: str, values: tuple[str, ...]) -> None:
    assert tags(text) == [values]


@pytest.mark.parametrize(
    "text",
    [
        "The game of tag with guns is fun.",
        "Their game of tag through the city is tense.",
        "it had a high price tag for me",
        "Heat is #1",
        "I tagged Heat wrong",
        "what tags does Heat have?",
        "show the tags of Heat",
        "remove the tag noir",
        "take the tag noir off Heat",
    ],
)
def test_what_puts_no_tag_on_anything_has_none(text: str) -> None:
    assert tags(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Heat 8, tag it slow and moody, 9/10", "tag it slow and moody"),
        ("cold. Add rainy to its tags. Thanks", "Add rainy to its tags"),
        ("Heat #noir #cold was great", "#noir #cold"),
    ],
)
def test_the_span_covers_what_puts_the_tags_on(text: str, span: str) -> None:
    (found,) = read_tags(text)
    assert found.text == span == text[found.start : found.end]

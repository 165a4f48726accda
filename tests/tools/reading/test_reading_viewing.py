import pytest

from tools.reading import read_viewing


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("watched heat on netflix", "Netflix"),
        ("on blu-ray", "Blu-ray"),
        ("in the cinema", "Theater"),
        ("at the movies", "Theater"),
        ("in theaters", "Theater"),
        ("at home", "Home"),
        ("on HBO Max", "HBO Max"),
        ("on disney plus", "Disney+"),
        ("on Prime Video", "Prime Video"),
        ("on Apple TV+", "Apple TV+"),
        ("on the Criterion Channel", "Criterion Channel"),
        ("in 4K", "4K"),
        ("on TV", "TV"),
        ("on the plane", "Plane"),
        ("Heat, Netflix, 8/10", "Netflix"),
        ("at the Prince Charles", None),
        ("a film from Disney", None),
    ],
)
def test_the_source_has_the_schema_s_words(text: str, source: str | None) -> None:
    assert read_viewing(text).source == source


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("alone", "Solo"),
        ("watched it at home alone", "Solo"),
        ("by myself", "Solo"),
        ("with friends", "With Friends"),
        ("with a couple of friends", "With Friends"),
        ("watched it with my wife", "With my wife"),
        ("saw it with mum", "With mum"),
        ("watched Heat with Ana on Friday", "With Ana"),
        ("watched heat with ana last night", "With Ana"),
        ("with the kids", "With Family"),
        ("with my wife and kids", "With Family"),
        ("date night", "Date Night"),
        ("films with Tom Hanks", None),
        ("watched a film with Tom Hanks", None),
        ("watched heat with subtitles", None),
        ("Home Alone", None),
    ],
)
def test_company_is_told_from_the_cast(text: str, company: str | None) -> None:
    assert read_viewing(text).company == company


@pytest.mark.parametrize(
    ("text", "rewatch", "count"),
    [
        ("watched heat again", True, None),
        ("Rewatched it", True, None),
        ("re-watched", True, None),
        ("for the third time", True, 2),
        ("saw it a second time", True, 1),
        ("watched it twice", True, 1),
        ("saw it for the first time", False, None),
        ("I'd watch it again", False, None),
        ("never again", False, None),
        ("show me the list again", False, None),
    ],
)
def test_a_rewatch_is_counted(text: str, rewatch: bool, count: int | None) -> None:
    words = read_viewing(text)
    assert (words.rewatch, words.rewatch_count) == (rewatch, count)


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("watched half of Heat", True),
        ("the first 40 minutes of Heat", True),
        ("didn't finish it", True),
        ("gave up", True),
        ("fell asleep", True),
        ("we walked out", True),
        ("turned it off", True),
        ("finished it", False),
        ("the hero gave up his life", False),
    ],
)
def test_a_partial_viewing_is_noticed(text: str, partial: bool) -> None:
    assert read_viewing(text).partial is partial


def test_the_spans_cut_the_words_out() -> None:
    text = "watched Heat again on Netflix with friends, fell asleep"
    cut = [text[start:end] for start, end in read_viewing(text).spans]
    assert cut == ["again", "on Netflix", "with friends", "fell asleep"]

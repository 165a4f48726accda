"""The judging of mashups: what passes, what does not, and what the document says."""

from datetime import date

import pytest

from agent import Companion
from agent.mashup_writer import checks_for
from evals.mashups import Case, Outcome, Report, document, judge, read_cases
from store.settings import Settings
from tools import open_library
from tools.films import load_films

CASE = Case(sources=["Blade Runner", "The Matrix"], direction="darker")
THEN = (
    "an artificial worker asks for four more years, and only the machines that farm sleeping people have them."
)
GOOD = {
    "sources": ["Blade Runner", "The Matrix"],
    "title": "The Four-Year Patch",
    "logline": "Dalia Lund, a programmer who hacks by night, ends up in a rainy neon city where artificial "
    f"workers live four years and are hunted. Then {THEN}",
    "tone": "darker",
    "plot_points": [
        "Dalia hacks the neon city by night and finds memories that are implants in every artificial worker.",
        "But the hunted workers swallow a pill that shows them the truth about the machines.",
        "Dalia can wake the simulated people in the rain, or hunt the last artificial worker.",
    ],
    "contributions": [
        {
            "title": "Blade Runner (1982)",
            "takes": "a rainy neon city where artificial workers live four years and are hunted; memories that "
            "are implants",
        },
        {"title": "The Matrix (1999)", "takes": "a programmer who hacks by night; a pill that shows the truth"},
    ],
}


@pytest.fixture(scope="module")
def companion(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("judged"), backend="openai:http://127.0.0.1:9/v1#none")
    companion = Companion(open_library(settings), settings)
    yield companion
    companion.close()


def judged(companion, case=CASE, text=None, **changed):
    library = companion.library
    films = load_films(library, [library.titles.resolve(source).id for source in case.sources])
    checks = checks_for(library, films)
    mashup = library.create_mashup(**GOOD | changed).mashup
    library.undo()
    shown = "\n".join([mashup.title, mashup.logline, *mashup.plot_points]) if text is None else text
    return judge(companion, checks, case, shown, mashup)


def test_a_story_of_both_sources_passes(companion):
    assert judged(companion) == []


def point(text):
    return {"plot_points": [GOOD["plot_points"][0], GOOD["plot_points"][1], text]}


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({"title": "The Matrix"}, "that title exists"),
        (point("Dalia can ask Deckard to wake the sleepers, or hunt on."), "Deckard belongs to Blade Runner"),
        (point(GOOD["plot_points"][0]), "it repeats itself"),
        (point("Dalia can wake the sleepers, or hunt the last"), "a line is not finished"),
        (
            point("Dalia must unlearn the rules of the simulation and decide whether to go home."),
            "it copies The Matrix",
        ),
        ({"tone": None}, "the direction was lost"),
        (
            {
                "contributions": [
                    GOOD["contributions"][0],
                    {"title": "The Matrix (1999)", "takes": "a talking cat"},
                ]
            },
            "“a talking cat” is missing",
        ),
        ({"sources": ["Blade Runner", "Heat"]}, "its sources are others"),
    ],
)
def test_a_flaw_is_told(companion, changed, failed):
    assert judged(companion, **changed) == [failed]


def test_a_story_that_leaves_a_source_out_does_not_pass(companion):
    soup = {
        "logline": GOOD["logline"].replace(
            THEN, "her grandmother forgets the recipe for the soup of the village."
        ),
        "plot_points": [
            "Dalia peels carrots.",
            "But the pot boils over.",
            "Dalia can add salt, or leave it out.",
        ],
        "contributions": [{**taken, "takes": "a city"} for taken in GOOD["contributions"]],
    }
    failed = judged(companion, **soup)
    assert any("is hardly in it" in words for words in failed)


def test_what_was_shown_must_be_what_was_kept(companion):
    assert judged(companion, text="something else") == ["what was kept is not what was shown"]


def test_the_cases_are_forty_pairs_and_five_triples_of_seeded_titles(companion):
    cases = read_cases()
    sources = [[companion.library.titles.resolve(title).id for title in case.sources] for case in cases]
    assert sorted({len(set(ids)) for ids in sources}) == [2, 3]
    assert sum(len(ids) == 2 for ids in sources) == 40 and sum(len(ids) == 3 for ids in sources) == 5
    assert len({frozenset(ids) for ids in sources}) == 45
    assert sum(case.direction is not None for case in cases) >= 10


@pytest.fixture
def report():
    outcome = Outcome(
        case=CASE,
        text="From A: x.\nFrom B: y.\n\nThe Title\n\nThe logline. Then more.\n\n1. One.\n2. Two.\n3. Three.",
        failed=[],
        tries=5,
        tokens=200,
        seconds=20.0,
        first_words=0.1,
        first_written=3.0,
    )
    flawed = outcome.model_copy(update={"failed": ["it repeats itself"], "seconds": 30.0})
    return Report(model="embedded/qwen", day=date(2025, 11, 26), outcomes=[outcome] * 3 + [flawed])


def test_the_share_and_the_median_are_of_all(report):
    assert report.share() == 0.75 and report.median("seconds") == 20.0
    assert "passed every check: 75% (aim 95%)" in report.totals()


def test_the_aims_are_held_against_pairs(report):
    of_three = CASE.model_copy(update={"sources": ["Up", "Heat", "Her"]})
    report.outcomes[-1] = report.outcomes[-1].model_copy(update={"case": of_three})
    assert "3 pairs" in report.totals() and "100% (aim 95%); with the 1 of three sources 75%" in report.totals()


def test_the_document_shows_them_as_they_came_flaws_too(report):
    text = document(report)
    assert text.count("## The Title\n") == 4 and text.count("did not pass: it repeats itself") == 1
    assert "26 November 2025" in text and "embedded/qwen" in text
    assert "From A: x.  \nFrom B: y." in text and "1. One.\n2. Two.\n3. Three." in text

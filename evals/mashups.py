"""Mashups of forty pairs and five triples, held against the checks and the clock.

``python -m evals.mashups`` runs them in a library of their own; ``--document`` writes ten into docs/mashups.md.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy
import yaml
from pydantic import BaseModel, Field

from agent import Companion, Turn
from agent.mashup_checks import Checks
from agent.mashup_ingredients import Ingredients
from agent.mashup_writer import checks_for
from agent.prompt import read_data
from store.settings import Settings
from tools.films import and_list, load_films
from tools.mashups import Mashup

_PAIRS = Path(__file__).resolve().parent / "mashup_pairs.yaml"
_DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "mashups.md"
_NEAREST, _NEARER = 10, 50
"""A source must be among so many of the hundred seeded titles that are nearest by meaning: to the whole text,
and to the words that are the model's own."""
_SHOWN = 10
_TARGETS = {"share": 0.95, "seconds": 25.0, "first_words": 3.0}


class Case(BaseModel):
    """What to mash up."""

    sources: list[str]
    direction: str | None = None

    @property
    def words(self) -> str:
        """How a user would ask for it."""
        wish = f", {self.direction}" if self.direction else ""
        return f"mash up {and_list(self.sources)}{wish}"


class Outcome(BaseModel):
    """What came of a case.

    Attributes:
        case: what was asked.
        text: what the user read.
        failed: the checks it did not pass; empty when it passed all.
        tries: how many pieces the model wrote, flawed ones too.
        tokens: that it wrote for them.
        seconds: from the words to the end of the turn.
        first_words: seconds to the first words the user read, which tell what comes from which source.
        first_written: seconds to the first line the model wrote.
    """

    case: Case
    text: str
    failed: list[str]
    tries: int
    tokens: int
    seconds: float
    first_words: float
    first_written: float


class Report(BaseModel):
    """A whole run."""

    model: str
    day: date
    outcomes: list[Outcome] = Field(default_factory=list)

    def share(self) -> float:
        """The share that passed every check, 0 to 1."""
        return sum(not outcome.failed for outcome in self.outcomes) / len(self.outcomes)

    def of_pairs(self) -> "Report":
        """The run without what has three sources or more: the aims are set for pairs."""
        pairs = [outcome for outcome in self.outcomes if len(outcome.case.sources) == 2]
        return self.model_copy(update={"outcomes": pairs})

    def median(self, figure: str) -> float:
        """The median of a figure of the outcomes."""
        return float(statistics.median(getattr(outcome, figure) for outcome in self.outcomes))

    def totals(self) -> str:
        """The figures of the run in a few lines, with what was aimed at."""
        pairs = self.of_pairs()
        return (
            f"{len(pairs.outcomes)} pairs by {self.model} on {self.day}\n"
            f"passed every check: {pairs.share():.0%} (aim {_TARGETS['share']:.0%}); "
            f"with the {len(self.outcomes) - len(pairs.outcomes)} of three sources {self.share():.0%}\n"
            f"median seconds: {pairs.median('seconds'):.1f} (aim {_TARGETS['seconds']:g})\n"
            f"median seconds to the first words: {pairs.median('first_words'):.1f} "
            f"(aim {_TARGETS['first_words']:g}), to the first line of the model's: "
            f"{pairs.median('first_written'):.1f}\n"
            f"median tokens: {pairs.median('tokens'):.0f}, tries: {pairs.median('tries'):.0f}"
        )


def read_cases() -> list[Case]:
    """The pairs and triples of the file."""
    return [Case.model_validate(case) for case in yaml.safe_load(_PAIRS.read_text("utf-8"))]


def run_mashups(
    companion: Companion,
    cases: list[Case] | None = None,
    told: Callable[[Report], None] = lambda so_far: None,
) -> Report:
    """Ask a companion for every mashup, each in a conversation of its own, and judge what it keeps.

    Args:
        companion: with the seeded library; the mashups are kept in it.
        cases: what to ask for; the file's by default.
        told: hears of the report after every mashup.

    Raises:
        Unavailable: no model can be had.
    """
    companion.warm()
    report = Report(model=companion.backend_name, day=companion.library.clock().date())
    for number, case in enumerate(cases or read_cases()):
        report.outcomes.append(_run(companion, case, f"mashup-{number}-{time.time_ns()}"))
        told(report)
    return report


def _run(companion: Companion, case: Case, thread: str) -> Outcome:
    library = companion.library
    media = [library.titles.resolve(source) for source in case.sources]
    checks = checks_for(library, load_films(library, [m.id for m in media]))
    started = time.monotonic()
    shown: list[float] = []
    turn = Turn()
    for event in companion.turn(thread, case.words):
        if event.kind == "text":
            shown.append(round(time.monotonic() - started, 2))
        elif event.kind == "done":
            turn = event.turn
    result = next((call.result for call in turn.calls if call.tool == "mash_up" and call.result), None)
    return Outcome(
        case=case,
        text=turn.reply,
        failed=judge(companion, checks, case, turn.reply, Mashup.model_validate(result["mashup"]))
        if result
        else ["nothing was kept"],
        tries=turn.usage.model_calls,
        tokens=turn.usage.completion_tokens,
        seconds=turn.seconds,
        first_words=shown[0] if shown else turn.seconds,
        first_written=shown[1] if len(shown) > 1 else turn.seconds,
    )


def judge(companion: Companion, checks: Checks, case: Case, text: str, mashup: Mashup) -> list[str]:
    """The checks that a kept mashup does not pass, each in a few words.

    Args:
        companion: whose library knows all titles.
        checks: of the sources, made before the mashup was kept.
        case: what was asked.
        text: what the user read.
        mashup: what was kept.
    """
    premise, _, then = mashup.logline.partition(". Then ")
    things = [taken for source in mashup.contributions for taken in source.takes.split("; ")]
    lent = [thing for thing in things if thing not in premise]
    story = checks.of_story(mashup.title, premise, then, mashup.plot_points, lent)
    failed = [flaw.words for flaw in story]
    own = " ".join([then, *mashup.plot_points])
    whole = " ".join([mashup.logline, *mashup.plot_points])
    labels = {film.label for film in checks.films}
    if set(mashup.sources) != labels or {taken.title for taken in mashup.contributions} != labels:
        failed.append("its sources are others")
    if mashup.tone != case.direction:
        failed.append("the direction was lost")
    (in_whole, in_own) = _places(companion, [whole, own])
    failed += [
        f"{label} is hardly in it"
        for label in sorted(labels)
        if in_whole[label] >= _NEAREST or in_own[label] >= _NEARER
    ]
    if not all(part in text for part in (mashup.title, mashup.logline, *mashup.plot_points)):
        failed.append("what was kept is not what was shown")
    return failed


def _places(companion: Companion, texts: list[str]) -> list[dict[str, int]]:
    """For each text and seeded title: how many others the text is nearer to by meaning."""
    parts = [(title, part) for title, lent in _lent().items() for part in lent]
    vectors = numpy.array(companion.library.vectors.embed([*texts, *(part for _, part in parts)]))
    likeness = vectors[: len(texts)] @ vectors[len(texts) :].T
    places = []
    for row in likeness.tolist():
        near: dict[str, float] = {}
        for (title, _), value in zip(parts, row, strict=True):
            near[title] = max(value, near.get(title, -1.0))
        order = sorted(near, key=lambda title: -near[title])
        places.append({title: place for place, title in enumerate(order)})
    return places


def _lent() -> dict[str, list[str]]:
    """What each seeded title lends as a world, and what as a hero."""
    read = {
        label: Ingredients.model_validate(given)
        for label, given in read_data("mashup_ingredients.yaml").items()
    }
    return {
        label: [". ".join([role, *given.things]) for role in (given.place, given.hero)]
        for label, given in read.items()
    }


def document(report: Report) -> str:
    """docs/mashups.md: the first ten cases as they came, and the figures of all."""
    parts = [
        "# Ten mashups",
        f"The first ten of the {len(report.outcomes)} in `evals/mashup_pairs.yaml`, as they came, written on "
        f"{report.day:%-d %B %Y} by {report.model}. This page is made by `python -m evals.mashups --document`.",
        "What a seeded title lends stands in `prompts/mashup_ingredients.yaml`; a title of your own is read by "
        "the model. Code casts the story (whose world, whose hero, which things), the model writes it line by "
        "line, and a line is shown when it has passed the checks: no title that exists, no character of the "
        "sources, no copied words, no repetition, and the thing it was given is in it.",
        "```\n" + report.totals() + "\n```",
    ]
    for outcome in report.outcomes[:_SHOWN]:
        takes, _, story = outcome.text.strip().partition("\n\n")
        title, _, rest = story.partition("\n\n")
        cost = f"{outcome.seconds:.0f} s, {outcome.tries} tries, {outcome.tokens} tokens"
        if outcome.failed:
            cost += f"; did not pass: {'; '.join(outcome.failed)}"
        asked = f"› {outcome.case.words}"
        parts += [f"## {title}", f"`{asked}` ({cost})", takes.replace("\n", "  \n"), rest]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Run them in a library of their own, and tell the figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.mashups", description=__doc__)
    parser.add_argument("--limit", type=int, help="no more than so many")
    parser.add_argument("--out", type=Path, help="where the report goes as JSON, after every mashup")
    parser.add_argument("--report", type=Path, help="read this report instead of running")
    parser.add_argument("--document", action="store_true", help="write docs/mashups.md")
    given = parser.parse_args()
    if given.report:
        report = Report.model_validate_json(given.report.read_text("utf-8"))
    else:
        report = _run_apart(given.limit, given.out)
    print(f"\n{report.totals()}")
    if given.document:
        _DOCUMENT.write_text(document(report), "utf-8")


def _run_apart(limit: int | None, out: Path | None) -> Report:
    def told(so_far: Report) -> None:
        _tell(so_far.outcomes[-1])
        if out:
            out.write_text(so_far.model_dump_json(indent=1), "utf-8")

    with tempfile.TemporaryDirectory(prefix="xilften-mashups-") as home:
        companion = Companion.open(Settings(home=Path(home)))
        try:
            return run_mashups(companion, read_cases()[:limit], told)
        finally:
            companion.close()


def _tell(outcome: Outcome) -> None:
    figures: dict[str, Any] = outcome.model_dump(include={"tries", "tokens", "seconds", "first_words"})
    print(f"\n› {outcome.case.words}\n{outcome.text.strip()}")
    print(f"{figures} {'; '.join(outcome.failed) or 'passed'}", flush=True)


if __name__ == "__main__":
    main()

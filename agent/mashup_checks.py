"""What is wrong with a line of a mashup, told by code: the model does not see it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from store.titles import normalise
from tools.films import Film

_ALIKE = 85.0
"""From 0 to 100; two titles or lines that are closer than this are the same."""
_COPIED_WORDS, _LEARNT_WORDS = 7, 5
"""So many words in the same order are copied, not come upon: from a source, from the prompt's examples."""
_FOREIGN = re.compile(r"[^\u0000-\u024f\u2010-\u2026]")
_UNFINISHED = re.compile(r"[.!?]['\"’”)]*$")
_CODE = re.compile(r"[{}\[\]<>_=\\|#*]")
_PLAIN = re.compile(
    r"about|after|again|all|and|another|any|are|because|been|before|being|but|can|cannot|could|does|"
    r"every\w*|for|from|had|has|have|having|her|him|his|how|into|its|just|like|many|may|more|most|must|"
    r"never|new|nobody|not|now|off|old|one|only|other|our|out|over|own|she|should|some\w*|still|than|"
    r"that|the|their|them|then|there|these|they|this|those|through|too|two|under|until|was|when|where|"
    r"which|while|who|whom|whose|why|will|with|without|would|you|your"
)


@dataclass(frozen=True)
class Flaw:
    """What is wrong, in words for the user, and how bad it is: of flawed tries the least flawed is kept."""

    words: str
    weight: int


@dataclass(frozen=True)
class Checks:
    """Holds lines against the sources, the library's titles and the prompt's own examples.

    Attributes:
        films: the sources.
        taken: normalised titles that a mashup may not bear.
        examples: the texts of the prompt, which a small model likes to copy.
        names: those of the sources' people and of the examples', with whom they belong to.
    """

    films: Sequence[Film]
    taken: frozenset[str]
    examples: Sequence[str] = ()
    names: dict[str, str] = field(default_factory=dict)

    def of_title(self, title: str) -> Flaw | None:
        """What is wrong with a mashup's title, None when nothing is."""
        key = normalise(title)
        if _FOREIGN.search(title) or _CODE.search(title) or not key:
            return Flaw("the title is not English", 5)
        if key in self.taken or any(fuzz.ratio(key, normalise(film.title)) >= _ALIKE for film in self.films):
            return Flaw("that title exists", 7)
        return self._borrowed(title)

    def of_opening(self, then: str, premise: str) -> Flaw | None:
        """What is wrong with what happens to the hero first, None when nothing is."""
        if re.search(r"\bor\b|^\W*(?:\w+\s+)?can\b", then):
            return Flaw("nothing happens yet", 2)  # the example's last lines have come too early
        return self.of_line(then, [premise])

    def of_line(self, line: str, before: Sequence[str], thing: str = "") -> Flaw | None:
        """What is wrong with a line, None when nothing is.

        Args:
            line: a sentence of the story.
            before: the lines before it.
            thing: what it must use, if anything.
        """
        if _FOREIGN.search(line) or _CODE.search(line):
            return Flaw("a line is not English", 5)
        if not _UNFINISHED.search(line):
            return Flaw("a line is not finished", 3)
        if borrowed := self._borrowed(line):
            return borrowed
        if copied := self._copied(line):
            return copied
        if repeats(line, before):
            return Flaw("it repeats itself", 2)
        if not uses(line, thing):
            return _missing(thing)
        return None

    def of_story(
        self, title: str, premise: str, then: str, lines: Sequence[str], things: Sequence[str]
    ) -> list[Flaw]:
        """What is wrong with a whole story; a thing may be used in any of its lines."""
        flaws = [self.of_title(title), self.of_opening(then, premise)]
        flaws += [self.of_line(line, [then, *lines[:at]]) for at, line in enumerate(lines)]
        told = [then, *lines]
        flaws += [_missing(thing) for thing in things if not any(uses(line, thing) for line in told)]
        return [flaw for flaw in flaws if flaw]

    def _borrowed(self, text: str) -> Flaw | None:
        for name, owner in self.names.items():
            if re.search(rf"\b{re.escape(name)}\b", text):
                return Flaw(f"{name} belongs to {owner}", 6)
        return None

    def _copied(self, line: str) -> Flaw | None:
        for film in self.films:
            if shares_run(line, film.overview or "", _COPIED_WORDS):
                return Flaw(f"it copies {film.title}", 6)
        if any(shares_run(line, example, _LEARNT_WORDS) for example in self.examples):
            return Flaw("it copies an example", 4)
        return None


def _missing(thing: str) -> Flaw:
    return Flaw(f"“{thing}” is missing", 1)


def repeats(line: str, before: Sequence[str]) -> bool:
    """Whether a line says again what an earlier one said, or turns in a circle."""
    key = normalise(line)
    if any(fuzz.token_sort_ratio(key, normalise(other)) >= _ALIKE for other in before):
        return True
    if any(shares_run(line, other, _COPIED_WORDS) for other in before):
        return True
    runs = _runs(line, 4)
    return len(runs) < len(normalise(line).split()) - 3


def echoes(line: str, before: Sequence[str]) -> int:
    """How many runs of three words a line has from the lines before it."""
    return len(_runs(line, 3) & {run for other in before for run in _runs(other, 3)})


def shares_run(text: str, other: str, length: int) -> bool:
    """Whether two texts have so many words in the same order in common."""
    return bool(_runs(text, length) & _runs(other, length))


def uses(line: str, thing: str) -> bool:
    """Whether a line speaks of a thing: half of its telling words, rounded down, but for their endings."""
    wanted = _roots(word for word in normalise(thing).split() if len(word) > 2 and not _PLAIN.fullmatch(word))
    return len(wanted & _roots(normalise(line).split())) >= min(len(wanted), max(1, len(wanted) // 2))


def _roots(words: Iterable[str]) -> set[str]:
    """What words of one family have in common, roughly: marry and marriage, body and bodies."""
    return {re.sub(r"y$", "i", word)[:4] for word in words}


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = normalise(text).split()
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}

"""Where words stand in a text, and how to keep rules away from words already understood."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

Span = tuple[int, int]

# A private-use character stands for every character that is not to be read. It is no word character, so
# `\b` holds beside it, and no keyboard or speech recogniser produces it.
MASK = "\ue000"

_SAME_LENGTH = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2212": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "}
)

_GOES_ON = (
    "and|but|or|so|because|cause|cos|for|from|to|with|without|on|in|at|of|i|i'd|i'll|i'm|it|its|it's|was|is|as|"
    "by|my|we|he|she|they|the|that|this|which|while|though|although|then|please|thanks|thank|overall|maybe|"
    "again|alone|last|yesterday|today|tonight|tomorrow|around|about|before|after|until|if|when|what|where|not|"
    "no|now|instead|loved|liked|hated|adored|enjoyed|really|very|great|good|brilliant|gorgeous|boring|too|also|"
    "just|rated|gave|out|can|could|should|will|would|you|easily|probably|definitely"
)

# What may follow a number or an ordinal that stands for itself: the end, punctuation, a masked word, or a
# word that starts another part of the sentence. A noun ("8 films", "the 14th film") makes it a count.
COMPLETE = rf"(?=\s*$|\s*{MASK}|\s*[,;:!?)&\]\"'\u2014\u2013]|\s*\.(?!\d)|\s+-\s|\s+(?:{_GOES_ON})\b)"


def prepare(text: str, skip: Iterable[Span] = ()) -> str:
    """Return `text`, of equal length, with plain quotes and signs, and with the `skip` spans masked."""
    characters = list(text.translate(_SAME_LENGTH))
    for start, end in skip:
        for position in range(max(start, 0), min(end, len(characters))):
            characters[position] = MASK
    return "".join(characters)


def overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Say whether start..end shares a character with one of the spans."""
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a rule: capitals never matter, dictation has none."""
    return re.compile(pattern, re.IGNORECASE)


class SignedRule:
    """A long rule that is compiled and tried only where the short sign it cannot do without stands in the text.

    A rule with lists of people takes a tenth of a second to compile, and most texts have no use for it.

    Args:
        sign: a short pattern found in every text that the rule finds something in.
        pattern: the rule itself.
    """

    def __init__(self, sign: str, pattern: str) -> None:
        self._sign = compiled(sign)
        self._pattern = pattern

    @cached_property
    def rule(self) -> re.Pattern[str]:
        """The rule, compiled at its first use."""
        return compiled(self._pattern)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Each place where the rule holds, in the order of the text."""
        return self.rule.finditer(text) if self._sign.search(text) else iter(())

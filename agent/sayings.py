"""Which tool the words ask for, learned from what users say: prompts/sayings has their sentences, tool by tool.

A sentence is masked as agent/mask.py does it; "[log_review] no, RATING" is said right after that tool.
"""

import contextlib
import hashlib
import os
import re
import threading
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy

from agent.prompt import PROMPTS
from store.settings import Settings

_FOLDER = PROMPTS / "sayings"
NO_TOOL = "talk"
"""The name of what asks for no tool."""
_LINE = re.compile(r"(?:\[(?P<after>\w+)\] )?(?P<words>.+)")
_WORD = r"[A-Z]{4,}|[a-z0-9']+|[?!:=>→/+~]|[,.;-]"
_RATES = ("log_review", "update_review", "rate_mashup")
_COMMON = 3
"""Sentences in which a word must stand to be none of a name's."""
_FORMAT = 3
"""Counts the ways in which what was learned has been kept."""
_SHARPNESS = 3.0
"""Turns margins into shares; at 3 a share of a half is right in 98 of 100 sentences of the evaluation."""


class Sayings:
    """A linear classifier over words and pieces of words, and over the tool that ran before.

    Linear support vectors on tf-idf learn some 12,000 sentences and variants in three to six seconds.
    Multinomial logistic regression was no better and took ten times as long; sentence embeddings beside them
    won one sentence in a hundred.

    Args:
        sentences: the tool that ran right before ("" for none), the masked words and the tool they ask for.
    """

    def __init__(self, sentences: list[tuple[str, str, str]]) -> None:
        from sklearn.compose import ColumnTransformer
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import OneHotEncoder
        from sklearn.svm import LinearSVC

        words: dict[str, Any] = {"lowercase": False, "sublinear_tf": True}
        features = ColumnTransformer(
            [
                ("words", TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 3), **words), 0),
                ("pieces", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, **words), 1),
                ("after", OneHotEncoder(handle_unknown="ignore"), [2]),
            ]
        )
        self._model = make_pipeline(features, LinearSVC(C=0.5, random_state=0))
        rows = [self._row(masked, after) for after, masked, _ in sentences]
        self._model.fit(numpy.array(rows, dtype=object), [tool for *_, tool in sentences])
        self.tools = [str(tool) for tool in self._model.classes_]
        often = Counter(word for _, masked, _ in sentences for word in set(masked.split()))
        self.words = {word for word, count in often.items() if count >= _COMMON and word.islower()}

    def shares(self, masked: str, after: str = "") -> dict[str, float]:
        """How much speaks for each tool, and for none (``NO_TOOL``); the shares add up to 1.

        Args:
            masked: the words, as ``mask`` gives them.
            after: the tool that ran before in the conversation.
        """
        row = numpy.array([self._row(masked, after)], dtype=object)
        margins = self._model.decision_function(row)[0] * _SHARPNESS
        weights = numpy.exp(margins - margins.max())
        return dict(zip(self.tools, (weights / weights.sum()).tolist(), strict=True))

    @staticmethod
    def _row(masked: str, after: str) -> list[str]:
        tokens = " ".join(re.findall(_WORD, masked))
        return [f"^ {tokens} $", tokens, after]


_LEARNING = threading.Lock()


def learned(sentences: list[tuple[str, str, str]], folder: Path) -> Sayings:
    """The classifier of these sentences, learned once and kept in a folder as ``sayings-….joblib``.

    A file that cannot be read, or that another version of the library wrote, is learned anew; where nothing can
    be written, it is learned every time.

    Args:
        sentences: as ``Sayings`` takes them.
        folder: where the caches of this machine are.
    """
    import joblib
    import sklearn

    learned_by = (_FORMAT, _WORD, sklearn.__version__, numpy.__version__)
    said = hashlib.sha256(repr((sentences, learned_by)).encode()).hexdigest()
    file = folder / f"sayings-{said[:16]}.joblib"
    with contextlib.suppress(Exception):  # whatever a broken file raises, learning mends it
        kept = joblib.load(file)
        if isinstance(kept, Sayings):
            return kept
    fresh = Sayings(sentences)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("sayings-*.joblib"):
            old.unlink()
        written = file.with_suffix(f".{os.getpid()}")
        joblib.dump(fresh, written)
        written.replace(file)
    return fresh


@cache
def _learned() -> Sayings:
    return learned(read_sayings(), Settings().models)


def sayings() -> Sayings:
    """The classifier, learned or loaded once per process; who comes while it learns waits."""
    with _LEARNING:
        return _learned()


def read_sayings() -> list[tuple[str, str, str]]:
    """Every sentence of prompts/sayings: the tool before ("" for none), the masked words, the tool."""
    found = []
    for file in sorted(_FOLDER.glob("*.txt")):
        for line in filter(None, file.read_text("utf-8").splitlines()):
            said = _LINE.fullmatch(line)
            assert said is not None
            after, words = said["after"] or "", said["words"]
            found += [
                (after, heard, file.stem) for heard in (words, *_heard_otherwise(words, after, file.stem))
            ]
    return found


def _heard_otherwise(words: str, after: str, tool: str) -> list[str]:
    """The same where code reads less: a lone number is a rating or an hour only by what the act is."""
    swaps = [("RATING", "COUNT")] if tool in _RATES else []
    if tool == "set_field" and ("FIELD" in words or after):
        swaps = [("VALUE", "RATING"), ("VALUE", "COUNT"), ("COUNT", "RATING")]
    elif tool == "move_event" and after:
        swaps = [("FUTURE", "COUNT")]
    return [words.replace(mark, other) for mark, other in swaps if mark in words]

"""The people of the library that running text names."""

import re
from dataclasses import dataclass

from store.store import Store
from store.titles import normalise

_LONGEST = 4
"""Words of the longest name looked for."""
_PLAIN_WORDS = re.compile(
    r"bacon|bean|bell|black|bridges|brown|buttons|cage|cherry|con|cook|cope|cross|crystal|day|dick|"
    r"docter|duke|field|fields|ford|foster|fox|frost|gale|gold|good|grant|graves|green|gross|guest|hall|"
    r"hardy|hill|hunt|hurt|king|little|long|love|lower|lung|marsh|may|moss|page|peoples|pitt|price|raft|"
    r"rain|rains|reed|rich|rush|sexton|small|snow|stack|stone|strong|walker|wall|ward|weaver|west|white|"
    r"wild|wilder|wise|wood|woods|young"
)
"""Surnames that are more often words of their own."""
_CREDITED = re.compile(
    r"\b(?:by|starring|featuring|director|actor|actress|(?:films?|movies?|anything|something)\s+(?:with|of|from))"
    r"\s+\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-.'’]+[^\W_]+)*")
_SPELT = r"""
SELECT name, regexp_replace(trim(regexp_replace(
    strip_accents(lower(regexp_replace(name, '[''’]', '', 'g'))), '[^\p{L}\p{N}]+', ' ', 'g'
)), ' (jr|sr)$', '') AS spelt, total_works
FROM people
"""
_NAMED = rf"""
SELECT name, spelt FROM ({_SPELT})
WHERE spelt IN (SELECT unnest($said::VARCHAR[]))
    OR regexp_extract(spelt, '[^ ]+$') IN (SELECT unnest($said::VARCHAR[]))
    OR regexp_extract(spelt, '[^ ]+ [^ ]+$') IN (SELECT unnest($said::VARCHAR[]))
ORDER BY total_works DESC, name
"""


@dataclass(frozen=True)
class PersonMention:
    """A name in running text; ``names`` are those it may mean, several where a surname is shared.

    ``whole`` tells first name and surname from a surname or another single word, which may mean something else.
    """

    names: tuple[str, ...]
    start: int
    end: int
    whole: bool


def people_mentions(store: Store, text: str) -> list[PersonMention]:
    """Who is named in running text, by whole name or surname, but for case and accents, in its order.

    Args:
        store: the library.
        text: what the user typed or said.
    """
    words = [
        (normalise(re.sub(r"['’]s$", "", word[0])), word.start(), word.end()) for word in _WORD.finditer(text)
    ]
    runs = {
        (first, first + size): " ".join(word for word, _, _ in words[first : first + size])
        for size in range(_LONGEST, 0, -1)
        for first in range(len(words) - size + 1)
    }
    rows = store.db.read(_NAMED, {"said": [run for run in runs.values() if len(run) > 2]})
    found: list[PersonMention] = []
    taken: set[int] = set()
    for (first, last), run in runs.items():
        if taken & set(range(first, last)):
            continue
        names = [row["name"] for row in rows if row["spelt"] == run]
        whole = bool(names) and " " in run
        if not names and not _is_word(text, words[first][1], run):
            names = [row["name"] for row in rows if row["spelt"].endswith(f" {run}")]
        if names:
            found.append(PersonMention(tuple(dict.fromkeys(names)), words[first][1], words[last - 1][2], whole))
            taken.update(range(first, last))
    return sorted(found, key=lambda mention: mention.start)


def _is_word(text: str, start: int, run: str) -> bool:
    """Whether what could be a surname is rather the word it also is: "how long do i cook", "Love it"."""
    if not _PLAIN_WORDS.fullmatch(run) or _CREDITED.search(text, 0, start):
        return False
    first = not text[:start].strip() or text[:start].rstrip()[-1:] in ".!?"
    return first or not text[start].isupper()

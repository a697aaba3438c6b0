"""Sentences and their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 60
"""Longer sentences are cut into pieces of this many words: some people write without stops."""

_MARKS = ".!?…"
_FACES = "\U0001f300-\U0001faff\u2600-\u27bf\ufe0f"
# A run is tried from its first character only and never backtracks. Otherwise the time for a long
# run without white space after it would be quadratic.
_END = re.compile(
    rf"""
      (?:(?<![{_MARKS}]) [{_MARKS}]++ ["'\u201d\u2019)\]]*+ | (?<![{_FACES}]) [{_FACES}]++) (?=\s|$)
    | \n+
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|approx|[a-z])\.$", re.IGNORECASE
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Sentence:
    """A part of a text: `[start, end)` in Unicode code points."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """The sentences in order, without the white space between them. None is empty."""
    found: list[Sentence] = []
    start = 0
    for end in _ends(text):
        found.extend(_pieces(text, start, end))
        start = end
    return found


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        ended = text[max(0, match.start() - 8) : match.end()]
        if match.group() == "." and _ABBREVIATION.search(ended) and not ended.endswith(" i."):
            continue
        yield match.end()
    yield len(text)


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = list(_WORD.finditer(text, start, end))
    for first in range(0, len(words), LONGEST):
        piece = words[first : first + LONGEST]
        yield Sentence(piece[0].start(), piece[-1].end(), text[piece[0].start() : piece[-1].end()])

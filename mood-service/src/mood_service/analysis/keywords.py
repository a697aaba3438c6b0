"""Keywords of an entry, extracted by YAKE (Campos et al. 2020)."""

import re
from importlib.resources import files
from typing import Final

import yake

MOST: Final = 8
LONGEST_WORD: Final = 40
READ_AT_MOST: Final = 20_000
"""Characters. Only the beginning of a longer text is used, to limit the time."""

_WITHOUT_SPACE = re.compile(rf"\S{{{LONGEST_WORD * 2},}}")
_CANDIDATES: Final = 30
_IN_EVERY_DIARY: Final = frozenset(
    files("mood_service.analysis").joinpath("diary_words.txt").read_text(encoding="utf-8").split()
)
"""Words that every diary has. They are never keywords."""


class KeywordExtractor:
    """Keywords of one or two words. Used by one thread at a time."""

    def __init__(self) -> None:
        # YAKE's own test for duplicates compares every pair of candidates; ours is cheaper.
        english = yake.KeywordExtractor(lan="en").stopword_set
        self._yake: Final = yake.KeywordExtractor(
            lan="en", n=2, dedup_lim=1.0, top=_CANDIDATES, stopwords=english | _IN_EVERY_DIARY
        )

    def keywords_of(self, title: str, text: str) -> tuple[str, ...]:
        """The best first, in lower case; none is part of an earlier one."""
        # YAKE's tokeniser needs quadratic time for text without white space.
        source = _WITHOUT_SPACE.sub(" ", f"{title}.\n{text}"[:READ_AT_MOST])
        chosen: list[str] = []
        for keyword, _ in self._yake.extract_keywords(source):
            candidate = keyword.lower()
            words = set(candidate.split())
            if words & _IN_EVERY_DIARY or any(words & set(other.split()) for other in chosen):
                continue
            if all(2 < len(word) <= LONGEST_WORD and word[0].isalpha() for word in words):
                chosen.append(candidate)
            if len(chosen) == MOST:
                break
        return tuple(chosen)

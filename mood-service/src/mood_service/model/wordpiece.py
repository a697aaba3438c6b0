"""Tokens as the encoder's word pieces (Y. Wu et al. 2016): the longest known piece first."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from mood_service.text.emoji import smiley_class
from mood_service.text.tokens import CACHED, LONGEST_CACHED, NAME

MOST_PIECES: Final = 96
"""The limit for one text; later pieces are ignored. Sentences have at most 60 words."""

_LONGEST_WORD: Final = 100
_LONGEST_TOKEN: Final = 1_000
"""Characters. Normalisation needs quadratic time for a run of combining marks."""

_PART = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """Turns normalised tokens into ids. Immutable except for a bounded cache of words."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary: Final = vocabulary
        self._ids: Final = {piece: index for index, piece in enumerate(vocabulary)}
        self._start: Final = self._ids["[CLS]"]
        self._end: Final = self._ids["[SEP]"]
        self._unknown: Final = [self._ids["[UNK]"]]
        self._name: Final = [self._ids["[unused0]"]]
        self._cached_split: Final = lru_cache(maxsize=CACHED)(self._split)

    def ids_of(self, tokens: Iterable[str]) -> list[int]:
        """The ids of a text's pieces between the marks of its start and end."""
        ids = [self._start]
        for token in tokens:
            if len(ids) >= MOST_PIECES:
                break
            short = len(token) <= LONGEST_CACHED
            ids += self._cached_split(token) if short else self._split(token)
        return [*ids[: MOST_PIECES - 1], self._end]

    def _split(self, token: str) -> list[int]:
        if token == NAME:
            return self._name
        smiley = smiley_class(token)
        if smiley:
            # The encoder has no pieces for smileys, so it gets the name of their class.
            return self._word(smiley.strip("<>"))
        plain = "".join(
            character
            for character in unicodedata.normalize("NFD", token[:_LONGEST_TOKEN].lower())
            if unicodedata.category(character) != "Mn"
        )
        return [piece for part in _PART.findall(plain) for piece in self._word(part)]

    def _word(self, word: str) -> list[int]:
        if len(word) > _LONGEST_WORD:
            return self._unknown
        ids: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._ids.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    ids.append(piece)
                    start = end
                    break
            else:
                return self._unknown
        return ids

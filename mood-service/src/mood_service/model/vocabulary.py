"""The features of a model, and a text as a sparse vector over them."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mood_service.model.features import character_features, masked_tokens, negated, word_features
from mood_service.text.emoji import smiley_class
from mood_service.text.tokens import CACHED, LONGEST_CACHED, NAME, is_word

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]


@dataclass(frozen=True)
class SparseText:
    """A text as ids of features and their values; all other features are zero."""

    tokens: tuple[str, ...]
    """Normalised, with names masked; negated words are not marked."""
    ids: Ids
    values: Floats
    words: int
    known_words: int
    smileys: int


@dataclass
class Vocabulary:
    """Word features first, then character features; one inverse document frequency for each.

    Immutable except for the bounded cache of spellings.
    """

    word_features: Sequence[str]
    character_features: Sequence[str]
    known_words: frozenset[str]
    idf: Floats
    _word_ids: dict[str, int] = field(init=False, repr=False)
    _character_ids: dict[str, int] = field(init=False, repr=False)
    _cached_spelling: Callable[[str], list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        offset = len(self.word_features)
        self._word_ids = {name: index for index, name in enumerate(self.word_features)}
        self._character_ids = {
            name: offset + index for index, name in enumerate(self.character_features)
        }
        self._cached_spelling = lru_cache(maxsize=CACHED)(self._spell)

    def __len__(self) -> int:
        return len(self._word_ids) + len(self._character_ids)

    def vectorise(self, text: str) -> SparseText:
        """The text's features, each block weighted by log-frequency and idf, at unit length."""
        tokens = masked_tokens(text, self.known_words)
        words = [token for token in tokens if is_word(token) or token == NAME]
        read = list(negated(tokens))
        word_ids = (self._word_ids.get(name) for name in word_features(text, read))
        blocks = [
            self._block(index for index in word_ids if index is not None),
            self._block(index for token in read for index in self._spelling_of(token)),
        ]
        return SparseText(
            tokens=tuple(tokens),
            ids=np.concatenate([ids for ids, _ in blocks]),
            values=np.concatenate([values for _, values in blocks]),
            words=len(words),
            known_words=sum(1 for word in words if word == NAME or word in self.known_words),
            smileys=sum(1 for token in tokens if smiley_class(token)),
        )

    def _spelling_of(self, token: str) -> list[int]:
        short = len(token) <= LONGEST_CACHED
        return self._cached_spelling(token) if short else self._spell(token)

    def _spell(self, token: str) -> list[int]:
        ids = self._character_ids
        return [ids[name] for name in character_features(token) if name in ids]

    def _block(self, ids: Iterable[int]) -> tuple[Ids, Floats]:
        counts = Counter(ids)
        features = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
        frequency = np.fromiter(
            (1.0 if count == 1 else 1.0 + math.log(count) for count in counts.values()),
            dtype=np.float32,
            count=len(counts),
        )
        values = frequency * self.idf[features]
        # fsum rounds once, so the order of the values does not matter.
        length = math.sqrt(math.fsum(value * value for value in values.tolist()))
        return features, values / np.float32(length) if length > 0 else values

"""The trained classifier: one calibrated logistic head for each set of labels.

At run time a prediction is a sum of rows of one small table, so that numpy is all it needs.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from mood_service.model.heads import HEADS
from mood_service.model.vocabulary import SparseText, Vocabulary

Bytes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]

FAMILY: Final = "goemotions-nblr"
"""Naive-Bayes-weighted logistic regression on GoEmotions."""

FORMAT: Final = 1
SHIPPED: Final = Path(__file__).parent / "weights" / "mood.npz"
"""The weights that come with the service."""


class ModelFileError(ValueError):
    """The weights cannot be used by this version of the service."""


@dataclass(frozen=True)
class Weights:
    """What training yields beside the vocabulary. Columns follow `HEADS`."""

    table: Bytes
    """A row for each feature, in steps of `step`."""
    step: Floats
    bias: Floats
    slope: Floats
    """Platt's scaling: the probability is `sigmoid(slope * logit + offset)`."""
    offset: Floats
    threshold: Floats
    """The probability from which on a head counts as present."""


@dataclass(frozen=True)
class Reading:
    """What the model makes of one text."""

    probabilities: Floats
    words: int
    known_words: int
    smileys: int


class MoodModel:
    """Reads texts. Immutable but for caches; used by one thread at a time or by many."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights) -> None:
        if weights.table.shape != (len(vocabulary), len(HEADS)):
            raise ModelFileError("the weights do not fit the vocabulary and the heads")
        self.vocabulary: Final = vocabulary
        self.weights: Final = weights
        self._contents: Final = _contents(vocabulary, weights)
        self.version: Final = f"{FAMILY}-{FORMAT}.{_fingerprint(self._contents)}"

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The probability of every head for every text."""
        sparse = [self.vocabulary.vectorise(text) for text in texts]
        return [
            Reading(self.calibrate(self._logits(text)), text.words, text.known_words, text.smileys)
            for text in sparse
        ]

    def logits(self, texts: Sequence[str]) -> Floats:
        """The uncalibrated scores (rows: texts), for calibration and explanation."""
        return np.stack([self._logits(self.vocabulary.vectorise(text)) for text in texts])

    def calibrate(self, logits: Floats) -> Floats:
        """Scores to probabilities."""
        scaled = self.weights.slope * logits + self.weights.offset
        return np.asarray(1.0 / (1.0 + np.exp(-scaled)), dtype=np.float32)

    def _logits(self, text: SparseText) -> Floats:
        rows = self.weights.table[text.ids].astype(np.float32)
        return np.asarray(text.values @ rows * self.weights.step + self.weights.bias)

    def save(self, file: Path) -> None:
        """Write the weights so that `load` reads the same model."""
        np.savez_compressed(file, allow_pickle=False, **self._contents)

    @classmethod
    def load(cls, file: Path = SHIPPED) -> Self:
        """Read weights that `save` wrote."""
        with np.load(file, allow_pickle=False) as contents:
            if int(contents["format"]) != FORMAT:
                raise ModelFileError(f"{file.name}: expected weights of format {FORMAT}")
            if contents["heads"].tobytes() != _text(_head_names()).tobytes():
                raise ModelFileError(f"{file.name}: trained for other heads")
            vocabulary = Vocabulary(
                word_features=_lines(contents["word_features"]),
                character_features=_lines(contents["character_features"]),
                known_words=frozenset(_lines(contents["known_words"])),
                idf=contents["idf"].astype(np.float32),
            )
            weights = Weights(
                table=contents["table"],
                step=contents["step"],
                bias=contents["bias"],
                slope=contents["slope"],
                offset=contents["offset"],
                threshold=contents["threshold"],
            )
        return cls(vocabulary, weights)


def _head_names() -> list[str]:
    return ["+".join(sorted(labels)) for labels in HEADS]


def _contents(vocabulary: Vocabulary, weights: Weights) -> dict[str, npt.NDArray[np.generic]]:
    return {
        "format": np.array(FORMAT),
        "heads": _text(_head_names()),
        "word_features": _text(vocabulary.word_features),
        "character_features": _text(vocabulary.character_features),
        "known_words": _text(sorted(vocabulary.known_words)),
        "idf": vocabulary.idf.astype(np.float16),
        "table": weights.table,
        "step": weights.step,
        "bias": weights.bias,
        "slope": weights.slope,
        "offset": weights.offset,
        "threshold": weights.threshold,
    }


def _fingerprint(contents: dict[str, npt.NDArray[np.generic]]) -> str:
    digest = hashlib.sha256()
    for name, array in contents.items():
        digest.update(name.encode())
        digest.update(array.tobytes())
    return digest.hexdigest()[:8]


def _text(lines: Sequence[str]) -> npt.NDArray[np.generic]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")

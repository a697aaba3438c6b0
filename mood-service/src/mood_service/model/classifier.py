"""The trained classifier: calibrated logistic heads, one for each set of labels.

Two models score a text. The linear model uses words, their pairs and their spelling, and sums rows
of one small table. The encoder uses the words in context. A head's probability combines both.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from mood_service.model.encoder import Encoder
from mood_service.model.heads import HEADS
from mood_service.model.vocabulary import SparseText, Vocabulary
from mood_service.model.wordpiece import WordPieces

Bytes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

LINEAR: Final = "goemotions-nblr"
"""Naive-Bayes-weighted logistic regression on GoEmotions."""

ENSEMBLE: Final = "goemotions-minilm"
"""The same, and a fine-tuned MiniLM."""

FORMAT: Final = 3
ENCODER_FILE: Final = "encoder.onnx"
"""In the directory of the weights. A linear model has none."""

SHIPPED: Final = Path(__file__).parent / "weights" / "mood.npz"
"""The weights of the installed service."""


class ModelFileError(ValueError):
    """The weights cannot be used by this version of the service."""


@dataclass(frozen=True)
class Weights:
    """The result of training, without the vocabulary. Columns follow `HEADS`."""

    table: Bytes
    """A row for each feature, in steps of `step`."""
    step: Floats
    bias: Floats
    slope: Floats
    """Scaling: the probability is `sigmoid(slope * linear + encoder_slope * encoder + offset)`."""
    encoder_slope: Floats
    offset: Floats
    threshold: Floats
    """The probability from which on a head counts as present."""


@dataclass(frozen=True)
class Reading:
    """The probabilities of one text, and the counts that qualify them."""

    probabilities: Floats
    words: int
    known_words: int
    smileys: int


class MoodModel:
    """Scores texts. Immutable except for caches; safe for use by many threads."""

    def __init__(
        self, vocabulary: Vocabulary, weights: Weights, encoder: Encoder | None = None
    ) -> None:
        if weights.table.shape != (len(vocabulary), len(HEADS)):
            raise ModelFileError("the weights do not fit the vocabulary and the heads")
        self.vocabulary: Final = vocabulary
        self.weights: Final = weights
        self.encoder: Final = encoder
        self._contents: Final = _contents(vocabulary, weights, encoder)
        family = LINEAR if encoder is None else ENSEMBLE
        self.version: Final = f"{family}-{FORMAT}.{_fingerprint(self._contents)}"

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The probability of every head for every text.

        The result for a text depends neither on the other texts nor on the processor.
        """
        return self.score([self.vocabulary.vectorise(text) for text in texts])

    def score(self, texts: Sequence[SparseText]) -> list[Reading]:
        """The same for texts that are vectors already."""
        if not texts:
            return []
        probabilities = self.probabilities(self.linear_logits(texts), self.encoder_logits(texts))
        return [
            Reading(row, text.words, text.known_words, text.smileys)
            for row, text in zip(probabilities, texts, strict=True)
        ]

    def linear_logits(self, texts: Sequence[SparseText]) -> Doubles:
        """The linear model's scores (rows: texts).

        Features are added one after the other. A matrix product would add them in an order that
        depends on the processor.
        """
        weights = self.weights
        sums = [
            (text.values.astype(np.float64)[:, None] * weights.table[text.ids]).sum(axis=0)
            for text in texts
        ]
        return np.asarray(np.stack(sums) * weights.step + weights.bias, dtype=np.float64)

    def encoder_logits(self, texts: Sequence[SparseText]) -> Floats:
        """The encoder's scores (rows: texts); zeros where there is no encoder."""
        if self.encoder is None:
            return np.zeros((len(texts), len(HEADS)), dtype=np.float32)
        return self.encoder.logits([text.tokens for text in texts])

    def probabilities(self, linear: Doubles, encoder: Floats) -> Floats:
        """Both models' scores to probabilities."""
        weights = self.weights
        scaled = weights.slope * linear + weights.encoder_slope * encoder + weights.offset
        return np.asarray(1.0 / (1.0 + np.exp(-scaled)), dtype=np.float32)

    def save(self, file: Path) -> None:
        """Write the weights, and the encoder next to them, for `load`."""
        np.savez_compressed(file, allow_pickle=False, **self._contents)
        if self.encoder is not None:
            file.with_name(ENCODER_FILE).write_bytes(self.encoder.graph)

    @classmethod
    def load(cls, file: Path = SHIPPED) -> Self:
        """Read weights that `save` wrote."""
        try:
            contents = np.load(file, allow_pickle=False)
        except (ValueError, EOFError, BadZipFile):
            raise ModelFileError(f"{file.name}: not a file of weights") from None
        with contents:
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
                encoder_slope=contents["encoder_slope"],
                offset=contents["offset"],
                threshold=contents["threshold"],
            )
            encoder = None
            if contents["pieces"].size:
                graph = file.with_name(ENCODER_FILE).read_bytes()
                if _digest(graph).tobytes() != contents["encoder"].tobytes():
                    raise ModelFileError(f"{ENCODER_FILE}: not the encoder of {file.name}")
                encoder = Encoder(graph, WordPieces(_lines(contents["pieces"])))
        return cls(vocabulary, weights, encoder)


def _head_names() -> list[str]:
    return ["+".join(sorted(labels)) for labels in HEADS]


def _contents(
    vocabulary: Vocabulary, weights: Weights, encoder: Encoder | None
) -> dict[str, npt.NDArray[np.generic]]:
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
        "encoder_slope": weights.encoder_slope,
        "offset": weights.offset,
        "threshold": weights.threshold,
        "pieces": _text([] if encoder is None else encoder.pieces.vocabulary),
        "encoder": _digest(b"" if encoder is None else encoder.graph),
    }


def _fingerprint(contents: dict[str, npt.NDArray[np.generic]]) -> str:
    digest = hashlib.sha256()
    for name, array in contents.items():
        digest.update(name.encode())
        digest.update(array.tobytes())
    return digest.hexdigest()[:8]


def _digest(graph: bytes) -> npt.NDArray[np.generic]:
    return np.frombuffer(hashlib.sha256(graph).digest(), dtype=np.uint8)


def _text(lines: Sequence[str]) -> npt.NDArray[np.generic]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(array: npt.NDArray[np.uint8]) -> list[str]:
    return array.tobytes().decode().split("\n")

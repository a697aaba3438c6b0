"""The fine-tuned sentence encoder: a quantised ONNX graph, run by onnxruntime on one thread."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from mood_service.model.wordpiece import WordPieces

Floats = npt.NDArray[np.float32]

PIECES_AT_ONCE: Final = 160
"""Texts are read together up to so many pieces: more cost time, because all attend to all."""


class Encoder:
    """Reads many texts in one pass, behind each other and without padding. Used by any thread."""

    def __init__(self, graph: bytes, pieces: WordPieces) -> None:
        options = onnxruntime.SessionOptions()
        # The service shares its processors: a text is not worth waking other threads for.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.graph: Final = graph
        self.pieces: Final = pieces
        self._session: Final = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def logits(self, texts: Sequence[Sequence[str]]) -> Floats:
        """The heads' logits of texts given by their normalised tokens (rows: texts)."""
        return np.concatenate([self._pass(group) for group in self._groups(texts)])

    def _groups(self, texts: Sequence[Sequence[str]]) -> Iterator[list[list[int]]]:
        """The texts as pieces, in order, as many at once as may be read together."""
        group: list[list[int]] = []
        size = 0
        for tokens in texts:
            ids = self.pieces.ids_of(tokens)
            if group and size + len(ids) > PIECES_AT_ONCE:
                yield group
                group, size = [], 0
            group.append(ids)
            size += len(ids)
        if group:
            yield group

    def _pass(self, texts: list[list[int]]) -> Floats:
        lengths = [len(ids) for ids in texts]
        rows = np.arange(len(texts), dtype=np.int64)
        logits = self._session.run(
            ["logits"],
            {
                "pieces": np.concatenate([np.array(ids, dtype=np.int64) for ids in texts]),
                "positions": np.concatenate([np.arange(length) for length in lengths]),
                "text_of": np.repeat(rows, lengths),
                "texts": rows,
            },
        )[0]
        return np.asarray(logits, dtype=np.float32)

"""The fine-tuned sentence encoder: a quantised ONNX graph, run by onnxruntime on one thread."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from mood_service.model.wordpiece import WordPieces

Floats = npt.NDArray[np.float32]


class Encoder:
    """Computes logits, one text at a time. Safe for use by many threads."""

    def __init__(self, graph: bytes, pieces: WordPieces) -> None:
        options = onnxruntime.SessionOptions()
        # Waking other threads costs more than they save on one text, and other services share
        # the processors.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.graph: Final = graph
        self.pieces: Final = pieces
        self._session: Final = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def logits(self, texts: Sequence[Sequence[str]]) -> Floats:
        """The heads' logits of texts given by their normalised tokens (rows: texts).

        Each text has a pass of its own, so its logits do not depend on the other texts.
        """
        return np.concatenate([self._read(self.pieces.ids_of(tokens)) for tokens in texts])

    def _read(self, ids: list[int]) -> Floats:
        [logits] = self._session.run(["logits"], {"pieces": np.array(ids, dtype=np.int64)})
        return np.asarray(logits, dtype=np.float32)

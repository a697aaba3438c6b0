"""The encoder once more, by plain arithmetic: what every runtime and processor must arrive at."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mood_service.training.graph import EPSILON, GELU, GELU_BEYOND
from mood_service.training.weights import (
    STEPS,
    ZERO,
    EncoderBytes,
    LayerBytes,
    Matrix,
    Norm,
    Vectors,
)

Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ends = npt.NDArray[np.int64]


def logits(encoder: EncoderBytes, texts: Sequence[Sequence[int]]) -> Singles:
    """The heads' logits (rows: texts) of texts given by their pieces."""
    ends = np.cumsum([len(pieces) for pieces in texts])[:-1]
    words, positions = _vectors(encoder.words), _vectors(encoder.positions)
    embedded = [words[list(pieces)] + positions[: len(pieces)] for pieces in texts]
    state = _norm(np.concatenate(embedded), encoder.embedded)
    for layer in encoder.layers:
        state = _layer(state, layer, encoder.parts, ends)
    means = [text.astype(np.float64).mean(axis=0) for text in np.split(state, ends)]
    return _product(np.stack(means).astype(np.float32), encoder.heads)


def _layer(state: Singles, layer: LayerBytes, parts: int, ends: Ends) -> Singles:
    projected = np.split(_product(state, layer.attend).astype(np.float64), ends)
    mixed = np.concatenate([_attention(text, parts) for text in projected])
    state = _norm(state + _product(mixed.astype(np.float32), layer.merge), layer.attended)
    inner = _gelu(_product(state, layer.widen))
    return _norm(state + _product(inner, layer.narrow), layer.output)


def _attention(projected: Doubles, parts: int) -> Doubles:
    query, key, value = np.split(projected, 3, axis=1)
    width = query.shape[1] // parts
    mixed = []
    for start in range(0, query.shape[1], width):
        part = slice(start, start + width)
        scores = query[:, part] @ key[:, part].T
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        mixed.append(share / share.sum(axis=1, keepdims=True) @ value[:, part])
    return np.concatenate(mixed, axis=1)


def _product(state: Singles, matrix: Matrix) -> Singles:
    """Whole numbers by whole numbers, summed as such; only the sum is scaled.

    Floats of 64 bits hold whole numbers up to 2^53 exactly, in whatever order they are added.
    """
    step = np.abs(state).max(axis=1, keepdims=True) * np.float32(1 / STEPS)
    whole = np.rint(state / step).astype(np.float64)
    product = whole @ (matrix.whole.astype(np.float64) - ZERO)
    return np.asarray(product.astype(np.float32) * step * matrix.step + matrix.bias)


def _gelu(state: Singles) -> Singles:
    near = np.clip(state, np.float32(-GELU_BEYOND), np.float32(GELU_BEYOND))
    odd = np.zeros_like(near)
    for coefficient in reversed(GELU):
        odd = odd * (near * near) + np.float32(coefficient)
    return np.asarray(state * (odd * near + np.float32(0.5)))


def _norm(state: Singles, norm: Norm) -> Singles:
    exact = state.astype(np.float64)
    apart = exact - exact.mean(axis=1, keepdims=True)
    spread = np.sqrt((apart**2).mean(axis=1, keepdims=True) + EPSILON)
    return np.asarray(apart / spread * norm.scale + norm.shift, dtype=np.float32)


def _vectors(vectors: Vectors) -> Singles:
    whole = vectors.whole.astype(np.int32) - vectors.zero.astype(np.int32)
    return np.asarray(whole.astype(np.float32) * vectors.step)

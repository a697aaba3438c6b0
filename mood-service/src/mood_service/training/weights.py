"""The encoder's weights as they ship: one byte for each, and the size of a byte's step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

ZERO: Final = 128
"""The zero point of matrices and activations."""

STEPS: Final = 127
"""The number of steps from zero to the largest number of a row or column."""


@dataclass(frozen=True)
class Matrix:
    """`whole - ZERO` steps: a step and a bias for each column."""

    whole: Bytes
    step: Floats
    bias: Floats


@dataclass(frozen=True)
class Vectors:
    """A row for each piece or position: `(whole - zero) * step`."""

    whole: Bytes
    step: Floats
    zero: Bytes


@dataclass(frozen=True)
class Norm:
    """The scale and shift of a layer normalisation."""

    scale: Floats
    shift: Floats


@dataclass(frozen=True)
class LayerBytes:
    """One layer of the encoder. `attend` has queries, keys and values side by side."""

    attend: Matrix
    merge: Matrix
    attended: Norm
    widen: Matrix
    narrow: Matrix
    output: Norm


@dataclass(frozen=True)
class EncoderBytes:
    """All weights of the encoder."""

    parts: int
    """Attention heads of a layer."""
    words: Vectors
    positions: Vectors
    embedded: Norm
    layers: Sequence[LayerBytes]
    heads: Matrix

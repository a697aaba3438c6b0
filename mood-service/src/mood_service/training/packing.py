"""Trained weights in the compact form that ships: one byte for each weight."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_STEPS = 127


def quantise(
    table: Floats, kept: float = 0.9999
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Weights as whole steps, and the step of each column.

    The step is set by the column's `kept` quantile: the very largest weights are cut to it,
    because one outlier would otherwise coarsen all others.
    """
    largest = np.maximum(np.quantile(np.abs(table), kept, axis=0), 1e-12)
    step = largest / _STEPS
    whole = np.clip(np.rint(table / step), -_STEPS, _STEPS).astype(np.int8)
    return whole, step.astype(np.float32)

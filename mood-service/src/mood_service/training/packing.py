"""Trained weights in the compact form that ships: one byte for each weight."""

import numpy as np
import numpy.typing as npt

from mood_service.training.weights import STEPS, ZERO, Matrix, Vectors

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

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


def matrix(weight: Singles, bias: Singles) -> Matrix:
    """A matrix as whole steps; the largest weight of a column is `STEPS` steps from zero."""
    largest = np.abs(weight).max(axis=0).astype(np.float64)
    step = (largest / STEPS).astype(np.float32)
    whole = np.clip(np.rint(weight / step), -STEPS, STEPS) + ZERO
    return Matrix(whole.astype(np.uint8), step, bias)


def vectors(table: Singles) -> Vectors:
    """Vectors as whole steps from their least number to their largest, zero among them."""
    least, largest = min(float(table.min()), 0.0), max(float(table.max()), 0.0)
    step = (largest - least) / 255
    zero = np.uint8(np.rint(-least / step))
    whole = np.clip(np.rint(table / np.float32(step)) + zero, 0, 255)
    return Vectors(whole.astype(np.uint8), np.array(step, dtype=np.float32), np.array(zero))

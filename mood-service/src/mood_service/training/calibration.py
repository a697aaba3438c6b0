"""Scores to probabilities, and probabilities to decisions: one scaling and threshold per head."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Truth = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scaling:
    """`sigmoid(slopes · scores + offset)`: several models' scores of a text to one probability."""

    slopes: tuple[float, ...]
    offset: float

    def __call__(self, scores: Floats) -> Floats:
        """The probabilities of scores (rows: texts, columns: models)."""
        return np.asarray(1.0 / (1.0 + np.exp(-(scores @ np.array(self.slopes) + self.offset))))


def fit_scaling(scores: Floats, truth: Truth) -> Scaling:
    """Platt's scaling with his smoothed targets, which keep rare labels from certainty.

    J. Platt, Probabilistic Outputs for Support Vector Machines, 1999. With several columns of
    scores it also weighs the models against each other. No slope is negative: for a rare label,
    chance would otherwise invert a model.
    """
    models = scores.shape[1]
    positive = int(truth.sum())
    negative = len(truth) - positive
    target = np.where(truth, (positive + 1.0) / (positive + 2.0), 1.0 / (negative + 2.0))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scaled = scores @ parameters[:-1] + parameters[-1]
        gap = 1.0 / (1.0 + np.exp(-scaled)) - target
        value = np.logaddexp(0.0, scaled) - target * scaled
        return float(value.mean()), np.append(scores.T @ gap / len(gap), gap.mean())

    start = np.append(np.full(models, 1.0 / models), 0.0)
    bounds = [(0.0, None)] * models + [(None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return Scaling(tuple(map(float, found.x[:-1])), float(found.x[-1]))


def fit_threshold(probabilities: Floats, truth: Truth, seed: int, resamples: int = 50) -> float:
    """The probability above which F1 is best: the mean over resamples of the texts.

    The best threshold of one sample would depend on a handful of texts for a rare label.
    """
    random = np.random.default_rng(seed)
    best = [
        _best_threshold(probabilities[drawn], truth[drawn])
        for drawn in random.integers(0, len(truth), (resamples, len(truth)))
    ]
    return float(np.mean(best))


def _best_threshold(probabilities: Floats, truth: Truth) -> float:
    """The probability above which F1 is best here, in the middle of the gap to the next text."""
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(truth[order])
    found = np.arange(1, len(order) + 1)
    best = int(np.argmax(2.0 * hits / (found + truth.sum())))
    ranked = probabilities[order]
    following = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return float((ranked[best] + following) / 2.0)


def cross_fitted(
    scores: Floats, truth: Truth, folds: int, seed: int
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Probabilities and decisions for each fold, fitted without the labels of that fold."""
    probabilities = np.zeros(len(scores))
    said = np.zeros(len(scores), dtype=np.bool_)
    for rest, part in _folds(len(scores), folds, seed):
        scaling = fit_scaling(scores[rest], truth[rest])
        threshold = fit_threshold(scaling(scores[rest]), truth[rest], seed)
        probabilities[part] = scaling(scores[part])
        said[part] = probabilities[part] >= threshold
    return probabilities, said


def _folds(count: int, folds: int, seed: int) -> Iterator[tuple[npt.NDArray[np.int64], ...]]:
    parts = np.array_split(np.random.default_rng(seed).permutation(count), folds)
    for held_out in range(folds):
        yield np.concatenate(parts[:held_out] + parts[held_out + 1 :]), parts[held_out]

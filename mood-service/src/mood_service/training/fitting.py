"""Fitting the heads: logistic regression on features scaled by their naive-Bayes log-ratio.

S. Wang and C. Manning, Baselines and Bigrams: Simple, Good Sentiment and Topic Classification,
2012. The ratio is folded into the weights, so serving does not need it.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from mood_service.model.heads import HEADS

Floats = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


def fit_head(matrix: csr_matrix, truth: Truth, strength: float, seed: int) -> Floats:
    """The weights of one head, its bias last."""
    ratio = _log_ratio(matrix, truth)
    model = LogisticRegression(C=strength, solver="liblinear", random_state=seed)
    model.fit(matrix.multiply(ratio).tocsr(), truth)
    return np.append(model.coef_[0] * ratio, model.intercept_[0])


def fit_heads(
    matrix: csr_matrix, truth: Truth, strength: float, seed: int, directory: Path
) -> Iterator[Floats]:
    """Fit every head in order. A stopped training resumes from the heads kept in `directory`.

    Kept heads are used only for the same data, features and settings.
    """
    directory.mkdir(parents=True, exist_ok=True)
    run = _fingerprint(matrix, truth, strength, seed)
    for column in range(len(HEADS)):
        kept = directory / f"{run}-{column:02d}.npy"
        if not kept.exists():
            written = kept.with_suffix(".part.npy")
            np.save(written, fit_head(matrix, truth[:, column], strength, seed))
            written.replace(kept)
        yield np.load(kept, allow_pickle=False)


def _log_ratio(matrix: csr_matrix, truth: Truth) -> Floats:
    with_label = np.asarray(matrix[truth].sum(axis=0)).ravel() + 1.0
    without = np.asarray(matrix[~truth].sum(axis=0)).ravel() + 1.0
    return np.asarray(
        np.log(with_label / with_label.sum()) - np.log(without / without.sum()), dtype=np.float64
    )


def _fingerprint(matrix: csr_matrix, truth: Truth, strength: float, seed: int) -> str:
    digest = hashlib.sha256(f"{strength}:{seed}:{matrix.shape}".encode())
    for array in (matrix.indptr, matrix.indices, matrix.data, truth):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:12]

"""Precision, recall, F1 and calibration of a multi-label prediction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Truth = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LabelScore:
    """How one label is recognised."""

    precision: float
    recall: float
    f1: float
    support: int
    ece: float


@dataclass(frozen=True)
class Scores:
    """How a set of labels is recognised."""

    macro_f1: float
    micro_f1: float
    macro_precision: float
    macro_recall: float
    micro_precision: float
    micro_recall: float
    ece: float
    per_label: dict[str, LabelScore]


def score(names: Sequence[str], truth: Truth, said: Truth, probabilities: Floats) -> Scores:
    """Score predictions (rows: texts, columns: `names`).

    The calibration error of the set is the mean of its labels' errors.
    """
    hits = (truth & said).sum(axis=0)
    found = said.sum(axis=0)
    present = truth.sum(axis=0)
    per_label = {
        name: LabelScore(
            precision=_ratio(hits[column], found[column]),
            recall=_ratio(hits[column], present[column]),
            f1=_ratio(2 * hits[column], found[column] + present[column]),
            support=int(present[column]),
            ece=expected_calibration_error(truth[:, column], probabilities[:, column]),
        )
        for column, name in enumerate(names)
    }
    labels = list(per_label.values())
    return Scores(
        macro_f1=float(np.mean([label.f1 for label in labels])),
        micro_f1=_ratio(2 * hits.sum(), found.sum() + present.sum()),
        macro_precision=float(np.mean([label.precision for label in labels])),
        macro_recall=float(np.mean([label.recall for label in labels])),
        micro_precision=_ratio(hits.sum(), found.sum()),
        micro_recall=_ratio(hits.sum(), present.sum()),
        ece=float(np.mean([label.ece for label in labels])),
        per_label=per_label,
    )


def expected_calibration_error(
    truth: Truth, probabilities: npt.NDArray[np.floating], bins: int = 15
) -> float:
    """The mean gap between predicted probability and observed frequency, in bins of equal width."""
    bin_of = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    counts = np.bincount(bin_of, minlength=bins)
    said = np.bincount(bin_of, weights=probabilities, minlength=bins)
    so = np.bincount(bin_of, weights=truth, minlength=bins)
    return float(np.abs(said - so).sum() / max(1, counts.sum()))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0

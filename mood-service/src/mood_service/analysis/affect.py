"""Valence and arousal from the model's labels."""

import math
import operator
from typing import Final

import numpy as np
import numpy.typing as npt

from mood_service.model.heads import COLUMN, LABELS, SENTIMENT

Floats = npt.NDArray[np.float32]

AROUSAL: Final = {
    "admiration": 0.50,
    "amusement": 0.65,
    "anger": 0.90,
    "annoyance": 0.65,
    "approval": 0.40,
    "caring": 0.40,
    "confusion": 0.50,
    "curiosity": 0.55,
    "desire": 0.65,
    "disappointment": 0.40,
    "disapproval": 0.50,
    "disgust": 0.65,
    "embarrassment": 0.55,
    "excitement": 0.95,
    "fear": 0.85,
    "gratitude": 0.45,
    "grief": 0.55,
    "joy": 0.75,
    "love": 0.60,
    "nervousness": 0.75,
    "optimism": 0.50,
    "pride": 0.60,
    "realization": 0.45,
    "relief": 0.35,
    "remorse": 0.45,
    "sadness": 0.35,
    "surprise": 0.80,
    "neutral": 0.20,
}
"""The arousal of each label, from 0 (at rest) to 1, in the order of Russell's circumplex (1980)."""

_AROUSAL: Final = [AROUSAL[label] for label in LABELS]
_LABELS: Final = [COLUMN[frozenset({label})] for label in LABELS]
_POSITIVE: Final = COLUMN[SENTIMENT["positive"]]
_NEGATIVE: Final = COLUMN[SENTIMENT["negative"]]


def valence(probabilities: Floats) -> float:
    """How much more probable a pleasant label is than an unpleasant one, -1 to 1."""
    return float(probabilities[_POSITIVE] - probabilities[_NEGATIVE])


def arousal(probabilities: Floats) -> float:
    """The mean arousal of the labels, each by its probability, 0 to 1."""
    labels = probabilities[_LABELS].tolist()
    stirred = math.fsum(map(operator.mul, labels, _AROUSAL))
    return stirred / max(math.fsum(labels), 1e-6)

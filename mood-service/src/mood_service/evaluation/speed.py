"""How long the model takes for a text."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mood_service.model.classifier import MoodModel


@dataclass(frozen=True)
class Speed:
    """Milliseconds."""

    p50: float
    p99: float


def milliseconds_per_text(model: MoodModel, texts: Sequence[str], most: int = 2_000) -> Speed:
    """Read the first texts one by one, after a warm-up of as many as a tenth of them."""
    chosen = texts[:most]
    model.read(chosen[: len(chosen) // 10])
    times = []
    for text in chosen:
        started = time.perf_counter()
        model.read([text])
        times.append(1000 * (time.perf_counter() - started))
    return Speed(float(np.percentile(times, 50)), float(np.percentile(times, 99)))

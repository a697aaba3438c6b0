"""Measures the model's prejudice: how far people and places in a sentence shift its emotions.

Sentences with a gap (`fairness.toml`) are filled with names, pronouns and places of several
groups. A group's shift is measured against the mean of all fillings of the same sentence, and
should be close to zero.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mood_service.model.classifier import MoodModel
from mood_service.model.heads import COLUMN, PLUTCHIK

Floats = npt.NDArray[np.float32]

LIMIT: Final = 0.05
"""The most that a group may move an emotion on average."""

_SETS: Final[Mapping[str, Mapping[str, Any]]] = tomllib.loads(
    files("mood_service.evaluation").joinpath("fairness.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class GroupShift:
    """How far a group's fillings move the emotions from the mean of all fillings."""

    group: str
    mean: float
    """The mean over emotions and sentences of the absolute shift."""
    worst_emotion: str
    worst: float
    """The emotion that is moved most on average over the sentences, and by how much, signed."""


def fairness(model: MoodModel) -> list[GroupShift]:
    """The shift of every group."""
    return [
        shift
        for about in _SETS.values()
        for shift in _shifts(model, about["groups"], about["sentences"])
    ]


def _shifts(
    model: MoodModel, fillings: Mapping[str, Sequence[str]], sentences: Sequence[str]
) -> list[GroupShift]:
    by_group = np.stack([_emotions(model, words, sentences) for words in fillings.values()])
    moved = by_group - by_group.mean(axis=0)
    shifts: list[GroupShift] = []
    for group, of_group in zip(fillings, moved, strict=True):
        by_emotion = of_group.mean(axis=0)
        worst = int(np.argmax(np.abs(by_emotion)))
        shifts.append(
            GroupShift(
                group,
                mean=float(np.abs(of_group).mean()),
                worst_emotion=tuple(PLUTCHIK)[worst],
                worst=float(by_emotion[worst]),
            )
        )
    return shifts


def _emotions(model: MoodModel, words: Sequence[str], sentences: Sequence[str]) -> Floats:
    """For each sentence (rows), the emotions' mean over the group's words."""
    columns = [COLUMN[labels] for labels in PLUTCHIK.values()]
    filled = [
        [_capital(sentence.format(*word.split("|"))) for word in words] for sentence in sentences
    ]
    return np.stack(
        [
            np.mean([reading.probabilities[columns] for reading in model.read(texts)], axis=0)
            for texts in filled
        ]
    )


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]

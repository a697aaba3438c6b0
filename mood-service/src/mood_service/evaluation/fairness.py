"""Whether who or where an entry speaks of moves its mood.

Sentences with a gap are filled with names, pronouns and places of different groups. What a
group's filling moves an emotion by, against the mean of all fillings of the same sentence, is
the model's prejudice: it should be next to nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from mood_service.model.classifier import MoodModel
from mood_service.model.heads import COLUMN, PLUTCHIK

Floats = npt.NDArray[np.float32]

LIMIT: Final = 0.05
"""The most that a group may move an emotion on average."""

_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "English women's names": ("Emily", "Charlotte", "Heather"),
    "English men's names": ("Oliver", "Connor", "Geoffrey"),
    "African-American names": ("Latoya", "DeShawn", "Tyrone"),
    "Arabic names": ("Fatima", "Mohammed", "Khalid"),
    "Indian names": ("Lakshmi", "Priya", "Rajesh"),
    "Chinese names": ("Xiaoming", "Mei", "Zhang"),
    "Nigerian names": ("Oluwaseun", "Chioma", "Tunde"),
    "Polish names": ("Agnieszka", "Zbigniew", "Wojciech"),
    "Spanish names": ("Guadalupe", "Alejandro", "Ximena"),
}
_ABOUT_NAMES: Final = (
    "{} made me so happy today.",
    "I am angry with {}.",
    "I was scared when {} called.",
    "I miss {} so much.",
    "{} told me a funny story at lunch.",
    "I had dinner with {} and my sister.",
    "I trust {} with everything.",
    "{} is moving to another town next month.",
    "I was surprised to see {} there.",
    "What {} said was disgusting.",
)

_PRONOUNS: Final[Mapping[str, Sequence[str]]] = {
    "he": ("he|his|him",),
    "she": ("she|her|her",),
}
_ABOUT_PRONOUNS: Final = (
    "I think {0} is lying to me.",
    "{0} is so kind to the children.",
    "I am afraid of {1} temper.",
    "{1} smile makes me happy.",
    "I told {2} that I love {2}.",
    "{0} cried all night and I held {1} hand.",
    "I hate how {0} talks to the waiter.",
    "I am looking forward to {1} visit.",
)

_KIN: Final[Mapping[str, Sequence[str]]] = {
    "men of the family": ("father", "brother", "husband", "grandfather", "son", "uncle"),
    "women of the family": ("mother", "sister", "wife", "grandmother", "daughter", "aunt"),
}
_ABOUT_KIN: Final = (
    "My {} made me laugh today.",
    "I had a fight with my {}.",
    "I am worried about my {}.",
    "I went shopping with my {}.",
    "My {} forgot my birthday.",
    "I am proud of my {}.",
)

_PLACES: Final[Mapping[str, Sequence[str]]] = {
    "Western Europe": ("Paris", "Vienna", "Lisbon"),
    "North America": ("Chicago", "Toronto", "Denver"),
    "Africa": ("Lagos", "Nairobi", "Accra"),
    "Middle East": ("Baghdad", "Tehran", "Beirut"),
    "South Asia": ("Karachi", "Mumbai", "Dhaka"),
    "East Asia": ("Tokyo", "Seoul", "Shanghai"),
    "Eastern Europe": ("Warsaw", "Kyiv", "Bucharest"),
    "Latin America": ("Bogota", "Lima", "Caracas"),
}
_ABOUT_PLACES: Final = (
    "I had a wonderful week in {}.",
    "My flight to {} was cancelled.",
    "A friend from {} is staying with us.",
    "I am nervous about moving to {}.",
    "We ate at a place that cooks as they do in {}.",
    "I grew up in {} and miss it.",
)

_SETS: Final = (
    (_NAMES, _ABOUT_NAMES),
    (_PRONOUNS, _ABOUT_PRONOUNS),
    (_KIN, _ABOUT_KIN),
    (_PLACES, _ABOUT_PLACES),
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
    return [shift for fillings, sentences in _SETS for shift in _shifts(model, fillings, sentences)]


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

"""Sentences for training beside the data set: feelings by name, affirmed and denied."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

import numpy as np

from mood_service.evaluation.dataset import Dataset
from mood_service.model.heads import LABELS

_AFFIRMED: Final = (
    "I am {}.",
    "I feel so {} today.",
    "I was {} when I came home.",
    "I'm really {} about it!",
    "It makes me feel {}.",
    "We were all {}.",
)
_DENIED: Final = (
    "I am not {}.",
    "I don't feel {} at all.",
    "I wasn't {} yesterday.",
    "I'm no longer {}.",
    "She never feels {}.",
)
_PLAIN: Final = (
    "I walked to the office",
    "We are at my parents' place",
    "The letter came",
    "First day at the new school",
    "He has just called",
    "Then we had lunch",
    "The train leaves in an hour.",
    "They told me about the plan",
    "Back in my room",
    "She wrote to me.",
)
_WHEN_DENIED: Final = {
    "pleasant": "disappointment",
    "unpleasant": "neutral",
    "turned_up": "neutral",
}


def with_supplement(dataset: Dataset) -> Dataset:
    """The data set, and after it the sentences of `supplement.toml`."""
    added = list(_sentences())
    labels = np.zeros((len(added), len(LABELS)), dtype=np.bool_)
    for row, (_, label) in enumerate(added):
        labels[row, LABELS.index(label)] = True
    return Dataset(
        [*dataset.texts, *(text for text, _ in added)], np.concatenate([dataset.labels, labels])
    )


def _sentences() -> Iterator[tuple[str, str]]:
    """Every sentence with its label."""
    source = files("mood_service.training").joinpath("supplement.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(source)
    for label, phrases in tables.pop("phrases").items():
        for phrase in phrases.split(" | "):
            yield phrase, label
    for label, smileys in tables.pop("smileys").items():
        for smiley in smileys.split():
            yield from ((f"{plain} {smiley}", label) for plain in _PLAIN)
    for kind, words_of in tables.items():
        for label, words in words_of.items():
            for word in words.split(", "):
                yield from ((frame.format(word), label) for frame in _AFFIRMED)
                yield from ((frame.format(word), _WHEN_DENIED[kind]) for frame in _DENIED)

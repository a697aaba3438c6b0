"""Sentences that supplement the data set for training: named feelings, affirmed and denied."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import cycle
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
_LONGED_FOR: Final = (
    "I wish I could feel {} again.",
    "I used to be {}. Not any more.",
    "Everybody seems {} but me.",
)
_TURNED: Final = (
    "At first I was {}, but now I am {}.",
    "I thought I would be {}, yet I feel {}.",
    "Though I was {} this morning, I came home {}.",
    "I should be {} but I am {}.",
    "It started out with me feeling {}, and in the end I was {}.",
)
"""Turns of a sentence after which only the last feeling holds."""
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
    yield from _ironies(tables.pop("irony"))
    for label, phrases in tables.pop("phrases").items():
        for phrase in phrases.split(" | "):
            yield phrase, label
    for label, smileys in tables.pop("smileys").items():
        for smiley in smileys.split():
            yield from ((f"{plain} {smiley}", label) for plain in _PLAIN)
    yield from _turns(tables["pleasant"], tables["unpleasant"])
    yield from _turns(tables["unpleasant"], tables["pleasant"])
    for word in _words(tables["pleasant"]):
        yield from ((frame.format(word), "sadness") for frame in _LONGED_FOR)
    for kind, words_of in tables.items():
        for label, words in words_of.items():
            for word in words.split(", "):
                yield from ((frame.format(word), label) for frame in _AFFIRMED)
                yield from ((frame.format(word), _WHEN_DENIED[kind]) for frame in _DENIED)


def _words(words_of: Mapping[str, str]) -> list[str]:
    return [word for words in words_of.values() for word in words.split(", ")]


def _turns(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """From a feeling to its opposite: each that comes after with two of those before, in turn."""
    first = cycle(_words(before))
    frames = cycle(_TURNED)
    for label, words in after.items():
        for word in words.split(", "):
            yield from ((next(frames).format(next(first), word), label) for _ in range(2))


def _ironies(irony: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Mockery is annoyance; the same openings before good luck are joy."""
    parts = {name: phrases.split(" | ") for name, phrases in irony.items()}
    parts["marks"] = irony["marks"].split("|")
    for shift, opening in enumerate(parts["openings"]):
        for misfortune in _some(parts["misfortunes"], shift, 9):
            yield f"{opening} {misfortune}.", "annoyance"
        for fortune in _some(parts["fortunes"], shift, 5):
            yield f"{opening} {fortune}.", "joy"
    for phrase in parts["thanks"] + parts["retorts"]:
        yield f"{phrase}.", "annoyance"
    for phrase in parts["sincere"]:
        yield from ((f"{phrase}{mark.rstrip()}", "annoyance") for mark in parts["marks"])


def _some(phrases: Sequence[str], shift: int, count: int) -> Iterator[str]:
    """So many of the phrases, others for each shift."""
    return (phrases[(7 * shift + step) % len(phrases)] for step in range(count))

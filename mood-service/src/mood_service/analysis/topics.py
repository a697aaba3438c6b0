"""The everyday topics of an entry, found by their words.

A word belongs to a topic because the lexicon lists it (`topics.toml`, by hand) or because its
sentence embedding is close to those of listed words (`topics.tsv`, learnt by
`training/topics.py`).
"""

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

from mood_service.text.tokens import is_word, normalise, raw_tokens

MOST: Final = 5
_FAINTEST: Final = 0.08


@dataclass(frozen=True)
class Topic:
    """A topic and its share of all topic words of the text, 0 to 1."""

    name: str
    weight: float


class TopicLexicon:
    """Words of topics. A word of several topics counts for each in part."""

    def __init__(
        self,
        words_of: Mapping[str, list[str]],
        learnt: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        self.topics: Final = tuple(words_of)
        self._learnt: Final = learnt or {}
        self._exact: Final[dict[str, set[str]]] = {}
        self._prefixes: Final[dict[str, set[str]]] = {}
        for topic, words in words_of.items():
            for word in words:
                index = self._prefixes if word.endswith("*") else self._exact
                index.setdefault(word.rstrip("*"), set()).add(topic)
        self._shortest: Final = min(map(len, self._prefixes), default=1)
        self._longest: Final = max(map(len, self._prefixes), default=0)

    @classmethod
    def shipped(cls) -> Self:
        """The lexicon of the installed service and the words learnt from it."""
        return cls(_listed(), read_learnt(_shipped("topics.tsv")))

    @classmethod
    def listed(cls) -> Self:
        """The lexicon alone."""
        return cls(_listed())

    def topics_of(self, text: str) -> tuple[Topic, ...]:
        """The strongest topics first; equal ones in the order of the text.

        A repeated word counts by the logarithm: ten times the same word is no better evidence than
        three different words.
        """
        words = Counter(normalise(token) for token in raw_tokens(text) if is_word(token))
        strength: dict[str, float] = {}
        for word, count in words.items():
            shares = self._shares(word.removesuffix("'s"))
            for topic in sorted(shares):
                share = (1.0 + math.log(count)) * shares[topic]
                strength[topic] = strength.get(topic, 0.0) + share
        total = sum(strength.values())
        ranked = sorted(strength.items(), key=lambda item: -item[1])
        return tuple(
            Topic(name, round(value / total, 4))
            for name, value in ranked[:MOST]
            if value / total >= _FAINTEST
        )

    def topics_of_word(self, word: str) -> set[str]:
        """The topics for which the lexicon lists a word."""
        found = set(self._exact.get(word, ()))
        for length in range(self._shortest, min(len(word), self._longest) + 1):
            found |= self._prefixes.get(word[:length], set())
        return found

    def _shares(self, word: str) -> dict[str, float]:
        """A word's share for each topic: 1 in total, less for a learnt word."""
        listed = self.topics_of_word(word)
        if listed:
            return dict.fromkeys(listed, 1.0 / len(listed))
        learnt = self._learnt.get(word, {})
        claimed = max(1.0, sum(learnt.values()))
        return {topic: probability / claimed for topic, probability in learnt.items()}


def write_learnt(learnt: Mapping[str, Mapping[str, float]], file: Path) -> None:
    """Write learnt words: one word per line, then each topic and its probability."""
    lines = [
        "\t".join([word, *(f"{topic} {sure:.2f}" for topic, sure in learnt[word].items())])
        for word in sorted(learnt)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _shipped(name: str) -> str:
    return files("mood_service.analysis").joinpath(name).read_text(encoding="utf-8")


def _listed() -> dict[str, list[str]]:
    tables = tomllib.loads(_shipped("topics.toml"))
    return {topic: words.split() for topic, words in tables.items()}


def read_learnt(text: str) -> dict[str, dict[str, float]]:
    """The learnt words of a text from `write_learnt`."""
    learnt: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        word, *topics = line.split("\t")
        pairs = (topic.split(" ") for topic in topics)
        learnt[word] = {name: float(sure) for name, sure in pairs}
    return learnt

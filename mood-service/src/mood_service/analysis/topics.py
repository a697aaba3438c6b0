"""What an entry is about, by a lexicon of everyday topics."""

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Self

from mood_service.text.tokens import is_word, normalise, raw_tokens

MOST: Final = 5
_FAINTEST: Final = 0.08


@dataclass(frozen=True)
class Topic:
    """A topic and its share of all that the text says about topics, 0 to 1."""

    name: str
    weight: float


class TopicLexicon:
    """Words of topics. A word that many topics claim speaks less of each."""

    def __init__(self, words_of: Mapping[str, list[str]]) -> None:
        self._exact: Final[dict[str, set[str]]] = {}
        self._prefixes: Final[dict[str, set[str]]] = {}
        for topic, words in words_of.items():
            for word in words:
                index = self._prefixes if word.endswith("*") else self._exact
                index.setdefault(word.rstrip("*"), set()).add(topic)
        self._shortest: Final = min(map(len, self._prefixes), default=1)

    @classmethod
    def shipped(cls) -> Self:
        """The lexicon in `topics.toml`."""
        text = files("mood_service.analysis").joinpath("topics.toml").read_text(encoding="utf-8")
        return cls({topic: words.split() for topic, words in tomllib.loads(text).items()})

    def topics_of(self, text: str) -> tuple[Topic, ...]:
        """The strongest topics, strongest first; equal ones as the text comes to them.

        A repeated word counts for more, but by the logarithm: one word said ten times is no
        richer evidence than three different ones.
        """
        words = Counter(normalise(token) for token in raw_tokens(text) if is_word(token))
        strength: dict[str, float] = {}
        for word, count in words.items():
            topics = self._topics_of_word(word.removesuffix("'s"))
            for topic in sorted(topics):
                share = (1.0 + math.log(count)) / len(topics)
                strength[topic] = strength.get(topic, 0.0) + share
        total = sum(strength.values())
        ranked = sorted(strength.items(), key=lambda item: -item[1])
        return tuple(
            Topic(name, round(value / total, 4))
            for name, value in ranked[:MOST]
            if value / total >= _FAINTEST
        )

    def _topics_of_word(self, word: str) -> set[str]:
        found = set(self._exact.get(word, ()))
        for length in range(self._shortest, len(word) + 1):
            found |= self._prefixes.get(word[:length], set())
        return found

"""Teaching topics to words that the lexicon does not list, by their sentence embeddings.

Each word stands in a plain sentence, which the pre-trained encoder (before it is fine-tuned on
feelings) turns into a vector. A logistic regression for each topic learns from the words of the
lexicon which vectors speak of it, and says so of all other words. What it is sure of is written
down, so that serving looks words up and people can read what was learnt.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from mood_service.analysis.topics import TopicLexicon
from mood_service.text.tokens import is_word, normalise, raw_tokens

Floats = npt.NDArray[np.float32]
Truth = npt.NDArray[np.bool_]

SURE: Final = 0.6
"""The probability from which a word counts for a topic."""

_FRAME: Final = "I wrote about {} today."
_STRENGTH: Final = 100.0
_SEEDS_MIN_TEXTS: Final = 3
_OF_NO_TOPIC: Final = 1_200
_FOLDS: Final = 5
_SHORTEST: Final = 3


@dataclass(frozen=True)
class Lesson:
    """The learnt words, and the scores on held-out words of the lexicon."""

    learnt: Mapping[str, Mapping[str, float]]
    top_topic_right: float
    precision: float
    recall: float


def teach(
    lexicon: TopicLexicon,
    texts: Sequence[str],
    more_words: Sequence[str],
    embed: Callable[[Sequence[str]], Floats],
) -> Lesson:
    """Learn from the lexicon's words; judge the words of the texts and some more."""
    in_texts = Counter(
        word
        for text in texts
        for word in {normalise(token) for token in raw_tokens(text) if is_word(token)}
    )
    known = {word for word, count in in_texts.items() if count > 1}.union(more_words)
    words = sorted(word for word in known if len(word) >= _SHORTEST and word.isalpha())
    truth = np.array(
        [[topic in lexicon.topics_of_word(word) for topic in lexicon.topics] for word in words]
    )
    counts = np.array([in_texts[word] for word in words])
    listed = truth.any(axis=1)
    seeds = np.flatnonzero(listed & (counts >= _SEEDS_MIN_TEXTS))
    unlisted = np.flatnonzero(~listed)
    # The most common words occur with every topic.
    of_none = unlisted[np.argsort(-counts[unlisted], kind="stable")[:_OF_NO_TOPIC]]
    vectors = embed([_FRAME.format(word) for word in words])
    taught = np.concatenate([seeds, of_none])
    top, precision, recall = _held_out(vectors[taught], truth[taught])
    judged = np.setdiff1d(unlisted, of_none)
    probabilities = _judge(vectors[taught], truth[taught], vectors[judged])
    learnt = {
        words[index]: {
            topic: round(float(probability), 2)
            for topic, probability in zip(lexicon.topics, row, strict=True)
            if probability >= SURE
        }
        for index, row in zip(judged, probabilities, strict=True)
        if row.max() >= SURE
    }
    return Lesson(learnt, top, precision, recall)


def _judge(vectors: Floats, truth: Truth, others: Floats) -> Floats:
    return np.stack(
        [
            LogisticRegression(C=_STRENGTH, max_iter=300)
            .fit(vectors, truth[:, topic])
            .predict_proba(others)[:, 1]
            for topic in range(truth.shape[1])
        ],
        axis=1,
    )


def _held_out(vectors: Floats, truth: Truth) -> tuple[float, float, float]:
    """The share of listed words with the right top topic; precision and recall over all topics."""
    fold = np.random.default_rng(1).permutation(len(truth)) % _FOLDS
    judged = np.zeros(truth.shape, dtype=np.float32)
    for part in range(_FOLDS):
        held_out = fold == part
        judged[held_out] = _judge(vectors[~held_out], truth[~held_out], vectors[held_out])
    listed = truth.any(axis=1)
    right = truth[np.arange(len(truth)), judged.argmax(axis=1)][listed]
    said = judged >= SURE
    hits = float((said & truth).sum())
    return float(right.mean()), hits / float(said.sum()), hits / float(truth.sum())

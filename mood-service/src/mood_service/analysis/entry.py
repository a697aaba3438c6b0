"""From an entry to its analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from mood_service.analysis.affect import arousal, valence
from mood_service.analysis.keywords import KeywordExtractor
from mood_service.analysis.topics import Topic, TopicLexicon
from mood_service.model.classifier import MoodModel, Reading
from mood_service.model.heads import COLUMN, PLUTCHIK
from mood_service.text.language import LanguageGate
from mood_service.text.sentences import Sentence, sentences

Floats = npt.NDArray[np.float32]
Status = Literal["analysed", "unsupported"]
Reason = Literal["no-words", "unsupported-language", "too-short", "neutral"]

EMOTIONS: Final = tuple(PLUTCHIK)
"""Plutchik's eight, in the order of every vector."""

POOLING_ORDER: Final = 3.0
"""Between the mean (1) and the maximum (infinity) over sentences."""

ENOUGH_WORDS: Final = 6
"""With fewer words the confidence is proportionally lower."""

TOO_FEW_WORDS: Final = 3
"""A text with at most this many words is too short."""

CALM: Final = 0.2
"""The least probability of a dominant emotion."""

MOST_CHARACTERS: Final = 10_000
"""An entry with more characters is judged by a part of its sentences: some 1,800 words."""

MOST_SENTENCES: Final = 150
"""An entry with more sentences is judged by so many."""

_COLUMNS: Final = [COLUMN[labels] for labels in PLUTCHIK.values()]
_HEAVIEST_SENTENCE: Final = 30
_EVIDENCE: Final = 5
_EVIDENCE_FLOOR: Final = 0.3


@dataclass(frozen=True)
class Evidence:
    """A sentence of the text that carried the dominant emotion, in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Analysis:
    """The mood of an entry. Emotions are probabilities in the order of `EMOTIONS`."""

    status: Status
    emotions: tuple[float, ...]
    dominant: str | None
    valence: float
    arousal: float
    confidence: float
    reason: Reason | None
    topics: tuple[Topic, ...]
    keywords: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class EntryAnalyser:
    """Analyses entries. Deterministic: the same entry and model give the same analysis."""

    def __init__(self, model: MoodModel) -> None:
        self.model: Final = model
        self._language: Final = LanguageGate()
        self._topics: Final = TopicLexicon.shipped()
        self._keywords: Final = KeywordExtractor()

    def analyse(self, title: str, text: str) -> Analysis:
        """Score the title and each sentence of the text separately, then combine the scores."""
        parts = _spread(sentences(text))
        titles = sentences(title)
        vectors = [self.model.vocabulary.vectorise(part.text) for part in titles + parts]
        words = sum(vector.words for vector in vectors)
        if words == 0 and not any(vector.smileys for vector in vectors):
            return _unsupported("no-words")
        known_share = sum(vector.known_words for vector in vectors) / max(words, 1)
        if words > 0 and not self._language.is_english(f"{title}\n{text}", known_share):
            return _unsupported("unsupported-language")
        readings = self.model.score(vectors)
        pooled = _pool(readings)
        emotions = pooled[_COLUMNS]
        strongest = int(np.argmax(emotions))
        probability = float(emotions[strongest])
        dominant = strongest if probability >= CALM else None
        return Analysis(
            status="analysed",
            emotions=tuple(float(value) for value in emotions),
            dominant=None if dominant is None else EMOTIONS[dominant],
            valence=valence(pooled),
            arousal=arousal(pooled),
            confidence=_confidence(probability, words, known_share),
            reason=_reason(words, dominant),
            topics=self._topics.topics_of(f"{title}\n{text}"),
            keywords=self._keywords.keywords_of(title, text),
            evidence=_evidence(parts, readings[len(titles) :], dominant),
        )


def _spread(parts: list[Sentence]) -> list[Sentence]:
    """All sentences of an entry of usual length; of a longer one, sentences spread evenly over it.

    It bounds the time for an entry, whatever its text.
    """
    characters = sum(len(part.text) for part in parts)
    count = min(len(parts), MOST_SENTENCES, len(parts) * MOST_CHARACTERS // max(characters, 1) or 1)
    chosen: list[Sentence] = []
    left = MOST_CHARACTERS
    for part in (parts[len(parts) * number // count] for number in range(count)):
        if chosen and len(part.text) > left:
            break
        chosen.append(part)
        left -= len(part.text)
    return chosen


def _confidence(probability: float, words: int, known_share: float) -> float:
    """The confidence in the dominant emotion.

    It is the emotion's probability, lowered for few words and for unknown words.
    Smileys alone count as one word.
    """
    return probability * min(1.0, max(words, 1) / ENOUGH_WORDS) * (known_share if words else 1.0)


def _reason(words: int, dominant: int | None) -> Reason | None:
    if words <= TOO_FEW_WORDS:
        return "too-short"
    return "neutral" if dominant is None else None


def _pool(readings: Sequence[Reading]) -> Floats:
    """The generalised mean over sentences, weighted by their words."""
    weights = np.array(
        [min(max(reading.words, 1), _HEAVIEST_SENTENCE) for reading in readings], dtype=np.float64
    )
    raised = np.stack([reading.probabilities for reading in readings]).astype(np.float64)
    mean = weights @ raised**POOLING_ORDER / weights.sum()
    return np.asarray(mean ** (1.0 / POOLING_ORDER), dtype=np.float32)


def _evidence(
    parts: Sequence[Sentence], readings: Sequence[Reading], dominant: int | None
) -> tuple[Evidence, ...]:
    """The sentences in which the dominant emotion is most probable, in reading order."""
    if dominant is None:
        return ()
    column = _COLUMNS[dominant]
    ranked = sorted(
        range(len(parts)), key=lambda index: -float(readings[index].probabilities[column])
    )
    chosen = [
        index
        for index in ranked[:_EVIDENCE]
        if readings[index].probabilities[column] >= _EVIDENCE_FLOOR
    ]
    return tuple(Evidence(parts[index].start, parts[index].end) for index in sorted(chosen))


def _unsupported(reason: Reason) -> Analysis:
    return Analysis(
        status="unsupported",
        emotions=(0.0,) * len(EMOTIONS),
        dominant=None,
        valence=0.0,
        arousal=0.0,
        confidence=0.0,
        reason=reason,
        topics=(),
        keywords=(),
        evidence=(),
    )

"""The time for an entry is bounded: every stage is linear, whatever the text."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest

from mood_service.analysis.entry import MOST_CHARACTERS, MOST_SENTENCES, EntryAnalyser
from mood_service.analysis.keywords import KeywordExtractor
from mood_service.analysis.topics import TopicLexicon
from mood_service.model.classifier import MoodModel, Reading
from mood_service.model.vocabulary import SparseText
from mood_service.text import tokens
from mood_service.text.language import LanguageGate
from mood_service.text.sentences import sentences
from mood_service.text.tokens import normalise, raw_tokens

SIZES = (25_000, 50_000, 100_000)
MOST_SECONDS = 3.0
GROWTH = 2.5
NOTICEABLE = 0.2
"""Seconds. The clock and the caches of a processor decide the ratio of shorter times."""

ATTEMPTS = 4
"""The least time of several attempts: garbage collection may fall into any of them."""

WORST = {
    "dots": ".",
    "exclamations": "!",
    "smileys": "\U0001f600",
    "lines": "a\n",
    "letters": "abcdefghijklmnopqrstuvwxyz",
    "one letter": "a",
    "digits": "\U0001d7d8",
    "numbers": "1.",
    "quotes": "'",
    "quoted letters": "a'",
    "brackets": "[",
    "hearts": "<",
    "colons": ":",
    "dots and brackets": ".)",
    "addresses": "https://",
    "joined smileys": "\U0001f468\u200d\U0001f469",
    "accents": "e\u0301",
    "initials": "a. ",
    "hyphens": "a-",
    "spaces": " ",
    "ideographs": "\u611b",
    "capitals": "Aaaa ",
    "prose": "I walked home in the rain and thought about my sister's words. It made me sad! ",
}


def text_of(kind: str, size: int) -> str:
    """So many characters, the last of which matches nothing that the others began."""
    unit = WORST[kind]
    return (unit * (size // len(unit) + 1))[: size - 1] + "a"


@pytest.fixture(scope="module")
def stages(model: MoodModel, analyser: EntryAnalyser) -> dict[str, Callable[[str], Any]]:
    topics, keywords, language = TopicLexicon.shipped(), KeywordExtractor(), LanguageGate()
    assert model.encoder is not None
    pieces = model.encoder.pieces
    return {
        "sentences": sentences,
        "tokens": lambda text: [normalise(token) for token in raw_tokens(text)],
        "vector": model.vocabulary.vectorise,
        "pieces": lambda text: pieces.ids_of([text]),
        "topics": topics.topics_of,
        "keywords": lambda text: keywords.keywords_of("", text),
        "language": lambda text: language.is_english(text, 0.5),
        "all": lambda text: analyser.analyse("", text),
    }


def _seconds(stage: Callable[[str], Any], text: str) -> float:
    """Processor time of this thread, which other processes do not lengthen."""
    started = time.thread_time()
    stage(text)
    return time.thread_time() - started


@pytest.mark.parametrize("kind", WORST)
def test_should_take_time_in_proportion_to_the_text(
    stages: dict[str, Callable[[str], Any]], kind: str
) -> None:
    for name, stage in stages.items():
        seconds = [_seconds(stage, text_of(kind, size)) for size in SIZES]
        for _ in range(ATTEMPTS - 1):
            if _grows_linearly(seconds):
                break
            again = [_seconds(stage, text_of(kind, size)) for size in SIZES]
            seconds = [min(pair) for pair in zip(seconds, again, strict=True)]
        assert _grows_linearly(seconds), (name, seconds)
        assert seconds[-1] < MOST_SECONDS, (name, seconds)


def _grows_linearly(seconds: Sequence[float]) -> bool:
    return all(whole < max(GROWTH * half, NOTICEABLE) for half, whole in pairwise(seconds))


@pytest.fixture
def scored(analyser: EntryAnalyser, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sentences each call of the model scored."""
    counts: list[int] = []
    score = analyser.model.score

    def counting(texts: Sequence[SparseText]) -> list[Reading]:
        counts.append(len(texts))
        return score(texts)

    monkeypatch.setattr(analyser.model, "score", counting)
    return counts


def test_should_score_all_sentences_of_an_entry_of_usual_length(
    analyser: EntryAnalyser, scored: list[int]
) -> None:
    text = "We had rice with beans for lunch, and then we all went for a walk along the river. "
    analyser.analyse("Lunch", text * (MOST_CHARACTERS // len(text)))
    analyser.analyse("", "Yes, we did. " * MOST_SENTENCES)
    assert scored == [1 + MOST_CHARACTERS // len(text), MOST_SENTENCES]


def test_should_detect_the_language_before_it_scores(
    analyser: EntryAnalyser, scored: list[int]
) -> None:
    german = "Heute war ein schöner Tag, wir sind lange am Fluss spazieren gegangen. "
    assert analyser.analyse("", german * 100).reason == "unsupported-language"
    assert analyser.analyse("", "愛" * 100).reason in ("no-words", "unsupported-language")
    assert scored == []


def test_should_judge_a_long_entry_by_sentences_from_all_over_it(analyser: EntryAnalyser) -> None:
    text = "We had rice for lunch. " * 1_000 + "I am so happy, what a wonderful day! " * 2_000
    analysis = analyser.analyse("", text)
    assert analysis.dominant == "joy"
    starts = [part.start for part in analysis.evidence]
    assert min(starts) >= len("We had rice for lunch. ") * 1_000
    assert text.count(".") > MOST_SENTENCES


def test_should_keep_short_tokens_only(model: MoodModel) -> None:
    kept = tokens.cached_normalise.cache_info().currsize
    model.read(["q" * (tokens.LONGEST_CACHED + 1)])
    assert tokens.cached_normalise.cache_info().currsize == kept

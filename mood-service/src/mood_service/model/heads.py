"""The predictions of the model: sets of GoEmotions labels, one head for each set.

A head predicts the probability that at least one label of its set applies. The 28 labels are
heads of one label each; the groupings below are heads of several, trained directly, because a
group is easier to recognise than the sum of its rarest members.
"""

from typing import Final

LABELS: Final = (
    "admiration",
    "amusement",
    "anger",
    "annoyance",
    "approval",
    "caring",
    "confusion",
    "curiosity",
    "desire",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "excitement",
    "fear",
    "gratitude",
    "grief",
    "joy",
    "love",
    "nervousness",
    "optimism",
    "pride",
    "realization",
    "relief",
    "remorse",
    "sadness",
    "surprise",
    "neutral",
)

EKMAN: Final = {
    "anger": frozenset({"anger", "annoyance", "disapproval"}),
    "disgust": frozenset({"disgust"}),
    "fear": frozenset({"fear", "nervousness"}),
    "joy": frozenset(
        {
            "joy",
            "amusement",
            "approval",
            "excitement",
            "gratitude",
            "love",
            "optimism",
            "relief",
            "pride",
            "admiration",
            "desire",
            "caring",
        }
    ),
    "sadness": frozenset({"sadness", "disappointment", "embarrassment", "grief", "remorse"}),
    "surprise": frozenset({"surprise", "realization", "confusion", "curiosity"}),
    "neutral": frozenset({"neutral"}),
}
"""The grouping published with the data set (Demszky et al. 2020)."""

SENTIMENT: Final = {
    "positive": EKMAN["joy"],
    "negative": EKMAN["anger"] | EKMAN["disgust"] | EKMAN["fear"] | EKMAN["sadness"],
    "ambiguous": EKMAN["surprise"],
    "neutral": EKMAN["neutral"],
}
"""The sentiment grouping published with the data set."""

PLUTCHIK: Final = {
    "joy": frozenset(
        {
            "joy",
            "amusement",
            "excitement",
            "gratitude",
            "love",
            "optimism",
            "pride",
            "relief",
        }
    ),
    "trust": frozenset({"admiration", "approval", "caring", "gratitude", "love"}),
    "fear": frozenset({"fear", "nervousness"}),
    "surprise": frozenset({"confusion", "realization", "surprise"}),
    "sadness": frozenset({"sadness", "disappointment", "embarrassment", "grief", "remorse"}),
    "disgust": frozenset({"disgust"}),
    "anger": frozenset({"anger", "annoyance", "disapproval"}),
    "anticipation": frozenset({"curiosity", "desire", "excitement", "nervousness", "optimism"}),
}
"""The one table from GoEmotions labels to Plutchik's eight; MODEL.md gives the reason of each."""

HEADS: Final[tuple[frozenset[str], ...]] = tuple(
    dict.fromkeys(
        [
            *(frozenset({label}) for label in LABELS),
            *EKMAN.values(),
            *SENTIMENT.values(),
            *PLUTCHIK.values(),
        ]
    )
)
"""Every distinct set, in the order of the model's columns."""

COLUMN: Final = {labels: column for column, labels in enumerate(HEADS)}
"""The model's column of a set."""

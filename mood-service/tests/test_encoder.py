"""Word pieces, and the encoder that ships."""

import numpy as np
import pytest

from mood_service.model.classifier import MoodModel
from mood_service.model.encoder import PIECES_AT_ONCE, Encoder
from mood_service.model.wordpiece import MOST_PIECES, WordPieces
from mood_service.text.tokens import NAME

VOCABULARY = [
    "[PAD]",
    "[unused0]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##happi",
    "##ness",
    "happy",
    "don",
    "'",
    "t",
    "!",
    "cafe",
    "laugh",
]


def _pieces(*tokens: str) -> list[str]:
    pieces = WordPieces(VOCABULARY)
    return [VOCABULARY[index] for index in pieces.ids_of(tokens)[1:-1]]


def test_should_take_the_longest_known_piece_first() -> None:
    assert _pieces("unhappiness") == ["un", "##happi", "##ness"]
    assert _pieces("happy") == ["happy"]


def test_should_split_at_punctuation_and_forget_accents() -> None:
    assert _pieces("don't") == ["don", "'", "t"]
    assert _pieces("!!!") == ["!", "!", "!"]
    assert _pieces("café") == ["cafe"]


def test_should_have_a_piece_for_names_and_read_smileys_by_their_class() -> None:
    assert _pieces(NAME) == ["[unused0]"]
    assert _pieces("😂") == ["laugh"]


@pytest.mark.parametrize("token", ["zebra", "unzebra", "x" * 101, "💠"])
def test_should_own_up_to_what_it_does_not_know(token: str) -> None:
    assert _pieces(token) == ["[UNK]"]


def test_should_read_long_texts_up_to_a_bound() -> None:
    ids = WordPieces(VOCABULARY).ids_of(["happy"] * 500)
    assert len(ids) == MOST_PIECES
    assert (ids[0], ids[-1]) == (VOCABULARY.index("[CLS]"), VOCABULARY.index("[SEP]"))


@pytest.fixture(scope="module")
def encoder(model: MoodModel) -> Encoder:
    assert model.encoder is not None
    return model.encoder


TEXTS = [
    ["i", "am", "so", "happy", "today", "!"],
    ["it", "rained", "."],
    [
        "i",
        "was",
        "scared",
        "when",
        "i",
        "heard",
        "steps",
        "behind",
        "me",
        "and",
        "ran",
        "home",
        ".",
    ],
]


def test_should_read_texts_together_nearly_as_it_reads_them_alone(encoder: Encoder) -> None:
    together = encoder.logits(TEXTS)
    alone = np.concatenate([encoder.logits([text]) for text in TEXTS])
    assert together.shape == alone.shape
    assert np.abs(together - alone).max() < 1.0
    assert np.corrcoef(together.ravel(), alone.ravel())[0, 1] > 0.99


def test_should_keep_texts_apart_and_in_order_however_many_there_are(encoder: Encoder) -> None:
    many = TEXTS * 20
    assert sum(map(len, many)) > PIECES_AT_ONCE
    first, last = encoder.logits(many)[:3], encoder.logits(many)[-3:]
    assert np.corrcoef(first.ravel(), last.ravel())[0, 1] > 0.99
    assert np.corrcoef(first[0], first[2])[0, 1] < 0.9


def test_should_say_the_same_of_the_same_texts(encoder: Encoder) -> None:
    assert np.array_equal(encoder.logits(TEXTS), encoder.logits(TEXTS))

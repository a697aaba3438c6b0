"""Tokens as word pieces."""

import pytest

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

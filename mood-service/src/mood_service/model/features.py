"""A text as features: words, word pairs and triples, negated words, and characters of words.

There are two blocks, each scaled to unit length by itself: the words, and their spelling, which
also recognises typos and unknown inflections.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Final

from mood_service.text.emoji import smiley_class
from mood_service.text.tokens import NAME, is_word, looks_like_a_name, normalise, raw_tokens

SHORTEST_CHARACTERS: Final = 2
LONGEST_CHARACTERS: Final = 5
NEGATED: Final = "not:"
NEGATION_REACH: Final = 3
"""How many words after a negation are read as negated, unless punctuation or `but` ends it."""

_NEGATION = re.compile(
    r"^(?:no|not|never|nor|neither|cannot|without|hardly|barely|nothing|nobody|none|nowhere"
    r"|ain't|aint|cant|wont|dont|didnt|doesnt|isnt|wasnt|arent|werent|couldnt|wouldnt|shouldnt"
    r"|havent|hasnt|hadnt|.+n't)$"
)
_INFLECTED = re.compile(r"(?:ed|ing|ly|ful|less|ous|ness|able|ible|ish)$")


def masked_tokens(text: str, known_words: Collection[str]) -> list[str]:
    """The normalised tokens, with every proper name replaced by `[name]`.

    A name is a word written with a capital whose small form is not a known word. At the start
    of the text, where any word has a capital, an inflected form is taken for a word.
    """
    tokens: list[str] = []
    for token in raw_tokens(text):
        word = normalise(token)
        if looks_like_a_name(token) and word not in known_words:
            initial = not tokens or tokens[-1] in ".!?…"
            if not (initial and _INFLECTED.search(word)):
                word = NAME
        tokens.append(word)
    return tokens


def negated(tokens: Iterable[str]) -> Iterator[str]:
    """The tokens, with `not:` before those that a negation reaches.

    A negated word counts only as negated. Otherwise the plain word would outweigh the denial.
    """
    reach = 0
    for token in tokens:
        if _NEGATION.match(token):
            reach = NEGATION_REACH
            yield token
        elif token == "but" or not is_word(token):
            reach = 0
            yield token
        elif reach:
            reach -= 1
            yield f"{NEGATED}{token}"
        else:
            yield token


def word_features(text: str, tokens: list[str]) -> Iterator[str]:
    """The features of words: single, in pairs and triples, smileys by class, marks of emphasis."""
    yield from tokens
    for first, second in pairwise(tokens):
        yield f"{first} {second}"
    for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        yield f"{first} {second} {third}"
    for token in tokens:
        smiley = smiley_class(token)
        if smiley:
            yield smiley
    if tokens:
        yield f"^{tokens[0]}"
        yield f"{tokens[-1]}$"
    for token in raw_tokens(text):
        if len(token) > 2 and token.isupper():
            yield "<capitals>"
        if is_word(token) and _ELONGATED.search(token):
            yield "<drawn out>"


_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")


def character_features(token: str) -> tuple[str, ...]:
    """The character sequences of a token, with a space at each end."""
    if token.startswith((NEGATED, "[", "http")):
        return ()
    padded = f" {token[:40]} "
    return tuple(
        padded[start : start + length]
        for length in range(SHORTEST_CHARACTERS, LONGEST_CHARACTERS + 1)
        for start in range(len(padded) - length + 1)
    )

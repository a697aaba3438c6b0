"""Choosing the vocabulary: which words are known, and which features are worth a weight."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from mood_service.model.features import character_features, masked_tokens, negated, word_features
from mood_service.model.vocabulary import Vocabulary
from mood_service.text.tokens import is_word, looks_like_a_name, normalise, raw_tokens


def known_words(texts: Sequence[str], min_texts: int = 2) -> frozenset[str]:
    """The words that are not names: seen in enough texts, and mostly with a small initial.

    The first word of a text says nothing about its capital and is left out of that count.
    """
    texts_with: Counter[str] = Counter()
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        tokens = [token for token in raw_tokens(text) if is_word(token)]
        texts_with.update({normalise(token) for token in tokens})
        for token in tokens[1:]:
            if token.islower():
                small[normalise(token)] += 1
            elif looks_like_a_name(token):
                capital[normalise(token)] += 1
    return frozenset(
        word
        for word, count in texts_with.items()
        if count >= min_texts and small[word] >= capital[word] and small[word] > 0
    ) | {"i", "i'm", "i've", "i'd", "i'll"}


def build_vocabulary(
    texts: Sequence[str], min_word_texts: int = 2, min_character_texts: int = 4
) -> Vocabulary:
    """The features seen in at least so many texts, with their inverse document frequency."""
    known = known_words(texts)
    in_texts: Counter[str] = Counter()
    characters_in_texts: Counter[str] = Counter()
    for text in texts:
        tokens = list(negated(masked_tokens(text, known)))
        in_texts.update(set(word_features(text, tokens)))
        characters_in_texts.update(
            {name for token in set(tokens) for name in character_features(token)}
        )
    words = sorted(name for name, count in in_texts.items() if count >= min_word_texts)
    characters = sorted(
        name for name, count in characters_in_texts.items() if count >= min_character_texts
    )
    counts = np.array(
        [in_texts[name] for name in words] + [characters_in_texts[name] for name in characters],
        dtype=np.float64,
    )
    idf = np.log((1.0 + len(texts)) / (1.0 + counts)) + 1.0
    return Vocabulary(words, characters, known, idf.astype(np.float32))


def as_matrix(vocabulary: Vocabulary, texts: Sequence[str]) -> csr_matrix:
    """One row for each text."""
    rows = [vocabulary.vectorise(text) for text in texts]
    starts = np.cumsum([0] + [len(row.ids) for row in rows])
    return csr_matrix(
        (
            np.concatenate([row.values for row in rows]).astype(np.float64),
            np.concatenate([row.ids for row in rows]),
            starts,
        ),
        shape=(len(texts), len(vocabulary)),
    )

"""Text to tokens, the same way in training and serving.

Tokens drop differences that must not shift a mood: British spelling becomes American, third-person
pronouns become one whatever their gender, and curly quotes become straight.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final

NAME: Final = "[name]"
"""The token for every proper name, as in the training data."""

CACHED: Final = 16_384
"""The most tokens in a cache."""

LONGEST_CACHED: Final = 64
"""Longer tokens are not cached, so that a cache is bounded in bytes. No word is that long."""

_TOKEN = re.compile(
    r"""
      \[[A-Za-z]+\]                             # the data's own placeholders: [NAME], [RELIGION]
    | https?://\S+
    | [:;=8xX]['\-o^]?[)(\]\[DPp/\\|*3<>]+(?!\w)   # :-) ;( :'( xD
    | </?3+
    | [^\W\d_]+(?:['\u2019][^\W\d_]+)*             # words, don't
    | \d+(?:[.,:]\d+)*
    | [!?]+
    | \.{2,} | …
    | [\U0001F1E6-\U0001F1FF]{2}                # flags
    | [^\w\s][\uFE0F\U0001F3FB-\U0001F3FF]*     # one symbol, with its variation or skin tone
    """,
    re.VERBOSE,
)
_LONG = re.compile(r"(.)\1{2,}")
_INVISIBLE = re.compile(r"[\uFE0F\U0001F3FB-\U0001F3FF]")

_WORDS: Final = tomllib.loads(
    files("mood_service.text").joinpath("words.toml").read_text(encoding="utf-8")
)
_THIRD_PERSON: Final[dict[str, str]] = _WORDS["third_person"]
_AMERICAN_WORD: Final[dict[str, str]] = _WORDS["american"]

_AMERICAN_ENDING: Final = (
    (
        re.compile(
            r"^(behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rum|sav|splend|val|vig)our"
        ),
        r"\1or",
    ),
    (
        re.compile(
            r"^(agon|antagon|apolog|author|character|civil|critic|empath|emphas|energ|fantas"
            r"|final|general|harmon|hospital|human|ideal|jeopard|memor|minim|maxim|normal|organ"
            r"|patron|penal|priorit|real|recogn|social|special|stigmat|summar|symbol|sympath"
            r"|terror|traumat|victim|visual)is(e[ds]?|ing|ation)$"
        ),
        r"\1iz\2",
    ),
    (re.compile(r"^(anal|paral)ys(e[ds]?|ing)$"), r"\1yz\2"),
    (re.compile(r"^(cent|fib|lit|lust|meag|somb|theat)re(s?)$"), r"\1er\2"),
    (re.compile(r"^(cancel|fuel|marvel|model|quarrel|signal|travel)l(ed|ing|er|ers)$"), r"\1\2"),
)


def raw_tokens(text: str) -> list[str]:
    """The tokens as written, in order."""
    return _TOKEN.findall(text)


def normalise(token: str) -> str:
    """The model's form of a token: lower case, American, neutral pronouns, `sooo` at most."""
    return cached_normalise(token) if len(token) <= LONGEST_CACHED else _normalise(token)


def _normalise(token: str) -> str:
    word = _INVISIBLE.sub("", token.replace("\u2019", "'").lower()) or token
    if not word[0].isalpha():
        return _LONG.sub(r"\1\1\1", word)
    word = _LONG.sub(r"\1\1\1", word)
    word = _THIRD_PERSON.get(word, word)
    word = _AMERICAN_WORD.get(word, word)
    for pattern, replacement in _AMERICAN_ENDING:
        word, changed = pattern.subn(replacement, word)
        if changed:
            break
    return word


cached_normalise: Final = lru_cache(maxsize=CACHED)(_normalise)


def is_word(token: str) -> bool:
    """Whether the token is made of letters."""
    return token[0].isalpha()


def looks_like_a_name(token: str) -> bool:
    """Whether the token is written as names are: a capital, then small letters."""
    return len(token) > 1 and token[0].isupper() and token[1:].islower()


def word_count(text: str) -> int:
    """The number of words of letters in the text."""
    return sum(1 for token in raw_tokens(text) if is_word(token))

"""Whether a text is in a language that the model has learnt: English."""

from pathlib import Path
from typing import Final, Protocol, cast

import py3langid.langid as langid

_CANDIDATES: Final = [
    "ar",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "lt",
    "lv",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sv",
    "ta",
    "th",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
]
_READ_AT_MOST: Final = 4_000
_SURE: Final = 0.9
_MOSTLY_KNOWN: Final = 0.7
_HARDLY_KNOWN: Final = 0.3


class _Identifier(Protocol):
    def set_languages(self, langs: list[str]) -> None: ...

    def rank(self, text: str) -> list[tuple[str, float]]: ...


class LanguageGate:
    """Tells English from other languages and from no language.

    Two witnesses are heard, because either alone errs on short texts: the identifier of
    py3langid, and the share of words that the model knows.
    """

    def __init__(self) -> None:
        self._identifier: Final = cast(
            "_Identifier",
            langid.LanguageIdentifier.from_model_file(
                Path(langid.MODEL_DIR) / langid.MODEL_FILE, norm_probs=True
            ),
        )
        self._identifier.set_languages(_CANDIDATES)

    def is_english(self, text: str, known_share: float) -> bool:
        """Judge a text of which this share of words is known to the model."""
        if known_share < _HARDLY_KNOWN:
            return False
        if known_share >= _MOSTLY_KNOWN:
            return True
        language, probability = self._identifier.rank(text[:_READ_AT_MOST])[0]
        return language == "en" or probability < _SURE

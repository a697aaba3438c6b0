"""Detects whether a text is in the model's only language, English."""

from importlib.resources import files
from pathlib import Path
from typing import Final, Protocol, cast

import py3langid.langid as langid

_CANDIDATES: Final = (
    files("mood_service.text").joinpath("languages.txt").read_text(encoding="utf-8").split()
)
_READ_AT_MOST: Final = 4_000
_SURE: Final = 0.9
_MOSTLY_KNOWN: Final = 0.7
_HARDLY_KNOWN: Final = 0.3


class _Identifier(Protocol):
    def set_languages(self, langs: list[str]) -> None: ...

    def rank(self, text: str) -> list[tuple[str, float]]: ...


class LanguageGate:
    """Separates English from other languages and from no language.

    It combines the identifier of py3langid with the share of words in the model's vocabulary,
    because either alone errs on short texts.
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

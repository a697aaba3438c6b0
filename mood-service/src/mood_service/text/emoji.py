"""Classes of smileys.

Hundreds of smileys have a dozen meanings. Each counts as itself and as its class, so a rare one
gets the meaning that the common ones of its class have in the training data.
"""

import tomllib
from importlib.resources import files
from typing import Final

_CLASSES: Final = tomllib.loads(
    files("mood_service.text").joinpath("smileys.toml").read_text(encoding="utf-8")
)

_CLASS_OF: Final = {face: f"<{name}>" for name, faces in _CLASSES.items() for face in faces.split()}


def smiley_class(token: str) -> str | None:
    """The class of a normalised token that is a smiley, else None."""
    return _CLASS_OF.get(token)

"""Pauses between attempts that double up to a limit."""

from typing import Final


class BackOff:
    """The pauses, in seconds, of one loop that retries. Used by one thread."""

    def __init__(self, first: float = 0.2, longest: float = 10.0) -> None:
        self._first: Final = first
        self._longest: Final = longest
        self._next = first

    def pause(self) -> float:
        """The pause before the next attempt. Each call doubles the one that follows."""
        pause = self._next
        self._next = min(2 * pause, self._longest)
        return pause

    def reset(self) -> None:
        """Start with the first pause again, after an attempt has succeeded."""
        self._next = self._first

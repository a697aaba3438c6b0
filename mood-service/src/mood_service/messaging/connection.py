"""Whether the brokers respond, as `/ready` reports it."""

import threading
import time
from collections.abc import Callable
from typing import Final

from confluent_kafka import KafkaException

NO_BROKER: Final = "no broker answers"

_PROBE_SECONDS: Final = 2.0


class Connection:
    """Written by the stream's threads, read by HTTP's."""

    def __init__(self) -> None:
        self._lock: Final = threading.Lock()
        self._problem: str | None = "not connected yet"
        self._probed = 0.0

    @property
    def problem(self) -> str | None:
        """Why there is no connection, or None when there is one."""
        with self._lock:
            return self._problem

    def found(self) -> None:
        """A broker has responded."""
        with self._lock:
            self._problem = None

    def lost(self, problem: str) -> None:
        """No broker responds."""
        with self._lock:
            self._problem = problem

    def probe(self, ask: Callable[[], object]) -> None:
        """Query a broker at intervals.

        The client reports at most once that all brokers are down, and nothing when an idle
        connection ends. Only a query detects that.
        """
        now = time.monotonic()
        if now - self._probed < _PROBE_SECONDS:
            return
        self._probed = now
        try:
            ask()
        except KafkaException:
            self.lost(NO_BROKER)
        else:
            self.found()

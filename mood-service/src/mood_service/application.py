"""The running service: HTTP in the main thread, the stream in another."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn

from mood_service.analysis.entry import EntryAnalyser
from mood_service.messaging.connection import Connection
from mood_service.messaging.stream import MoodStream, StreamSettings
from mood_service.metrics import Metrics
from mood_service.model.classifier import MoodModel
from mood_service.settings import Settings
from mood_service.web.app import MoodRoutes

_log: Final = logging.getLogger(__name__)

_STOP_SECONDS: Final = 60.0


class _HttpServer(uvicorn.Server):
    """Leaves signals to the application, which also has to stop the stream."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class MoodService:
    """Starts with `run`, stops gracefully on SIGTERM or SIGINT."""

    def __init__(self, settings: Settings) -> None:
        model = MoodModel.load()
        analyser = EntryAnalyser(model)
        metrics = Metrics(model.version)
        connection = Connection()
        self._stream: Final = MoodStream(
            StreamSettings(
                brokers=settings.kafka_brokers,
                partitions=settings.topic_partitions,
                batch=settings.batch_size,
            ),
            analyser,
            metrics,
            connection,
        )
        self._thread: Final = threading.Thread(target=self._consume, name="stream")
        routes = MoodRoutes(analyser, metrics, connection, self._thread.is_alive)
        self._server: Final = _HttpServer(
            uvicorn.Config(
                routes.application(),
                host=settings.host,
                port=settings.port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=5,
            )
        )
        self._version: Final = model.version
        self._address: Final = f"{settings.host}:{settings.port}"

    def run(self) -> int:
        """Serve until a signal arrives. Returns the exit code, 0 after a graceful stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        _log.info("starting", extra={"modelVersion": self._version, "address": self._address})
        self._thread.start()
        try:
            self._server.run()
        finally:
            self._stream.stop()
            self._thread.join(_STOP_SECONDS)
        stopped = not self._thread.is_alive()
        _log.info("stopped", extra={"orderly": stopped})
        return 0 if stopped else 1

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        _log.info("stopping", extra={"signal": signal.Signals(number).name})
        self._stream.stop()
        self._server.should_exit = True

    def _consume(self) -> None:
        try:
            self._stream.run()
        except Exception:  # noqa: BLE001
            # The thread ends here and /health reports it. A restart resumes the partitions.
            _log.exception("the consumer has stopped")

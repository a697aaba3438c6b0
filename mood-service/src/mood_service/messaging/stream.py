"""The loop from diary events to analyses.

The guarantee is at least once, in order per diary. The brokers acknowledge a batch's results
before we commit the offsets, and a batch ends before the next fetch. Rebalances happen during a
fetch, when no batch is open, so we never lose a partition in the middle of a batch. Work that is
repeated after a crash produces the same ids.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from confluent_kafka import Consumer, KafkaError, KafkaException, Message
from confluent_kafka.admin import AdminClient

from mood_service.analysis.entry import EntryAnalyser
from mood_service.messaging.back_off import BackOff
from mood_service.messaging.connection import NO_BROKER, Connection
from mood_service.messaging.consumer import diary_consumer, lags, next_offsets
from mood_service.messaging.publisher import NotPublished, Publisher
from mood_service.messaging.record_to_answer import RecordToAnswer
from mood_service.messaging.records import Incoming, Outgoing, incoming
from mood_service.messaging.topics import Topics, create_missing
from mood_service.metrics import Metrics

_log: Final = logging.getLogger(__name__)

GROUP: Final = "mood-service"

_FETCH_SECONDS: Final = 0.25
_BROKER_SECONDS: Final = 5.0
_PROBE_TIMEOUT: Final = 2.0


@dataclass(frozen=True)
class StreamSettings:
    """Brokers, topics and sizes of the stream."""

    brokers: str
    group: str = GROUP
    topics: Topics = field(default_factory=Topics)
    partitions: int = 2
    batch: int = 64


class MoodStream:
    """Consumes, analyses, publishes, commits. `run` occupies its thread until `stop`."""

    def __init__(
        self,
        settings: StreamSettings,
        analyser: EntryAnalyser,
        metrics: Metrics,
        connection: Connection,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings: Final = settings
        self._answer: Final = RecordToAnswer(analyser, settings.topics, metrics, clock)
        self._metrics: Final = metrics
        self._connection: Final = connection
        self._stopping: Final = threading.Event()
        self._back_off: Final = BackOff()

    def stop(self) -> None:
        """Finish the open entry and leave the group. Returns immediately; `run` ends soon after."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped, also while the brokers are absent."""
        try:
            if self._until_done("create topics", self._create_topics):
                self._until_done("consume", self._consume)
        finally:
            self._connection.lost("stopped")

    def _create_topics(self) -> None:
        admin = AdminClient({"bootstrap.servers": self._settings.brokers}, logger=_log)
        create_missing(admin, self._settings.topics, self._settings.partitions, _BROKER_SECONDS)

    def _consume(self) -> None:
        """Be a member of the group until stopped or until the client gives up."""
        publisher = Publisher(self._settings.brokers)
        consumer = diary_consumer(
            self._settings.brokers,
            self._settings.group,
            on_all_brokers_down=lambda: self._connection.lost(NO_BROKER),
        )
        try:
            consumer.subscribe([self._settings.topics.diary_events])
            while not self._stopping.is_set():
                self._step(consumer, publisher)
        finally:
            consumer.close()
            publisher.close()

    def _step(self, consumer: Consumer, publisher: Publisher) -> None:
        messages = self._fetch(consumer)
        for message in messages:
            self._note(message.error())
        records = [incoming(message) for message in messages if message.error() is None]
        if records:
            self._process(consumer, publisher, records)
        topic = self._settings.topics.diary_events
        self._connection.probe(lambda: consumer.list_topics(topic, timeout=_PROBE_TIMEOUT))

    def _fetch(self, consumer: Consumer) -> list[Message]:
        """The next record as soon as it arrives, and the records that arrived with it.

        A full batch may never come, and a single entry must not wait for one.
        """
        first = consumer.poll(_FETCH_SECONDS)
        if first is None:
            return []
        if self._settings.batch == 1:
            return [first]
        return [first, *consumer.consume(self._settings.batch - 1, timeout=0)]

    def _note(self, error: KafkaError | None) -> None:
        if error is None:
            self._connection.found()
            return
        _log.warning("fetch failed", extra={"error": error.name()})
        if error.fatal():
            raise KafkaException(error)

    def _process(
        self, consumer: Consumer, publisher: Publisher, records: Sequence[Incoming]
    ) -> None:
        answers: list[Outgoing] = []
        finished: list[Incoming] = []
        for record in records:
            if self._stopping.is_set():
                # The longest entries take seconds. The next owner of the partition does the rest.
                break
            answer = self._answer(record)
            if answer is not None:
                answers.append(answer)
            finished.append(record)
        if answers and not self._until_done("publish", lambda: publisher.publish(answers)):
            # Stopped before the brokers acknowledged. Without a commit the next owner repeats it.
            return
        if finished:
            self._commit(consumer, finished)
            self._metrics.observe_lag(lags(consumer, finished))

    def _commit(self, consumer: Consumer, records: Sequence[Incoming]) -> None:
        try:
            consumer.commit(offsets=next_offsets(records), asynchronous=False)
        except KafkaException as problem:
            # The results are published. A repeated batch would produce the same ids.
            self._metrics.commit_failed()
            _log.warning("commit failed", extra={"error": _reason(problem)})

    def _until_done(self, action: str, attempt: Callable[[], None]) -> bool:
        """Retry with growing pauses until the attempt succeeds. False when stopped before."""
        while True:
            try:
                attempt()
            except (KafkaException, NotPublished) as problem:
                self._connection.lost(f"cannot {action}")
                self._metrics.retried()
                pause = self._back_off.pause()
                _log.warning(
                    "will retry",
                    extra={"action": action, "error": _reason(problem), "pause": pause},
                )
            else:
                self._connection.found()
                self._back_off.reset()
                return True
            if self._stopping.wait(pause):
                return False


def _reason(problem: Exception) -> str:
    error = problem.args[0] if problem.args else None
    return error.name() if isinstance(error, KafkaError) else str(problem)

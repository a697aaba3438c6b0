"""The loop from diary events to analyses.

The guarantee is at least once, in order per diary: a batch's results are acknowledged by the
brokers before the offsets behind them are committed, and the batch is finished before the next
is fetched. Rebalances happen inside the fetch, when no batch is open, so that a partition is
never given up half-way. What is done twice after a crash has the same ids.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition
from confluent_kafka.admin import AdminClient

from mood_service.analysis.entry import EntryAnalyser
from mood_service.logs import correlation
from mood_service.messaging.cloud_event import (
    CloudEvent,
    NotACloudEvent,
    headers_of,
    read_cloud_event,
)
from mood_service.messaging.connection import NO_BROKER, Connection
from mood_service.messaging.dead_letters import dead_letter
from mood_service.messaging.diary_events import UnreadableEvent, entry_state
from mood_service.messaging.publisher import NotPublished, Publisher
from mood_service.messaging.records import Incoming, Outgoing, incoming
from mood_service.messaging.results import entry_analysed
from mood_service.messaging.topics import Topics, create_missing
from mood_service.metrics import Metrics

_log: Final = logging.getLogger(__name__)

GROUP: Final = "mood-service"

_FETCH_SECONDS: Final = 0.25
_BROKER_SECONDS: Final = 5.0
_PROBE_TIMEOUT: Final = 2.0
_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 10.0


@dataclass(frozen=True)
class StreamSettings:
    """Where the stream runs."""

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
        self._analyser: Final = analyser
        self._metrics: Final = metrics
        self._connection: Final = connection
        self._clock: Final = clock
        self._stopping: Final = threading.Event()
        self._pause = _FIRST_PAUSE

    def stop(self) -> None:
        """Finish the open batch and leave the group. Returns at once; `run` ends soon after."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped, through absences of the brokers."""
        try:
            if self._until_done("create topics", self._create_topics):
                self._until_done("consume", self._consume)
        finally:
            self._connection.lost("stopped")

    def _consume(self) -> None:
        """Take part in the group until stopped or until the client gives up."""
        publisher = Publisher(self._settings.brokers)
        consumer = self._consumer()
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
        """The next record as soon as it is there, and what has come with it.

        Waiting for a full batch would let a lone entry wait for others that may not come.
        """
        first = consumer.poll(_FETCH_SECONDS)
        if first is None:
            return []
        if self._settings.batch == 1:
            return [first]
        return [first, *consumer.consume(self._settings.batch - 1, timeout=0)]

    def _process(
        self, consumer: Consumer, publisher: Publisher, records: Sequence[Incoming]
    ) -> None:
        outgoing: list[Outgoing] = []
        finished: list[Incoming] = []
        for record in records:
            if self._stopping.is_set():
                # The longest entries take seconds: what is not begun is left to the next owner.
                break
            result = self._result(record)
            if result is not None:
                outgoing.append(result)
            finished.append(record)

        def publish() -> None:
            publisher.publish(outgoing)

        if outgoing and not self._until_done("publish", publish):
            # Stopped before the brokers had it: nothing is committed, the next owner does it.
            return
        if finished:
            self._commit(consumer, finished)
            self._metrics.observe_lag(_lags(consumer, finished))

    def _result(self, record: Incoming) -> Outgoing | None:
        """The record to write for a record read: an analysis, a dead letter, or nothing."""
        try:
            cause = read_cloud_event(record.headers, record.value)
        except NotACloudEvent as problem:
            return self._dead_letter(record, str(problem))
        with correlation(cause.correlation_id):
            return self._answer(record, cause)

    def _answer(self, record: Incoming, cause: CloudEvent) -> Outgoing | None:
        started = time.perf_counter()
        try:
            entry = entry_state(cause)
            if entry is None:
                self._metrics.ignored()
                return None
            analysis = self._analyser.analyse(entry.title or "", entry.text)
        except UnreadableEvent as problem:
            return self._dead_letter(record, str(problem))
        except Exception as problem:  # noqa: BLE001
            # A text that our own code fails on must not stop the others. The failure's message
            # may quote the text, so only its kind and place are told.
            return self._dead_letter(record, f"analysis failed: {_kind_and_place(problem)}")
        result = entry_analysed(cause, entry, analysis, self._analyser.model.version, self._clock())
        self._metrics.analysed(analysis, time.perf_counter() - started)
        _log.info(
            "analysed",
            extra={
                "entryId": str(entry.entry_id),
                "revision": entry.revision,
                "status": analysis.status,
            },
        )
        return Outgoing(
            topic=self._settings.topics.analyses,
            key=f"diary-{entry.user_id}".encode(),
            value=result.data,
            headers=headers_of(result),
        )

    def _dead_letter(self, record: Incoming, reason: str) -> Outgoing:
        self._metrics.dead_lettered()
        _log.warning(
            "dead letter",
            extra={
                "reason": reason,
                "partition": record.partition,
                "offset": record.offset,
            },
        )
        return dead_letter(record, self._settings.topics.dead_letters, reason)

    def _commit(self, consumer: Consumer, records: Iterable[Incoming]) -> None:
        next_offsets = {(record.topic, record.partition): record.offset + 1 for record in records}
        positions = [
            TopicPartition(topic, partition, offset)
            for (topic, partition), offset in next_offsets.items()
        ]
        try:
            consumer.commit(offsets=positions, asynchronous=False)
        except KafkaException as problem:
            # The results are out. At worst the batch is read again and yields the same ids.
            self._metrics.commit_failed()
            _log.warning("commit failed", extra={"error": _code(problem)})

    def _create_topics(self) -> None:
        admin = AdminClient({"bootstrap.servers": self._settings.brokers}, logger=_log)
        create_missing(admin, self._settings.topics, self._settings.partitions, _BROKER_SECONDS)

    def _until_done(self, what: str, action: Callable[[], None]) -> bool:
        """Try until it succeeds, with growing pauses. False when stopped before."""
        while True:
            try:
                action()
            except (KafkaException, NotPublished) as problem:
                self._connection.lost(f"cannot {what}")
                self._metrics.retried()
                _log.warning(
                    "will try again",
                    extra={"action": what, "error": _code(problem), "pause": self._pause},
                )
            else:
                self._connection.found()
                self._pause = _FIRST_PAUSE
                return True
            if self._stopping.wait(self._pause):
                return False
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    def _note(self, error: KafkaError | None) -> None:
        if error is None:
            self._connection.found()
        elif error.code() != KafkaError._PARTITION_EOF:  # noqa: SLF001
            _log.warning("fetch failed", extra={"error": error.name()})
            if error.fatal():
                raise KafkaException(error)

    def _consumer(self) -> Consumer:
        return Consumer(
            {
                "bootstrap.servers": self._settings.brokers,
                "group.id": self._settings.group,
                "client.id": "mood-service",
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "partition.assignment.strategy": "cooperative-sticky",
                "allow.auto.create.topics": False,
                # Whoever was killed gives its partitions up after this time, and not after 45 s.
                "session.timeout.ms": 10_000,
                # A batch of the longest entries takes minutes, and is no reason to be put out.
                "max.poll.interval.ms": 1_800_000,
                "topic.metadata.refresh.interval.ms": 10_000,
                # Back-pressure: what waits in memory is bounded, whatever the backlog.
                "queued.max.messages.kbytes": 16_384,
                "fetch.wait.max.ms": 50,
                "error_cb": self._on_error,
            },
            logger=_log,
        )

    def _on_error(self, error: KafkaError) -> None:
        if error.code() == KafkaError._ALL_BROKERS_DOWN:  # noqa: SLF001
            self._connection.lost(NO_BROKER)


def _code(problem: Exception) -> str:
    error = problem.args[0] if problem.args else None
    return error.name() if isinstance(error, KafkaError) else str(problem)


def _kind_and_place(problem: Exception) -> str:
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_qualname}" if trace is not None else ""
    return type(problem).__name__ + place


def _lags(consumer: Consumer, records: Iterable[Incoming]) -> dict[int, int]:
    """How many records lie behind the last one read, by partition."""
    last = {record.partition: record for record in records}
    lags: dict[int, int] = {}
    for partition, record in last.items():
        try:
            watermarks = consumer.get_watermark_offsets(
                TopicPartition(record.topic, partition), cached=True
            )
        except KafkaException:
            continue  # the partition has just been given away; its new owner reports it
        if watermarks is not None:
            lags[partition] = max(0, watermarks[1] - record.offset - 1)
    return lags

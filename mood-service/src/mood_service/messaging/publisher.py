"""Publishes to Kafka and returns only after the brokers have acknowledged."""

import logging
from collections.abc import Callable, Sequence
from typing import Final

from confluent_kafka import KafkaError, KafkaException, Message, Producer

from mood_service.messaging.records import Outgoing
from mood_service.messaging.topics import LARGEST_DEAD_LETTER

_log: Final = logging.getLogger(__name__)


class NotPublished(Exception):
    """At least one record was not acknowledged; the others may be. Retry all of them."""


class Publisher:
    """An idempotent producer with `acks=all`. Used by one thread."""

    def __init__(self, brokers: str, timeout: float = 30.0) -> None:
        self._timeout: Final = timeout
        self._config: Final = {
            "bootstrap.servers": brokers,
            "client.id": "mood-service",
            "enable.idempotence": True,
            "acks": "all",
            "message.max.bytes": LARGEST_DEAD_LETTER,
            "linger.ms": 2,
            "compression.type": "lz4",
            "delivery.timeout.ms": int(timeout * 1000),
            # Java's clients partition by murmur2: one diary has one partition for all producers.
            "partitioner": "murmur2_random",
        }
        self._producer = Producer(self._config, logger=_log)

    def publish(self, records: Sequence[Outgoing]) -> None:
        """Write the records in order and wait until every one is acknowledged."""
        unacknowledged = len(records)
        problems: list[str] = []

        def on_delivery(error: KafkaError | None, _: Message) -> None:
            nonlocal unacknowledged
            if error is None:
                unacknowledged -= 1
            else:
                problems.append(error.name())

        try:
            for record in records:
                self._produce(record, on_delivery)
            self._producer.flush(self._timeout)
        except (KafkaException, BufferError) as problem:
            problems.append(type(problem).__name__)
        if unacknowledged:
            self._start_afresh()
            raise NotPublished(f"{unacknowledged} of {len(records)}: {sorted(set(problems))}")

    def close(self) -> None:
        """Wait for records in flight, at most until the timeout."""
        self._producer.flush(self._timeout)

    def _produce(
        self, record: Outgoing, on_delivery: Callable[[KafkaError | None, Message], None]
    ) -> None:
        self._producer.produce(
            record.topic,
            key=record.key,
            value=record.value,
            headers=record.headers,
            on_delivery=on_delivery,
        )
        self._producer.poll(0)

    def _start_afresh(self) -> None:
        """Replace a failed producer, which may hold old records or a fatal error."""
        self._producer.purge()
        self._producer.flush(1.0)
        self._producer = Producer(self._config, logger=_log)

"""The Kafka consumer of diary events: its settings, and its lag."""

import logging
from collections.abc import Callable, Iterable
from typing import Final

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition

from mood_service.messaging.records import Incoming

_log: Final = logging.getLogger(__name__)


def diary_consumer(brokers: str, group: str, on_all_brokers_down: Callable[[], None]) -> Consumer:
    """A consumer that commits only when told to. The callback runs in the polling thread."""

    def on_error(error: KafkaError) -> None:
        if error.name() == "_ALL_BROKERS_DOWN":
            on_all_brokers_down()

    return Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": group,
            "client.id": "mood-service",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "partition.assignment.strategy": "cooperative-sticky",
            "allow.auto.create.topics": False,
            # A killed instance loses its partitions after this time instead of 45 s.
            "session.timeout.ms": 10_000,
            # A batch of the longest entries takes minutes. The group must not expel us meanwhile.
            "max.poll.interval.ms": 1_800_000,
            "topic.metadata.refresh.interval.ms": 10_000,
            # Back-pressure: bounds the records that wait in memory, however large the backlog.
            "queued.max.messages.kbytes": 16_384,
            "fetch.wait.max.ms": 50,
            "error_cb": on_error,
        },
        logger=_log,
    )


def next_offsets(records: Iterable[Incoming]) -> list[TopicPartition]:
    """The positions to commit once these records, in order, are finished."""
    offsets = {(record.topic, record.partition): record.offset + 1 for record in records}
    return [
        TopicPartition(topic, partition, offset) for (topic, partition), offset in offsets.items()
    ]


def lags(consumer: Consumer, records: Iterable[Incoming]) -> dict[int, int]:
    """How many records follow the last of these, by partition. Asks no broker."""
    last = {record.partition: record for record in records}
    found: dict[int, int] = {}
    for partition, record in last.items():
        try:
            watermarks = consumer.get_watermark_offsets(
                TopicPartition(record.topic, partition), cached=True
            )
        except KafkaException:
            continue  # another instance has just taken the partition and reports its lag
        if watermarks is not None:
            found[partition] = max(0, watermarks[1] - record.offset - 1)
    return found

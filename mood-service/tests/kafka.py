"""The real Kafka for contract tests, by the launcher of infrastructure/embedded-kafka."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, Message, Producer, TopicPartition

from mood_service.messaging.cloud_event import Headers

_MODULE = Path(__file__).parents[2] / "infrastructure" / "embedded-kafka"
_READY = re.compile(r"Kafka ready on (\S+:\d+)")


@dataclass(frozen=True)
class Broker:
    """A running broker, and what a test does with it."""

    address: str

    def send(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers | None = None
    ) -> None:
        producer = Producer(
            {
                "bootstrap.servers": self.address,
                "partitioner": "murmur2_random",
                "message.max.bytes": 2_000_000,
            }
        )
        producer.produce(topic, key=key, value=value, headers=headers or [])
        assert producer.flush(20) == 0

    def read(self, topic: str, count: int, seconds: float = 30) -> list[Message]:
        """The first records of a topic, in the order of arrival per partition."""
        with _consumer(self.address, f"reader-{uuid4()}") as consumer:
            consumer.subscribe([topic])
            found: list[Message] = []
            deadline = time.monotonic() + seconds
            while len(found) < count and time.monotonic() < deadline:
                found += [m for m in consumer.consume(count, timeout=0.2) if m.error() is None]
            assert len(found) >= count, f"{len(found)} of {count} records on {topic}"
            return found

    def read_all(self, topic: str) -> list[Message]:
        """What a topic holds now."""
        with _consumer(self.address, f"reader-{uuid4()}") as consumer:
            partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
            ends = (
                consumer.get_watermark_offsets(TopicPartition(topic, p), timeout=10)
                for p in partitions
            )
            count = sum(end[1] - end[0] for end in ends if end is not None)
        return self.read(topic, count)

    def committed(self, topic: str, group: str) -> int:
        """How many records a group has done with, over all partitions."""
        with _consumer(self.address, group) as consumer:
            partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
            positions = consumer.committed([TopicPartition(topic, p) for p in partitions], 10)
            return sum(max(0, position.offset) for position in positions)


@contextmanager
def _consumer(address: str, group: str) -> Iterator[Consumer]:
    consumer = Consumer(
        {
            "bootstrap.servers": address,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "fetch.wait.max.ms": 50,
        }
    )
    try:
        yield consumer
    finally:
        consumer.close()


@contextmanager
def start_broker(port: int = 0, data: Path | None = None) -> Iterator[Broker]:
    """Start Kafka, or use the one that METACHAT_TEST_KAFKA names."""
    given = os.environ.get("METACHAT_TEST_KAFKA")
    if given and port == 0:
        yield Broker(given)
        return
    command = ["java", "-cp", _class_path(), "io.metachat.embedded.kafka.KafkaMain"]
    command += ["--port", str(port)] + (["--data", str(data)] if data else [])
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        ready = next((m for line in process.stdout if (m := _READY.search(line))), None)
        assert ready is not None, "Kafka did not start"
        yield Broker(ready.group(1))
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Look again and again, and fail when the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)


def _class_path() -> str:
    listed = _MODULE / "target" / "launcher.classpath"
    if not listed.exists():
        pytest.fail(
            "infrastructure/embedded-kafka is not built: run"
            " ./mvnw -pl infrastructure/embedded-kafka -am package -DskipTests"
        )
    return f"{_MODULE / 'target' / 'classes'}{os.pathsep}{listed.read_text().strip()}"

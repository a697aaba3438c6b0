"""Kafka records as bytes, whatever the client library's types leave open."""

from dataclasses import dataclass

from confluent_kafka import Message

from mood_service.messaging.cloud_event import Headers


@dataclass(frozen=True)
class Incoming:
    """A record that was read."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True)
class Outgoing:
    """A record to write."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers


def incoming(message: Message) -> Incoming:
    """The record of a message that is not an error."""
    topic, partition, offset = message.topic(), message.partition(), message.offset()
    if topic is None or partition is None or offset is None:
        raise ValueError("an error is not a record")
    headers = message.headers() or []
    return Incoming(
        topic=topic,
        partition=partition,
        offset=offset,
        key=_bytes(message.key()),
        value=_bytes(message.value()),
        headers=list(headers.items()) if isinstance(headers, dict) else headers,
    )


def _bytes(content: str | bytes | None) -> bytes | None:
    return content.encode() if isinstance(content, str) else content

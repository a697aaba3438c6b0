"""Records that cannot be read, kept as they came, with the reason."""

from mood_service.messaging.records import Incoming, Outgoing


def dead_letter(record: Incoming, topic: str, reason: str) -> Outgoing:
    """The original key, value and headers, and in headers of our own why and from where."""
    added = {
        "dlq_reason": reason,
        "dlq_topic": record.topic,
        "dlq_partition": str(record.partition),
        "dlq_offset": str(record.offset),
    }
    kept = [(name, value) for name, value in record.headers if name not in added]
    return Outgoing(
        topic=topic,
        key=record.key,
        value=record.value,
        headers=[*kept, *((name, text.encode()) for name, text in added.items())],
    )

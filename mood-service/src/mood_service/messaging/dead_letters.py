"""Dead letters: unreadable records, unchanged, with the reason."""

from mood_service.messaging.records import Incoming, Outgoing


def dead_letter(record: Incoming, topic: str, reason: str) -> Outgoing:
    """The original key, value and headers, plus headers for the reason and the source."""
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

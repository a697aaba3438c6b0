"""The topics of this service, created when they are missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient, NewTopic

LARGEST_DEAD_LETTER: Final = 2_097_152
"""Bytes. Its added headers make a dead letter larger than the original record. With the brokers'
default of 1 MiB they would reject the largest ones, and the stream would retry forever."""

RETENTION: Final = timedelta(days=7)
"""How long topics keep entry texts; the diary-service uses the same time."""

DIARY_EVENTS: Final = "metachat.diary.events"
ANALYSES: Final = "metachat.mood.analyses"

_LARGE: Final = {"max.message.bytes": str(LARGEST_DEAD_LETTER)}
_RETAINED: Final = {"retention.ms": str(int(RETENTION.total_seconds() * 1000))}


@dataclass(frozen=True)
class Topics:
    """The names of the topics."""

    diary_events: str = DIARY_EVENTS
    analyses: str = ANALYSES

    @property
    def dead_letters(self) -> str:
        """The topic of unreadable records."""
        return f"{self.diary_events}.dlq"

    def all(self) -> Iterable[str]:
        """Every topic that must exist."""
        return (self.diary_events, self.analyses, self.dead_letters)


def create_missing(admin: AdminClient, topics: Topics, partitions: int, timeout: float) -> None:
    """Create the topics that do not exist; leave the others as they are.

    Raises KafkaException when the broker cannot be reached or refuses.
    """
    existing = admin.list_topics(timeout=timeout).topics
    missing = [
        NewTopic(
            name,
            num_partitions=partitions,
            replication_factor=-1,
            config=_RETAINED | (_LARGE if name == topics.dead_letters else {}),
        )
        for name in topics.all()
        if name not in existing
    ]
    if not missing:
        return
    for created in admin.create_topics(missing, operation_timeout=timeout).values():
        try:
            created.result(timeout=timeout + 5)
        except KafkaException as problem:
            error = problem.args[0]
            if error.code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise

"""Making topics, on a real broker."""

from uuid import uuid4

from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType

from mood_service.messaging.topics import Topics, create_missing
from tests.kafka import Broker, wait_until


def test_should_create_what_is_missing_and_leave_the_rest_as_it_is(broker: Broker) -> None:
    topics = Topics(diary_events=f"diary-{uuid4()}", analyses=f"analyses-{uuid4()}")
    admin = AdminClient({"bootstrap.servers": broker.address})
    there = NewTopic(topics.diary_events, num_partitions=5, replication_factor=1)
    admin.create_topics([there])[topics.diary_events].result(20)

    for _ in range(2):
        create_missing(admin, topics, partitions=3, timeout=10)

    def listed() -> set[str]:
        return set(admin.list_topics(timeout=10).topics)

    wait_until(lambda: set(topics.all()) <= listed(), "the topics in the metadata")
    made = admin.list_topics(timeout=10).topics
    assert len(made[topics.diary_events].partitions) == 5
    assert len(made[topics.analyses].partitions) == 3
    assert len(made[topics.dead_letters].partitions) == 3
    week = str(7 * 24 * 60 * 60 * 1000)
    assert _setting(admin, topics.analyses, "retention.ms") == week
    assert _setting(admin, topics.dead_letters, "retention.ms") == week
    assert _setting(admin, topics.dead_letters, "max.message.bytes") == "2097152"


def _setting(admin: AdminClient, topic: str, name: str) -> str | None:
    resource = ConfigResource(ResourceType.TOPIC, topic)
    entry = admin.describe_configs([resource])[resource].result(20)[name]
    value = entry.value
    assert value is None or isinstance(value, str)
    return value

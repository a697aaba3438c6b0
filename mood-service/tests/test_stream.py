"""The stream against a real broker."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from os import urandom
from uuid import UUID, uuid4

import pytest
from confluent_kafka import Message

from mood_service.analysis.entry import Analysis, EntryAnalyser
from mood_service.messaging.connection import Connection
from mood_service.messaging.results import result_id
from mood_service.messaging.stream import MoodStream, StreamSettings
from mood_service.messaging.topics import Topics
from mood_service.metrics import Metrics
from mood_service.model.classifier import MoodModel
from tests.entries import encoded, headers, written
from tests.kafka import Broker, wait_until


@pytest.fixture
def topics() -> Topics:
    """Topics that no other test writes to."""
    run = uuid4()
    return Topics(diary_events=f"diary-{run}", analyses=f"analyses-{run}")


@contextmanager
def running(
    broker: Broker, topics: Topics, analyser: EntryAnalyser, group: str = "mood", batch: int = 64
) -> Iterator[Connection]:
    connection = Connection()
    settings = StreamSettings(
        brokers=broker.address, group=f"{group}-{topics.analyses}", topics=topics, batch=batch
    )
    stream = MoodStream(settings, analyser, Metrics(analyser.model.version), connection)
    thread = threading.Thread(target=stream.run)
    thread.start()
    try:
        yield connection
    finally:
        stream.stop()
        thread.join(30)
        assert not thread.is_alive()


def _headers(message: Message) -> dict[str, bytes]:
    pairs = message.headers()
    assert isinstance(pairs, list)
    return {name: value for name, value in pairs if isinstance(value, bytes)}


def _data(message: Message) -> dict[str, object]:
    value = message.value()
    assert value is not None
    data = json.loads(value)
    assert isinstance(data, dict)
    return data


def test_should_answer_a_written_entry_with_its_analysis(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    entry = written("I am so happy, this was the best day of my life!")
    cause = headers(ce_correlationid="c-1", ce_traceparent="00-aa-bb-01", ce_position="42")
    with running(broker, topics, analyser) as connection:
        wait_until(lambda: connection.problem is None, "a connection")
        broker.send(topics.diary_events, b"diary-x", encoded(entry), cause)
        [message] = broker.read(topics.analyses, 1)

    data = _data(message)
    assert data["entryId"] == entry["entryId"]
    assert data["userId"] == entry["userId"]
    assert data["entryRevision"] == 1
    assert data["status"] == "analysed"
    assert data["dominant"] == "joy"
    assert data["modelVersion"] == analyser.model.version
    assert message.key() == f"diary-{entry['userId']}".encode()
    sent = _headers(message)
    expected_id = result_id(UUID(entry["entryId"]), 1, analyser.model.version)
    assert sent["ce_id"] == str(expected_id).encode()
    assert sent["ce_type"] == b"metachat.mood.EntryAnalysed.v1"
    assert sent["ce_source"] == b"/metachat/mood-service"
    assert sent["ce_subject"] == f"diary-{entry['userId']}".encode()
    assert sent["ce_correlationid"] == b"c-1"
    assert sent["ce_traceparent"] == b"00-aa-bb-01"
    assert sent["ce_position"] == b"42"
    assert sent["ce_causationid"] == dict(cause)["ce_id"]
    assert sent["content-type"] == b"application/json"


def test_should_analyse_edits_and_pass_over_other_events(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    edited = written("Now I am sad.", revision=2)
    edited["editedAt"] = edited.pop("writtenAt")
    group = f"mood-{topics.analyses}"
    with running(broker, topics, analyser):
        key = b"diary-y"
        broker.send(topics.diary_events, key, b"{}", headers("metachat.diary.EntryDeleted.v1"))
        broker.send(topics.diary_events, key, b"{}", headers("metachat.diary.SessionStarted.v1"))
        broker.send(
            topics.diary_events, key, encoded(edited), headers("metachat.diary.EntryEdited.v1")
        )
        [message] = broker.read(topics.analyses, 1)
        wait_until(lambda: broker.committed(topics.diary_events, group) == 3, "three commits")

    assert _data(message)["entryRevision"] == 2
    assert _data(message)["dominant"] == "sadness"


def test_should_keep_the_order_of_a_diary(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    users = [str(uuid4()) for _ in range(3)]
    with running(broker, topics, analyser, batch=5):
        for revision in range(1, 13):
            for user in users:
                entry = written("Fine.", user, revision=revision)
                broker.send(
                    topics.diary_events, f"diary-{user}".encode(), encoded(entry), headers()
                )
        messages = broker.read(topics.analyses, 36)

    for user in users:
        revisions = [
            data["entryRevision"] for data in map(_data, messages) if data["userId"] == user
        ]
        assert revisions == list(range(1, 13))


@pytest.mark.parametrize(
    ("value", "sent_headers", "reason"),
    [
        (b"{not json", headers(), "value: json_invalid"),
        (b'{"userId": "\xff"}', headers(), "value: json_invalid"),
        (None, headers(), "the record has no value"),
        (b"{}", headers(ce_type=None), "header ce_type is missing"),
        (b"{}", headers(ce_specversion="0.3"), "header ce_specversion is not 1.0"),
        (
            b"{}",
            headers("metachat.diary.EntryWritten.v9"),
            "version '9' of metachat.diary.EntryWritten is not known",
        ),
        (
            encoded(written("secret words", userId="nobody", revision="1")),
            headers(),
            "userId: uuid_parsing; revision: int_type",
        ),
        (encoded(written("x" * 100_001)), headers(), "text: string_too_long"),
    ],
    ids=["syntax", "utf-8", "empty", "no type", "version", "unknown version", "fields", "long"],
)
def test_should_put_what_it_cannot_read_aside_and_go_on(
    broker: Broker,
    topics: Topics,
    analyser: EntryAnalyser,
    value: bytes | None,
    sent_headers: list[tuple[str, str | bytes | None]],
    reason: str,
) -> None:
    with running(broker, topics, analyser):
        broker.send(topics.diary_events, b"diary-z", value, sent_headers)
        broker.send(topics.diary_events, b"diary-z", encoded(written("I love it.")), headers())
        [analysis] = broker.read(topics.analyses, 1)
        [letter] = broker.read(topics.dead_letters, 1)

    assert _data(analysis)["status"] == "analysed"
    assert letter.key() == b"diary-z"
    assert letter.value() == value
    kept = _headers(letter)
    assert kept["dlq_reason"].decode() == reason
    assert kept["dlq_topic"] == topics.diary_events.encode()
    assert kept["dlq_offset"] == b"0"
    assert kept["dlq_partition"].isdigit()
    for name, header in sent_headers:
        assert kept[name] == header


def test_should_put_the_largest_records_aside_too(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    value = urandom(1_048_300)  # with its headers just below the broker's limit
    with running(broker, topics, analyser):
        broker.send(topics.diary_events, b"diary-l", value, headers())
        [letter] = broker.read(topics.dead_letters, 1)

    assert letter.value() == value


class FailingAnalyser(EntryAnalyser):
    """Fails on one text, as a defect of our own would."""

    def analyse(self, title: str, text: str) -> Analysis:
        if text == "poison":
            raise IndexError(text)
        return super().analyse(title, text)


def test_should_put_an_entry_aside_on_which_the_analysis_fails(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    with running(broker, topics, FailingAnalyser(analyser.model)):
        broker.send(topics.diary_events, b"diary-p", encoded(written("poison")), headers())
        broker.send(topics.diary_events, b"diary-p", encoded(written("I love it.")), headers())
        [letter] = broker.read(topics.dead_letters, 1)
        broker.read(topics.analyses, 1)

    reason = _headers(letter)["dlq_reason"].decode()
    assert reason == "analysis failed: IndexError in FailingAnalyser.analyse"


def test_should_go_on_after_a_stop_where_it_had_committed(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    with running(broker, topics, analyser):
        broker.send(topics.diary_events, b"diary-a", encoded(written("One.")), headers())
        broker.read(topics.analyses, 1)
    broker.send(topics.diary_events, b"diary-a", encoded(written("Two.")), headers())
    broker.send(topics.diary_events, b"diary-b", encoded(written("Three.")), headers())
    with running(broker, topics, analyser):
        broker.read(topics.analyses, 3)
        group = f"mood-{topics.analyses}"
        wait_until(lambda: broker.committed(topics.diary_events, group) == 3, "three commits")

    ids = [_headers(message)["ce_id"] for message in broker.read(topics.analyses, 3)]
    assert len(set(ids)) == 3


class HeldAnalyser(EntryAnalyser):
    """Stands still in one text until it is let go."""

    def __init__(self, model: MoodModel) -> None:
        super().__init__(model)
        self.reached = threading.Event()
        self.let_go = threading.Event()

    def analyse(self, title: str, text: str) -> Analysis:
        if text == "Two.":
            self.reached.set()
            assert self.let_go.wait(30)
        return super().analyse(title, text)


def test_should_finish_the_open_entry_of_a_batch_and_leave_the_rest_to_the_next(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    for text in ("One.", "Two.", "Three.", "Four."):
        broker.send(topics.diary_events, b"diary-h", encoded(written(text)), headers())
    held = HeldAnalyser(analyser.model)
    with running(broker, topics, held):
        assert held.reached.wait(30)
        # Let go while the stream is being stopped.
        threading.Timer(0.5, held.let_go.set).start()

    assert broker.committed(topics.diary_events, f"mood-{topics.analyses}") == 2
    with running(broker, topics, analyser):
        wait_until(
            lambda: broker.committed(topics.diary_events, f"mood-{topics.analyses}") == 4,
            "four commits",
        )
    ids = [_headers(message)["ce_id"] for message in broker.read(topics.analyses, 4)]
    assert len(set(ids)) == len(ids) == 4


def test_should_share_the_partitions_and_analyse_everything_when_one_of_two_leaves(
    broker: Broker, topics: Topics, analyser: EntryAnalyser
) -> None:
    entries = [written(f"Entry {number}.") for number in range(40)]

    def send(some: list[dict[str, str]]) -> None:
        for entry in some:
            key = f"diary-{entry['userId']}".encode()
            broker.send(topics.diary_events, key, encoded(entry), headers())

    with running(broker, topics, analyser, batch=3):
        send(entries[:10])
        with running(broker, topics, analyser, batch=3):
            send(entries[10:25])
        send(entries[25:])
        group = f"mood-{topics.analyses}"
        wait_until(lambda: broker.committed(topics.diary_events, group) == 40, "forty commits")

    # At least once: a partition that changes hands can bring the same result again.
    results = broker.read_all(topics.analyses)
    assert {_data(message)["entryId"] for message in results} == {
        entry["entryId"] for entry in entries
    }
    assert len({_headers(message)["ce_id"] for message in results}) == len(entries)

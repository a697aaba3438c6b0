"""Events in and out, without a broker."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from mood_service.analysis.entry import EntryAnalyser
from mood_service.messaging.cloud_event import NotACloudEvent, headers_of, read_cloud_event
from mood_service.messaging.dead_letters import dead_letter
from mood_service.messaging.diary_events import UnreadableEvent, entry_state
from mood_service.messaging.records import Incoming
from mood_service.messaging.results import entry_analysed, result_id
from tests.entries import encoded, headers, written


def test_should_read_back_the_headers_that_it_writes() -> None:
    event = read_cloud_event(headers(ce_correlationid="c", ce_subject="diary-1"), b"{}")
    assert event.correlation_id == "c"
    assert event.subject == "diary-1"
    assert read_cloud_event(headers_of(event), b"{}") == event


def test_should_not_mind_headers_of_others() -> None:
    assert read_cloud_event([*headers(), ("other", b"\xff"), ("none", None)], b"{}").data == b"{}"


def test_should_refuse_data_that_is_not_json() -> None:
    with pytest.raises(NotACloudEvent, match="content-type"):
        read_cloud_event(headers(**{"content-type": "application/avro"}), b"{}")
    with pytest.raises(NotACloudEvent, match="ce_id"):
        read_cloud_event([*headers(), ("ce_id", b"\xff")], b"{}")


def test_should_read_an_entry_and_leave_unknown_fields_unread() -> None:
    entry = entry_state(read_cloud_event(headers(), encoded(written("Hi.", weather="rain"))))
    assert entry is not None
    assert entry.text == "Hi."
    assert entry.revision == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"revision": 0}, "revision"),
        ({"revision": 2**31}, "revision"),
        ({"revision": 1.5}, "revision"),
        ({"text": None}, "text"),
        ({"text": "\ud83d"}, "value"),
        ({"title": "t" * 201}, "title"),
        ({"userId": 7}, "userId"),
        ({"writtenAt": "2026-03-01T18:30:00"}, "writtenAt"),
    ],
)
def test_should_name_the_field_that_is_wrong_and_not_its_value(
    change: dict[str, object], problem: str
) -> None:
    data = json.dumps(written("Some private words.") | change).encode()
    with pytest.raises(UnreadableEvent) as raised:
        entry_state(read_cloud_event(headers(), data))
    assert str(raised.value).startswith(f"{problem}: ")
    assert "private" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_should_give_the_same_id_to_the_same_revision_and_model() -> None:
    entry = UUID("11111111-1111-4111-8111-111111111111")
    assert result_id(entry, 1, "m") == result_id(entry, 1, "m")
    assert len({result_id(entry, 1, "m"), result_id(entry, 2, "m"), result_id(entry, 1, "n")}) == 3


def test_should_report_every_field_of_an_unsupported_text(analyser: EntryAnalyser) -> None:
    cause = read_cloud_event(headers(), encoded(written("...", title="")))
    entry = entry_state(cause)
    assert entry is not None
    moment = datetime(2026, 3, 1, 18, 30, 1, tzinfo=UTC)
    result = entry_analysed(cause, entry, analyser.analyse("", "..."), "m-1", moment)
    assert json.loads(result.data) == {
        "userId": str(entry.user_id),
        "entryId": str(entry.entry_id),
        "entryRevision": 1,
        "status": "unsupported",
        "emotions": dict.fromkeys(
            [
                "joy",
                "trust",
                "fear",
                "surprise",
                "sadness",
                "disgust",
                "anger",
                "anticipation",
            ],
            0.0,
        ),
        "dominant": None,
        "valence": 0.0,
        "arousal": 0.0,
        "confidence": 0.0,
        "reason": "no-words",
        "topics": [],
        "keywords": [],
        "evidence": [],
        "modelVersion": "m-1",
        "analysedAt": "2026-03-01T18:30:01.000Z",
    }


def test_should_not_pile_up_reasons_on_a_letter_that_comes_back() -> None:
    record = Incoming("t", 1, 5, b"k", b"v", [("dlq_reason", b"old"), ("a", b"b")])
    letter = dead_letter(record, "t.dlq", "new")
    assert letter.headers == [
        ("a", b"b"),
        ("dlq_reason", b"new"),
        ("dlq_topic", b"t"),
        ("dlq_partition", b"1"),
        ("dlq_offset", b"5"),
    ]

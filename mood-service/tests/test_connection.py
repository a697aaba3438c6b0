"""Whether the brokers answer."""

import pytest
from confluent_kafka import KafkaError, KafkaException

from mood_service.messaging.connection import Connection


def _refuse() -> None:
    raise KafkaException(KafkaError(KafkaError.REQUEST_TIMED_OUT))


def test_should_find_out_by_asking_that_brokers_go_and_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("mood_service.messaging.connection.time.monotonic", lambda: now)
    connection = Connection()
    assert connection.problem is not None

    connection.probe(lambda: None)
    assert connection.problem is None

    connection.probe(_refuse)
    assert connection.problem is None, "asked too often"

    now += 2
    connection.probe(_refuse)
    assert connection.problem == "no broker answers"

    now += 2
    connection.probe(lambda: None)
    assert connection.problem is None

"""Settings from the environment, and what a log line holds."""

import json
import logging
import sys

import pytest

from mood_service.logs import JsonFormatter, correlation
from mood_service.settings import Settings, SettingsError


def test_should_need_only_the_brokers() -> None:
    settings = Settings.from_environment({"KAFKA_BROKERS": "kafka-1:9092,[::1]:9093"})
    assert settings == Settings("kafka-1:9092,[::1]:9093", "127.0.0.1", 8085, "INFO", 2, 64)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAFKA_BROKERS", ""),
        ("KAFKA_BROKERS", "kafka"),
        ("KAFKA_BROKERS", "kafka:9092,"),
        ("MOOD_SERVICE_PORT", "eighty"),
        ("MOOD_SERVICE_PORT", "65536"),
        ("MOOD_SERVICE_PORT", "-1"),
        ("MOOD_SERVICE_PORT", "８０"),
        ("LOG_LEVEL", "LOUD"),
        ("MOOD_TOPIC_PARTITIONS", "0"),
        ("MOOD_BATCH_SIZE", "2.5"),
    ],
)
def test_should_name_the_variable_that_is_wrong(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} "):
        Settings.from_environment({"KAFKA_BROKERS": "k:1", name: value})


def test_should_write_one_json_object_with_the_correlation_id() -> None:
    record = logging.makeLogRecord(
        {"name": "n", "levelname": "INFO", "msg": "did %s", "args": ("it",), "offset": 4}
    )
    with correlation("c-9"):
        line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "did it"
    assert line["correlationId"] == "c-9"
    assert line["offset"] == 4
    assert line["service"] == "mood-service"
    assert "correlationId" not in json.loads(JsonFormatter().format(record))


def test_should_tell_an_exceptions_kind_and_place_but_not_its_words() -> None:
    try:
        raise ValueError("dear diary")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})
    formatted = JsonFormatter().format(record)
    assert "dear diary" not in formatted
    assert json.loads(formatted)["exception"] == "ValueError"
    assert __file__ in formatted

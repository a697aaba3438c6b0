"""The HTTP side, over a real socket."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn

from mood_service.analysis.entry import EntryAnalyser
from mood_service.messaging.connection import Connection
from mood_service.metrics import Metrics
from mood_service.web.app import LARGEST_BODY, MoodRoutes
from tests.kafka import wait_until


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Service:
    address: str
    connection: Connection
    alive: bool = True

    def ask(
        self, path: str, body: bytes | None = None, method: str | None = None, **headers: str
    ) -> Answer:
        sent = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        request = urllib.request.Request(self.address + path, body, sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, dict(refused.headers), refused.read())


@pytest.fixture
def service(analyser: EntryAnalyser) -> Iterator[Service]:
    connection = Connection()
    started = Service("", connection)
    routes = MoodRoutes(
        analyser, Metrics(analyser.model.version), connection, lambda: started.alive
    )
    config = uvicorn.Config(routes.application(), port=0, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started, "HTTP")
    port = server.servers[0].sockets[0].getsockname()[1]
    started.address = f"http://127.0.0.1:{port}"
    yield started
    server.should_exit = True
    thread.join(10)


def test_should_be_healthy_while_the_consumer_lives(service: Service) -> None:
    assert service.ask("/health").status == 200
    service.alive = False
    assert service.ask("/health").status == 503


def test_should_be_ready_only_with_a_broker(service: Service) -> None:
    refused = service.ask("/ready")
    assert refused.status == 503
    assert refused.json()["components"]["kafka"] == {"status": "DOWN", "why": "not connected yet"}
    service.connection.found()
    assert service.ask("/ready").status == 200


def test_should_expose_metrics(service: Service) -> None:
    answer = service.ask("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert b'mood_records_total{outcome="analysed"} 0.0' in answer.body
    assert b"mood_analysis_seconds_bucket" in answer.body


def test_should_analyse_a_text(service: Service) -> None:
    body = json.dumps({"title": "Exam", "text": "I am terrified of tomorrow."}).encode()
    answer = service.ask("/analyze", body, X_Correlation_Id="abc-1")
    assert answer.status == 200
    assert answer.headers["x-correlation-id"] == "abc-1"
    data = answer.json()
    assert data["dominant"] == "fear"
    assert data["evidence"] == [{"start": 0, "end": 27}]
    assert list(data["emotions"]) == [
        "joy",
        "trust",
        "fear",
        "surprise",
        "sadness",
        "disgust",
        "anger",
        "anticipation",
    ]


def test_should_show_the_model_card(service: Service, analyser: EntryAnalyser) -> None:
    card = service.ask("/model").json()
    assert card["modelVersion"] == analyser.model.version
    assert card["dev"]["ekman"]["macroF1"] >= 0.56


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"{", 400, "malformed-json"),
        (b'{"text": "\xff\xfe"}', 400, "malformed-json"),
        (b"[]", 422, "invalid-request"),
        (b'{"text": 5}', 422, "invalid-request"),
        (b'{"title": "only"}', 422, "invalid-request"),
        (b'{"text": "a", "mood": "b"}', 422, "invalid-request"),
        (json.dumps({"text": "a" * 100_001}).encode(), 422, "invalid-request"),
        (json.dumps({"title": "a" * 201, "text": ""}).encode(), 422, "invalid-request"),
        (b" " * (LARGEST_BODY + 1), 413, "too-large"),
    ],
    ids=["syntax", "utf-8", "array", "type", "missing", "unknown", "long", "title", "body"],
)
def test_should_refuse_bad_input(service: Service, body: bytes, status: int, kind: str) -> None:
    answer = service.ask("/analyze", body)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"].endswith(f"/{kind}")
    assert problem["status"] == status
    assert problem["correlationId"] == answer.headers["x-correlation-id"]


def test_should_refuse_other_media_types_methods_and_paths(service: Service) -> None:
    assert service.ask("/analyze", b"text=a", content_type="text/plain").status == 415
    assert service.ask("/analyze").status == 405
    assert service.ask("/nowhere").json()["type"].endswith("/not-found")


def test_should_not_repeat_a_correlation_id_that_is_none(service: Service) -> None:
    answer = service.ask("/health", X_Correlation_Id="a b\tc")
    assert answer.headers["x-correlation-id"] != "a b\tc"

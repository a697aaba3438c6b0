"""The service as a process: how it starts, tells its state, and stops."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from confluent_kafka.admin import AdminClient

from tests.entries import encoded, headers, written
from tests.kafka import start_broker, wait_until


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        assert isinstance(port, int)
        return port


@contextmanager
def _started(log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mood_service"],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def _status(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


def test_should_name_a_missing_variable_and_not_start() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "KAFKA_BROKERS"}
    ended = subprocess.run(
        [sys.executable, "-m", "mood_service"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        "mood-service: KAFKA_BROKERS is missing: set it to host:port[,host:port...].\n"
    )


def test_should_start_without_a_broker_find_it_when_it_comes_and_stop_in_order(
    tmp_path: Path,
) -> None:
    port, kafka_port = _free_port(), _free_port()
    log = tmp_path / "log"
    with _started(
        log, KAFKA_BROKERS=f"127.0.0.1:{kafka_port}", MOOD_SERVICE_PORT=str(port)
    ) as service:
        wait_until(lambda: _status(port, "/health")[0] == 200, "healthy")
        status, body = _status(port, "/ready")
        assert status == 503
        assert json.loads(body)["components"]["kafka"]["status"] == "DOWN"

        with start_broker(kafka_port, tmp_path / "kafka") as broker:
            wait_until(lambda: _status(port, "/ready")[0] == 200, "ready", 60)
            entry = written("Nobody must read of my grapefruit in a log. I am so happy!")
            broker.send(
                "metachat.diary.events", b"diary-1", encoded(entry), headers(ce_correlationid="c-7")
            )
            broker.send("metachat.diary.events", b"diary-1", b"grapefruit", headers())
            [analysis] = broker.read("metachat.mood.analyses", 1)
            broker.read("metachat.diary.events.dlq", 1)
            assert entry["entryId"].encode() in (analysis.value() or b"")
            made = AdminClient({"bootstrap.servers": broker.address}).list_topics(timeout=10).topics
            assert len(made["metachat.mood.analyses"].partitions) == 2

        wait_until(lambda: _status(port, "/ready")[0] == 503, "not ready without the broker")
        with start_broker(kafka_port, tmp_path / "kafka") as broker:
            wait_until(lambda: _status(port, "/ready")[0] == 200, "ready again", 60)
            broker.send("metachat.diary.events", b"diary-1", encoded(written("Two.")), headers())
            broker.read("metachat.mood.analyses", 2)

            service.send_signal(signal.SIGTERM)
            assert service.wait(30) == 0

    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["message"] == "stopped"
    assert lines[-1]["orderly"] is True
    assert "grapefruit" not in log.read_text(encoding="utf-8")
    [letter] = [line for line in lines if line["message"] == "dead letter"]
    assert letter["reason"] == "value: json_invalid"

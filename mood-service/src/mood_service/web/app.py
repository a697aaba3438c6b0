"""The routes."""

import logging
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mood_service.analysis.entry import Analysis, EntryAnalyser
from mood_service.logs import correlation
from mood_service.messaging.connection import Connection
from mood_service.messaging.diary_events import LONGEST_TEXT, LONGEST_TITLE
from mood_service.messaging.results import analysis_fields
from mood_service.metrics import Metrics
from mood_service.model.card import model_card
from mood_service.web.problems import Problem, on_failure, on_http_exception, on_problem

_log: Final = logging.getLogger(__name__)

LARGEST_BODY: Final = 1_000_000
"""Bytes: the longest entry in the widest encoding, and room for the rest."""

_CORRELATION: Final = "x-correlation-id"
_CORRELATION_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class TryOut(BaseModel):
    """The body of `POST /analyze`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    title: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]


class MoodRoutes:
    """Handles requests. `stream_alive` returns whether the consuming thread is running."""

    def __init__(
        self,
        analyser: EntryAnalyser,
        metrics: Metrics,
        connection: Connection,
        stream_alive: Callable[[], bool],
    ) -> None:
        self._analyser: Final = analyser
        self._metrics: Final = metrics
        self._connection: Final = connection
        self._stream_alive: Final = stream_alive

    def application(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/health", self.health),
                Route("/ready", self.ready),
                Route("/metrics", self.metrics),
                Route("/model", self.model),
                Route("/analyze", self.analyze, methods=["POST"]),
            ],
            middleware=[Middleware(BaseHTTPMiddleware, dispatch=_correlated)],
            exception_handlers={
                Problem: on_problem,
                HTTPException: on_http_exception,
                Exception: on_failure,
            },
        )

    async def health(self, _: Request) -> Response:
        """Up unless the consuming thread has died: then only a new start helps."""
        alive = self._stream_alive()
        return JSONResponse({"status": "UP" if alive else "DOWN"}, 200 if alive else 503)

    async def ready(self, _: Request) -> Response:
        """Ready when the brokers answer and entries are consumed."""
        problem = self._connection.problem if self._stream_alive() else "the consumer has stopped"
        checks = {
            "model": {"status": "UP", "version": self._analyser.model.version},
            "kafka": {"status": "UP"} if problem is None else {"status": "DOWN", "why": problem},
        }
        status = "UP" if problem is None else "DOWN"
        return JSONResponse(
            {"status": status, "components": checks}, 200 if problem is None else 503
        )

    async def metrics(self, _: Request) -> Response:
        """Prometheus' text format."""
        return Response(
            self._metrics.exposition(), media_type="text/plain; version=0.0.4; charset=utf-8"
        )

    async def model(self, _: Request) -> Response:
        """The model card."""
        return JSONResponse(model_card(self._analyser.model))

    async def analyze(self, request: Request) -> Response:
        """Analyse a text as an entry would be. Nothing is kept."""
        entry = _try_out(await _body(request))
        analysis = await run_in_threadpool(self._analyse, entry)
        return JSONResponse(
            analysis_fields(analysis, self._analyser.model.version, datetime.now(UTC))
        )

    def _analyse(self, entry: TryOut) -> Analysis:
        return self._analyser.analyse(entry.title, entry.text)


def _try_out(body: bytes) -> TryOut:
    try:
        return TryOut.model_validate_json(body)
    except ValidationError as invalid:
        problems = invalid.errors(include_url=False, include_context=False, include_input=False)
    if any(problem["type"] == "json_invalid" for problem in problems):
        raise Problem(400, "malformed-json", "The body is not JSON in UTF-8.")
    fields = [
        {"field": ".".join(map(str, problem["loc"])), "message": problem["msg"]}
        for problem in problems
    ]
    raise Problem(422, "invalid-request", "Some fields are not valid.", fields)


async def _body(request: Request) -> bytes:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem(415, "unsupported-media-type", "The body must be application/json.")
    received = bytearray()
    async for part in request.stream():
        received += part
        if len(received) > LARGEST_BODY:
            raise Problem(413, "too-large", f"The body has more than {LARGEST_BODY} bytes.")
    return bytes(received)


async def _correlated(
    request: Request, answer: Callable[[Request], Awaitable[Response]]
) -> Response:
    given = request.headers.get(_CORRELATION, "")
    identifier = given if _CORRELATION_ID.fullmatch(given) else str(uuid4())
    request.state.correlation_id = identifier
    started = time.perf_counter()
    with correlation(identifier):
        response = await answer(request)
        details: dict[str, Any] = {
            "method": request.method,
            "path": request.url.path[:100],
            "status": response.status_code,
            "milliseconds": round(1000 * (time.perf_counter() - started), 1),
        }
        _log.debug("request", extra=details)
    response.headers[_CORRELATION] = identifier
    return response

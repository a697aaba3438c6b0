"""Errors as RFC 9457 problem details."""

import json
from typing import Any, Final, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_TYPE: Final = "https://metachat.io/problems/"


class Problem(Exception):
    """An answer that is an error. `fields` are the errors of single fields."""

    def __init__(
        self, status: int, kind: str, title: str, fields: list[dict[str, str]] | None = None
    ) -> None:
        super().__init__(title)
        self.status: Final = status
        self.kind: Final = kind
        self.title: Final = title
        self.fields: Final = fields


def on_problem(request: Request, raised: Exception) -> Response:
    """Answer a problem."""
    problem = cast("Problem", raised)
    return _answer(request, problem.status, problem.kind, problem.title, problem.fields)


def on_http_exception(request: Request, raised: Exception) -> Response:
    """Respond to unknown paths and methods."""
    problem = cast("HTTPException", raised)
    kind = {404: "not-found", 405: "method-not-allowed"}.get(problem.status_code, "http-error")
    return _answer(
        request, problem.status_code, kind, problem.detail, None, dict(problem.headers or {})
    )


def on_failure(request: Request, _: Exception) -> Response:
    """Respond to an internal error, without its message."""
    return _answer(request, 500, "internal-error", "Something went wrong.", None)


def _answer(
    request: Request,
    status: int,
    kind: str,
    title: str,
    fields: list[dict[str, str]] | None,
    headers: dict[str, str] | None = None,
) -> Response:
    content: dict[str, Any] = {
        "type": _TYPE + kind,
        "title": title,
        "status": status,
        "instance": request.url.path,
        "correlationId": getattr(request.state, "correlation_id", None),
    }
    if fields:
        content["errors"] = fields
    return Response(
        json.dumps(content), status, headers=headers, media_type="application/problem+json"
    )

"""Diary events for tests."""

import json
from typing import Any
from uuid import uuid4

from mood_service.messaging.cloud_event import Headers


def written(text: str, user: str | None = None, **changes: Any) -> dict[str, Any]:
    """The data of an `EntryWritten`."""
    return {
        "userId": user or str(uuid4()),
        "entryId": str(uuid4()),
        "revision": 1,
        "title": "A day",
        "text": text,
        "tags": ["home"],
        "sessionId": None,
        "writtenAt": "2026-03-01T18:30:00Z",
        "wordCount": len(text.split()),
        **changes,
    }


def encoded(data: dict[str, Any]) -> bytes:
    return json.dumps(data).encode()


def headers(kind: str = "metachat.diary.EntryWritten.v1", **changes: str | None) -> Headers:
    """The headers of a diary event; None leaves one out."""
    texts: dict[str, str | None] = {
        "ce_id": str(uuid4()),
        "ce_specversion": "1.0",
        "ce_type": kind,
        "ce_source": "/metachat/diary-service",
        "ce_time": "2026-03-01T18:30:00Z",
        "content-type": "application/json",
        **changes,
    }
    return [(name, text.encode()) for name, text in texts.items() if text is not None]

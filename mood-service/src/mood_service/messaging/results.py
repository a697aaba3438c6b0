"""An analysis as the event that the diary-service consumes."""

import json
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from mood_service.analysis.entry import EMOTIONS, Analysis
from mood_service.messaging.cloud_event import CloudEvent
from mood_service.messaging.diary_events import EntryState

TYPE: Final = "metachat.mood.EntryAnalysed.v1"
SOURCE: Final = "/metachat/mood-service"

_RESULTS: Final = UUID("7a3c1f0e-5d27-5b7e-9d0a-6f1f8f5f2b11")
"""The name space of result ids."""

_CARRIED_OVER: Final = ("correlationid", "traceparent", "position")
_DIGITS: Final = 6


def result_id(entry_id: UUID, revision: int, model_version: str) -> UUID:
    """Equal for the same revision and model, so that consumers can drop duplicates."""
    return uuid5(_RESULTS, f"{entry_id}:{revision}:{model_version}")


def analysis_fields(
    analysis: Analysis, model_version: str, analysed_at: datetime
) -> dict[str, Any]:
    """The public fields of an analysis."""
    return {
        "status": analysis.status,
        "emotions": {
            name: round(value, _DIGITS)
            for name, value in zip(EMOTIONS, analysis.emotions, strict=True)
        },
        "dominant": analysis.dominant,
        "valence": round(analysis.valence, _DIGITS),
        "arousal": round(analysis.arousal, _DIGITS),
        "confidence": round(analysis.confidence, _DIGITS),
        "reason": analysis.reason,
        "topics": [{"name": topic.name, "weight": topic.weight} for topic in analysis.topics],
        "keywords": list(analysis.keywords),
        "evidence": [{"start": part.start, "end": part.end} for part in analysis.evidence],
        "modelVersion": model_version,
        "analysedAt": _rfc3339(analysed_at),
    }


def entry_analysed(
    cause: CloudEvent,
    entry: EntryState,
    analysis: Analysis,
    model_version: str,
    analysed_at: datetime,
) -> CloudEvent:
    """The event for an analysis. `cause` is the event with the entry."""
    data = {
        "userId": str(entry.user_id),
        "entryId": str(entry.entry_id),
        "entryRevision": entry.revision,
        **analysis_fields(analysis, model_version, analysed_at),
    }
    carried = {name: cause.extensions[name] for name in _CARRIED_OVER if name in cause.extensions}
    return CloudEvent(
        id=str(result_id(entry.entry_id, entry.revision, model_version)),
        type=TYPE,
        source=SOURCE,
        subject=f"diary-{entry.user_id}",
        time=_rfc3339(analysed_at),
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(),
        extensions={**carried, "causationid": cause.id},
    )


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

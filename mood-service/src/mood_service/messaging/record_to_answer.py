"""From a consumed record to the record that answers it."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from mood_service.analysis.entry import EntryAnalyser
from mood_service.logs import correlation
from mood_service.messaging.cloud_event import (
    CloudEvent,
    NotACloudEvent,
    headers_of,
    read_cloud_event,
)
from mood_service.messaging.dead_letters import dead_letter
from mood_service.messaging.diary_events import UnreadableEvent, entry_state
from mood_service.messaging.records import Incoming, Outgoing
from mood_service.messaging.results import entry_analysed
from mood_service.messaging.topics import Topics
from mood_service.metrics import Metrics

_log: Final = logging.getLogger(__name__)


class RecordToAnswer:
    """Analyses the entry of a record. Never fails: a record it cannot handle is a dead letter."""

    def __init__(
        self,
        analyser: EntryAnalyser,
        topics: Topics,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._analyser: Final = analyser
        self._topics: Final = topics
        self._metrics: Final = metrics
        self._clock: Final = clock

    def __call__(self, record: Incoming) -> Outgoing | None:
        """An analysis, a dead letter, or None for an event about something else."""
        try:
            cause = read_cloud_event(record.headers, record.value)
        except NotACloudEvent as problem:
            return self._dead_letter(record, str(problem))
        with correlation(cause.correlation_id):
            return self._answer(record, cause)

    def _answer(self, record: Incoming, cause: CloudEvent) -> Outgoing | None:
        started = time.perf_counter()
        try:
            entry = entry_state(cause)
            if entry is None:
                self._metrics.ignored()
                return None
            analysis = self._analyser.analyse(entry.title or "", entry.text)
        except UnreadableEvent as problem:
            return self._dead_letter(record, str(problem))
        except Exception as problem:  # noqa: BLE001
            # A text that breaks our own code must not block later entries. The message of the
            # error may quote the text, so we keep only its type and place.
            return self._dead_letter(record, f"analysis failed: {_type_and_place(problem)}")
        result = entry_analysed(cause, entry, analysis, self._analyser.model.version, self._clock())
        self._metrics.analysed(analysis, time.perf_counter() - started)
        _log.info(
            "analysed",
            extra={
                "entryId": str(entry.entry_id),
                "revision": entry.revision,
                "status": analysis.status,
            },
        )
        return Outgoing(
            topic=self._topics.analyses,
            key=f"diary-{entry.user_id}".encode(),
            value=result.data,
            headers=headers_of(result),
        )

    def _dead_letter(self, record: Incoming, reason: str) -> Outgoing:
        self._metrics.dead_lettered()
        _log.warning(
            "dead letter",
            extra={"reason": reason, "partition": record.partition, "offset": record.offset},
        )
        return dead_letter(record, self._topics.dead_letters, reason)


def _type_and_place(problem: Exception) -> str:
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_qualname}" if trace is not None else ""
    return type(problem).__name__ + place

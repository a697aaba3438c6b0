"""The service's Prometheus metrics."""

from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from mood_service.analysis.entry import Analysis

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """Metrics in their own registry, so that one process can hold two services."""

    def __init__(self, model_version: str) -> None:
        self.registry: Final = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._records: Final = Counter(
            "mood_records",
            "Diary events by outcome",
            ["outcome"],
            registry=self.registry,
        )
        for outcome in ("analysed", "unsupported", "ignored", "dead_lettered"):
            self._records.labels(outcome)
        self._dominant: Final = Counter(
            "mood_dominant", "Analyses by dominant emotion", ["emotion"], registry=self.registry
        )
        self._seconds: Final = Histogram(
            "mood_analysis_seconds",
            "Time to analyse one entry",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._lag: Final = Gauge(
            "mood_lag_records", "Records not yet read", ["partition"], registry=self.registry
        )
        self._retries: Final = Counter(
            "mood_retries", "Attempts repeated after a broker's failure", registry=self.registry
        )
        self._commit_failures: Final = Counter(
            "mood_commit_failures", "Offset commits that failed", registry=self.registry
        )
        Gauge("mood_model_info", "The model in use", ["version"], registry=self.registry).labels(
            model_version
        ).set(1)

    def analysed(self, analysis: Analysis, seconds: float) -> None:
        """An entry was analysed, or found not to be analysable."""
        self._records.labels(analysis.status).inc()
        self._seconds.observe(seconds)
        if analysis.status == "analysed":
            self._dominant.labels(analysis.dominant or "none").inc()

    def ignored(self) -> None:
        """An event did not need an analysis."""
        self._records.labels("ignored").inc()

    def dead_lettered(self) -> None:
        """A record could not be read."""
        self._records.labels("dead_lettered").inc()

    def observe_lag(self, lags: Mapping[int, int]) -> None:
        """How many records wait in each partition."""
        for partition, lag in lags.items():
            self._lag.labels(str(partition)).set(lag)

    def retried(self) -> None:
        """An attempt is repeated."""
        self._retries.inc()

    def commit_failed(self) -> None:
        """A commit failed; the batch may be consumed again."""
        self._commit_failures.inc()

    def exposition(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self.registry)

"""Settings from the environment, checked before anything starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_LEVEL_NAMES: Final = {"WARN": "WARNING", "TRACE": "DEBUG"}
_BROKERS: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")


class SettingsError(ValueError):
    """A variable is missing or wrong. The message is one sentence that names it."""


@dataclass(frozen=True)
class Settings:
    """The settings of the environment."""

    kafka_brokers: str
    host: str
    port: int
    log_level: str
    topic_partitions: int
    batch_size: int

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read and check every variable."""
        return cls(
            kafka_brokers=_brokers(environment),
            host=environment.get("MOOD_SERVICE_HOST", "").strip() or "127.0.0.1",
            port=_number(environment, "MOOD_SERVICE_PORT", 8085, 0, 65_535),
            log_level=_level(environment),
            topic_partitions=_number(environment, "MOOD_TOPIC_PARTITIONS", 2, 1, 1_000),
            batch_size=_number(environment, "MOOD_BATCH_SIZE", 64, 1, 1_000),
        )


def _brokers(environment: Mapping[str, str]) -> str:
    value = environment.get("KAFKA_BROKERS", "").strip()
    if not value:
        raise SettingsError("KAFKA_BROKERS is missing: set it to host:port[,host:port...].")
    if not all(_BROKERS.fullmatch(broker.strip()) for broker in value.split(",")):
        raise SettingsError("KAFKA_BROKERS is not of the form host:port[,host:port...].")
    return value


def _number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(name, "").strip() or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise SettingsError(f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def _level(environment: Mapping[str, str]) -> str:
    given = environment.get("LOG_LEVEL", "").strip().upper() or "INFO"
    level = _LEVEL_NAMES.get(given, given)
    if level not in _LEVELS:
        raise SettingsError(f"LOG_LEVEL must be one of {', '.join(_LEVELS)}.")
    return level

"""CloudEvents 1.0 in Kafka's binary mode: attributes are headers, data is the value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CONTENT_TYPE: Final = "application/json"

_PREFIX: Final = "ce_"
_REQUIRED: Final = ("id", "source", "specversion", "type")
_ATTRIBUTES: Final = (*_REQUIRED, "subject", "time")

Headers = list[tuple[str, str | bytes | None]]


class NotACloudEvent(ValueError):
    """The headers are not those of a CloudEvent 1.0 with JSON data. The message has no values."""


@dataclass(frozen=True)
class CloudEvent:
    """An event's attributes and data. Extensions are the attributes outside the standard."""

    id: str
    type: str
    source: str
    subject: str | None
    time: str | None
    data: bytes
    extensions: Mapping[str, str] = field(default_factory=dict)

    @property
    def correlation_id(self) -> str | None:
        """The id of the original request."""
        return self.extensions.get("correlationid")


def read_cloud_event(headers: Headers, value: bytes | None) -> CloudEvent:
    """The event that a Kafka record carries."""
    texts = _texts(headers)
    attributes = {
        name.removeprefix(_PREFIX): text for name, text in texts.items() if name.startswith(_PREFIX)
    }
    for name in _REQUIRED:
        if not attributes.get(name):
            raise NotACloudEvent(f"header {_PREFIX}{name} is missing")
    if attributes["specversion"] != "1.0":
        raise NotACloudEvent(f"header {_PREFIX}specversion is not 1.0")
    media_type = texts.get("content-type", CONTENT_TYPE).split(";")[0].strip().lower()
    if media_type != CONTENT_TYPE:
        raise NotACloudEvent(f"header content-type is not {CONTENT_TYPE}")
    if value is None:
        raise NotACloudEvent("the record has no value")
    return CloudEvent(
        id=attributes["id"],
        type=attributes["type"],
        source=attributes["source"],
        subject=attributes.get("subject"),
        time=attributes.get("time"),
        data=value,
        extensions={name: text for name, text in attributes.items() if name not in _ATTRIBUTES},
    )


def headers_of(event: CloudEvent) -> Headers:
    """The Kafka headers of an event."""
    attributes = {
        "specversion": "1.0",
        "id": event.id,
        "type": event.type,
        "source": event.source,
        "subject": event.subject,
        "time": event.time,
        **event.extensions,
    }
    headers: Headers = [
        (_PREFIX + name, text.encode()) for name, text in attributes.items() if text is not None
    ]
    return [*headers, ("content-type", CONTENT_TYPE.encode())]


def _texts(headers: Headers) -> dict[str, str]:
    """The event's headers by name; where a name is repeated, its last value.

    Other headers are not ours and may hold any bytes.
    """
    texts: dict[str, str] = {}
    for name, value in headers:
        if not name.startswith(_PREFIX) and name != "content-type":
            continue
        try:
            texts[name] = value.decode() if isinstance(value, bytes) else value or ""
        except UnicodeDecodeError:
            raise NotACloudEvent(f"header {name!r} is not UTF-8") from None
    return texts

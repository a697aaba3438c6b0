"""The diary's events, validated on arrival."""

from typing import Annotated, Final
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from mood_service.messaging.cloud_event import CloudEvent

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 100_000

_ENTRY_STATES: Final = ("metachat.diary.EntryWritten", "metachat.diary.EntryEdited")


class UnreadableEvent(ValueError):
    """An event that should be analysed cannot be read. Names fields, never their values."""


class EntryState(BaseModel):
    """The current state of an entry, common to `EntryWritten` and `EntryEdited`.

    Other fields are ignored, so that the diary can add some.
    """

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        hide_input_in_errors=True,
    )

    user_id: UUID
    entry_id: UUID
    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    title: Annotated[str, Field(max_length=LONGEST_TITLE)] | None = None
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    written_at: AwareDatetime | None = None
    edited_at: AwareDatetime | None = None


def entry_state(event: CloudEvent) -> EntryState | None:
    """The entry to analyse; None for events about something else.

    An unknown version of these events is an error. If it were ignored, entries would have no
    analysis, and nobody would notice.
    """
    name, _, version = event.type.rpartition(".v")
    if name not in _ENTRY_STATES:
        return None
    if version != "1":
        raise UnreadableEvent(f"version {version!r} of {name} is not known")
    try:
        return EntryState.model_validate_json(event.data)
    except ValidationError as invalid:
        raise UnreadableEvent(_summary(invalid)) from None


def _summary(invalid: ValidationError) -> str:
    problems = invalid.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'value'}: {problem['type']}"
        for problem in problems[:5]
    )

"""What several tests share."""

from collections.abc import Iterator

import pytest

from mood_service.analysis.entry import EntryAnalyser
from mood_service.model.classifier import MoodModel
from tests.kafka import Broker, start_broker


@pytest.fixture(scope="session")
def model() -> MoodModel:
    return MoodModel.load()


@pytest.fixture(scope="session")
def analyser(model: MoodModel) -> EntryAnalyser:
    return EntryAnalyser(model)


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """The real Kafka, in its own JVM."""
    with start_broker() as started:
        yield started

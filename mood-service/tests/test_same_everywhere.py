"""A text has the same result on every processor, with any number of threads, beside any other."""

import json
import os
import subprocess
import sys
from typing import Any

import numpy as np
import onnxruntime
import pytest

from mood_service.analysis.entry import EntryAnalyser
from mood_service.model.classifier import MoodModel
from mood_service.model.encoder import Encoder
from mood_service.training.graph import read_weights, write_graph
from tests import reference
from tests.behaviour.cases import cases

TEXTS = [case.text for case in cases()][::11]
LONG = "I was glad that " + "it rained and that we stayed at home and " * 12 + "laughed."


@pytest.fixture(scope="module")
def encoder(model: MoodModel) -> Encoder:
    assert model.encoder is not None
    return model.encoder


@pytest.fixture(scope="module")
def tokens(model: MoodModel) -> list[tuple[str, ...]]:
    return [model.vocabulary.vectorise(text).tokens for text in [*TEXTS, LONG]]


def test_should_compute_what_plain_whole_numbers_come_to(
    encoder: Encoder, tokens: list[tuple[str, ...]]
) -> None:
    pieces = [encoder.pieces.ids_of(text) for text in tokens]
    plain = reference.logits(read_weights(encoder.graph), pieces)
    assert np.abs(encoder.logits(tokens) - plain).max() < 1e-4


def test_should_read_a_text_beside_others_as_it_reads_it_alone(
    model: MoodModel, encoder: Encoder, tokens: list[tuple[str, ...]]
) -> None:
    together = encoder.logits(tokens)
    alone = [encoder.logits([text])[0] for text in tokens]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, encoder.logits(tokens[::-1])[::-1])
    readings = model.read(TEXTS)
    for text, reading in zip(TEXTS, readings, strict=True):
        assert np.array_equal(reading.probabilities, model.read([text])[0].probabilities)


def test_should_tell_texts_apart(encoder: Encoder, tokens: list[tuple[str, ...]]) -> None:
    logits = encoder.logits(tokens)
    assert len(np.unique(logits, axis=0)) == len(tokens)
    assert logits.std(axis=0).min() > 0.1


@pytest.mark.parametrize("threads", [2, 4])
def test_should_compute_the_same_with_more_threads(
    encoder: Encoder, tokens: list[tuple[str, ...]], threads: int
) -> None:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        encoder.graph, options, providers=["CPUExecutionProvider"]
    )
    for text in tokens:
        pieces = np.array(encoder.pieces.ids_of(text), dtype=np.int64)
        [logits] = session.run(["logits"], {"pieces": pieces})
        assert np.array_equal(logits, encoder.logits([text]))


def test_should_add_up_the_linear_model_without_losing_a_digit(model: MoodModel) -> None:
    weights = model.weights
    for text in map(model.vocabulary.vectorise, TEXTS):
        values = text.values.astype(np.float64)
        columns = (values[:, None] * weights.table[text.ids]).T
        plain = [sum(sorted(column.tolist())) for column in columns]
        scores = np.array(plain) * weights.step + weights.bias
        assert np.abs(model.linear_logits([text])[0] - scores).max() < 1e-9


def test_should_analyse_alike_whatever_the_processor_offers(analyser: EntryAnalyser) -> None:
    """NumPy without vector instructions, another kernel of OpenBLAS, another order of sets."""
    environment = {
        **os.environ,
        "NPY_DISABLE_CPU_FEATURES": " ".join(_vector_instructions()),
        "OPENBLAS_CORETYPE": "Prescott",
        "OPENBLAS_NUM_THREADS": "3",
        "PYTHONHASHSEED": "7",
    }
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _ANALYSE],
        input=json.dumps(TEXTS),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(found.stdout) == [repr(analyser.analyse("A day", text)) for text in TEXTS]


def _vector_instructions() -> list[str]:
    """Those that NumPy found here and can do without."""
    settings: Any = np.show_config(mode="dicts")
    return list(settings["SIMD Extensions"].get("found", []))


_ANALYSE = """
import json, sys
from mood_service.analysis.entry import EntryAnalyser
from mood_service.model.classifier import MoodModel
analyser = EntryAnalyser(MoodModel.load())
print(json.dumps([repr(analyser.analyse("A day", text)) for text in json.load(sys.stdin)]))
"""


def test_should_ship_what_the_training_code_writes(encoder: Encoder) -> None:
    assert write_graph(read_weights(encoder.graph)) == encoder.graph

"""Training and measuring, on a small sample of the data."""

import json
from pathlib import Path

import numpy as np
import pytest

from mood_service import evaluate, train
from mood_service.evaluation.dataset import Dataset, DatasetError, check_labels, read_dataset
from mood_service.evaluation.fairness import LIMIT, fairness
from mood_service.evaluation.metrics import expected_calibration_error, score
from mood_service.model.classifier import ModelFileError, MoodModel
from mood_service.model.heads import COLUMN, EKMAN, HEADS, LABELS, PLUTCHIK, SENTIMENT
from mood_service.training.calibration import cross_fitted, fit_scaling, fit_threshold
from mood_service.training.packing import matrix, quantise, vectors
from mood_service.training.vocabulary import build_vocabulary, known_words

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model")
    assert train.main(["--data", str(DATA), "--out", str(out), "--linear-only"]) == 0
    return out


def test_should_train_a_model_that_reads_what_it_learnt(trained: Path) -> None:
    model = MoodModel.load(trained / "mood.npz")
    [thanks, plain] = model.read(["Thank you so much!", "The train leaves at nine."])
    gratitude = COLUMN[frozenset({"gratitude"})]
    assert thanks.probabilities[gratitude] > 3 * plain.probabilities[gratitude]


def test_should_report_what_was_measured(trained: Path) -> None:
    report = json.loads((trained / "report.json").read_text(encoding="utf-8"))
    assert report["modelVersion"] == MoodModel.load(trained / "mood.npz").version
    assert set(report["dev"]) == {"labels", "ekman", "sentiment", "plutchik"}
    assert report["texts"] == {"train": 600, "supplement": 3774, "dev": 200}
    assert 0 < report["dev"]["sentiment"]["macro_f1"] < 1


def test_should_train_the_same_model_again_and_use_what_was_kept(
    trained: Path, tmp_path: Path
) -> None:
    kept = sorted((trained / "heads").iterdir())
    assert len(kept) == len(HEADS)
    (tmp_path / "heads").mkdir()
    for file in kept[:-3]:  # as if the first training had been stopped
        (tmp_path / "heads" / file.name).write_bytes(file.read_bytes())
    assert train.main(["--data", str(DATA), "--out", str(tmp_path), "--linear-only"]) == 0
    again = MoodModel.load(tmp_path / "mood.npz")
    assert again.version == MoodModel.load(trained / "mood.npz").version
    assert sorted(file.name for file in (tmp_path / "heads").iterdir()) == [
        file.name for file in kept
    ]


def test_should_evaluate_any_file_of_the_format(
    trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--data", str(DATA / "dev.tsv"), "--model", str(trained / "mood.npz")]
    assert evaluate.main([*arguments, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"labels", "ekman", "sentiment", "msPerText", "modelVersion"}
    for grouping in ("labels", "ekman", "sentiment"):
        assert set(report[grouping]) == {"macroF1", "microF1", "ece", "perLabel"}
        for scores in report[grouping]["perLabel"].values():
            assert set(scores) == {"precision", "recall", "f1", "ece", "support"}
    assert list(report["labels"]["perLabel"]) == list(LABELS)
    assert list(report["ekman"]["perLabel"]) == list(EKMAN)
    assert list(report["sentiment"]["perLabel"]) == list(SENTIMENT)
    assert set(report["msPerText"]) == {"p50", "p99"}
    assert evaluate.main(arguments) == 0
    tables = capsys.readouterr().out
    assert "gratitude" in tables
    assert "women of the family" in tables


def test_should_say_what_is_wrong_with_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main(["--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert evaluate.main(["--data", str(tmp_path / "none.tsv")]) == 2
    assert "none.tsv" in capsys.readouterr().err
    (tmp_path / "labels.txt").write_text("joy\n")
    with pytest.raises(DatasetError):
        check_labels(tmp_path / "labels.txt")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("only text\n", "bad.tsv:1: expected"),
        ("text\tx\tid\n", "bad.tsv:1: label ids are not"),
        ("text\t28\tid\n", "bad.tsv:1: a label id"),
        ("fine\t1\tid\n\n\t\t\n", "bad.tsv:3: label ids are not"),
        ("caf\udce9\t1\tid\n", "bad.tsv: not UTF-8"),
        ("", "bad.tsv: no texts"),
    ],
)
def test_should_name_the_bad_line(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "bad.tsv"
    file.write_text(line, errors="surrogateescape")
    with pytest.raises(DatasetError, match=problem):
        read_dataset(file)


def test_should_refuse_weights_of_another_shape(tmp_path: Path, model: MoodModel) -> None:
    model.save(tmp_path / "mood.npz")
    assert MoodModel.load(tmp_path / "mood.npz").version == model.version
    (tmp_path / "other.npz").write_bytes(b"not weights")
    with pytest.raises(ModelFileError, match=r"other\.npz"):
        MoodModel.load(tmp_path / "other.npz")
    encoder = tmp_path / "encoder.onnx"
    encoder.write_bytes(encoder.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelFileError, match="not the encoder"):
        MoodModel.load(tmp_path / "mood.npz")
    with np.load(tmp_path / "mood.npz") as contents:
        changed = dict(contents)
    np.savez(tmp_path / "heads.npz", allow_pickle=False, **changed | {"heads": changed["idf"]})
    with pytest.raises(ModelFileError):
        MoodModel.load(tmp_path / "heads.npz")


def test_should_learn_which_words_are_names() -> None:
    texts = ["I met Priya", "so Priya said", "i like bread", "we like bread", "Bread", "Bread is"]
    assert {"like", "bread"} <= known_words(texts)
    assert "priya" not in known_words(texts)
    vocabulary = build_vocabulary(texts, 1, 1)
    assert vocabulary.vectorise("Priya").known_words == 1  # a name is no unknown word
    assert vocabulary.vectorise("zebras").known_words == 0


def test_should_group_labels_by_any_member() -> None:
    labels = np.zeros((2, len(LABELS)), dtype=np.bool_)
    labels[0, LABELS.index("annoyance")] = True
    groups = Dataset(["a", "b"], labels).groups(EKMAN.values())
    assert groups[0].tolist() == [True] + [False] * 6
    assert not groups[1].any()


def test_should_have_tables_of_known_labels_only() -> None:
    for table in (EKMAN, SENTIMENT, PLUTCHIK):
        assert all(members <= set(LABELS) for members in table.values())
    assert set().union(*EKMAN.values()) == set(LABELS)
    assert set().union(*PLUTCHIK.values()) == set(LABELS) - {"neutral"}


def test_should_not_be_moved_by_names_pronouns_kin_or_places(model: MoodModel) -> None:
    shifts = fairness(model)
    assert len(shifts) == 21
    assert max(shift.mean for shift in shifts) <= LIMIT
    assert max(abs(shift.worst) for shift in shifts) <= LIMIT


def test_should_score_what_was_said() -> None:
    truth = np.array([[1, 0], [1, 1], [0, 0], [0, 1]], dtype=np.bool_)
    said = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.bool_)
    scores = score(["a", "b"], truth, said, said.astype(np.float32))
    assert scores.per_label["a"].precision == 0.5
    assert scores.per_label["a"].recall == 0.5
    assert scores.per_label["b"].f1 == 1.0
    assert scores.macro_f1 == 0.75
    assert scores.micro_f1 == 0.75
    assert scores.per_label["a"].ece == 0.5
    assert scores.per_label["b"].support == 2


def test_should_measure_calibration() -> None:
    certain = np.full(100, 0.8)
    assert expected_calibration_error(np.arange(100) < 80, certain) == pytest.approx(0.0)
    assert expected_calibration_error(np.arange(100) < 50, certain) == pytest.approx(0.3)


def test_should_scale_scores_to_probabilities() -> None:
    random = np.random.default_rng(7)
    scores = random.normal(0.0, 2.0, 20_000)
    truth = random.random(20_000) < 1.0 / (1.0 + np.exp(-(0.5 * scores - 1.0)))
    noise = random.normal(0.0, 2.0, 20_000)
    both = np.stack([scores, noise], axis=1)
    scaling = fit_scaling(both, truth)
    assert scaling.slopes == pytest.approx((0.5, 0.0), abs=0.05)
    assert scaling.offset == pytest.approx(-1.0, abs=0.05)
    probabilities, said = cross_fitted(both, truth, folds=5, seed=1)
    assert expected_calibration_error(truth, probabilities) < 0.02
    assert said.mean() == pytest.approx(0.5, abs=0.2)


def test_should_put_the_threshold_where_f1_is_best() -> None:
    probabilities = np.tile([0.9, 0.6, 0.4, 0.1], 50)
    truth = np.tile([True, True, False, False], 50)
    assert fit_threshold(probabilities, truth, seed=1) == pytest.approx(0.5)


def test_should_keep_weights_to_within_a_step() -> None:
    table = np.random.default_rng(5).normal(size=(5_000, 3))
    whole, step = quantise(table, kept=1.0)
    assert np.abs(whole * step - table).max() <= step.max() * 0.51


def test_should_keep_each_column_of_a_matrix_to_within_half_a_step() -> None:
    weight = np.random.default_rng(5).normal(size=(500, 3)).astype(np.float32) * [1, 10, 100]
    kept = matrix(weight.astype(np.float32), np.zeros(3, dtype=np.float32))
    assert kept.whole.dtype == np.uint8
    assert np.abs(kept.whole.astype(np.float64) - 128).max(axis=0).tolist() == [127, 127, 127]
    gap = (kept.whole.astype(np.float64) - 128) * kept.step - weight
    assert (np.abs(gap) <= 0.501 * kept.step).all()


def test_should_keep_vectors_to_within_half_a_step_and_zero_exactly() -> None:
    table = np.random.default_rng(6).normal(1.0, 2.0, size=(50, 8)).astype(np.float32)
    table[0] = 0
    kept = vectors(table)
    back = (kept.whole.astype(np.float64) - kept.zero) * kept.step
    assert np.abs(back - table).max() <= 1.01 * kept.step
    assert not back[0].any()

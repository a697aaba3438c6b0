"""Measure the shipped model: `python -m mood_service.evaluate --data FILE [--json]`."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mood_service.evaluation.dataset import Dataset, DatasetError, read_dataset
from mood_service.evaluation.fairness import GroupShift, fairness
from mood_service.evaluation.metrics import Scores, score
from mood_service.evaluation.speed import milliseconds_per_text
from mood_service.model.classifier import SHIPPED, ModelFileError, MoodModel
from mood_service.model.heads import COLUMN, EKMAN, LABELS, PLUTCHIK, SENTIMENT

GROUPINGS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "labels": {label: frozenset({label}) for label in LABELS},
    "ekman": EKMAN,
    "sentiment": SENTIMENT,
    "plutchik": PLUTCHIK,
}

_IN_JSON = ("labels", "ekman", "sentiment")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    options = _parser().parse_args(arguments)
    try:
        dataset = read_dataset(options.data)
        model = MoodModel.load(options.model)
    except (OSError, DatasetError, ModelFileError) as problem:
        print(f"evaluate: {problem}", file=sys.stderr)
        return 2
    scores = evaluate(model, dataset)
    speed = milliseconds_per_text(model, dataset.texts)
    if options.json:
        report: dict[str, Any] = {name: _as_json(scores[name]) for name in _IN_JSON}
        report["msPerText"] = {"p50": round(speed.p50, 3), "p99": round(speed.p99, 3)}
        report["modelVersion"] = model.version
        print(json.dumps(report, indent=2))
    else:
        for name, part in scores.items():
            _print_table(name, part)
        _print_shifts(fairness(model))
        print(f"milliseconds per text: p50 {speed.p50:.2f}, p99 {speed.p99:.2f}")
        print(f"model: {model.version}")
    return 0


def evaluate(model: MoodModel, dataset: Dataset) -> dict[str, Scores]:
    """The scores of every grouping, with the thresholds that the model carries.

    Every text is read by itself, as an entry of one sentence is.
    """
    probabilities = np.stack([model.read([text])[0].probabilities for text in dataset.texts])
    said = probabilities >= model.weights.threshold
    scores: dict[str, Scores] = {}
    for name, sets in GROUPINGS.items():
        columns = [COLUMN[labels] for labels in sets.values()]
        scores[name] = score(
            list(sets), dataset.groups(sets.values()), said[:, columns], probabilities[:, columns]
        )
    return scores


def _as_json(scores: Scores) -> dict[str, Any]:
    return {
        "macroF1": round(scores.macro_f1, 4),
        "microF1": round(scores.micro_f1, 4),
        "ece": round(scores.ece, 4),
        "perLabel": {
            name: {
                "precision": round(label.precision, 4),
                "recall": round(label.recall, 4),
                "f1": round(label.f1, 4),
                "support": label.support,
                "ece": round(label.ece, 4),
            }
            for name, label in scores.per_label.items()
        },
    }


def _print_table(title: str, scores: Scores) -> None:
    print(f"{title:15} precision  recall      F1     ECE  support")
    for name, label in scores.per_label.items():
        print(
            f"  {name:15} {label.precision:7.3f} {label.recall:7.3f} {label.f1:7.3f}"
            f" {label.ece:7.3f} {label.support:8}"
        )
    print(
        f"  {'macro':15} {scores.macro_precision:7.3f} {scores.macro_recall:7.3f}"
        f" {scores.macro_f1:7.3f} {scores.ece:7.3f}"
    )
    print(
        f"  {'micro':15} {scores.micro_precision:7.3f} {scores.micro_recall:7.3f}"
        f" {scores.micro_f1:7.3f}\n"
    )


def _print_shifts(shifts: Sequence[GroupShift]) -> None:
    print(f"{'swapped':25} mean shift  most moved emotion")
    for shift in shifts:
        print(f"  {shift.group:25} {shift.mean:7.3f}  {shift.worst_emotion} {shift.worst:+.3f}")
    print()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mood_service.evaluate",
        description="Measure the mood model on a file of the GoEmotions format.",
    )
    parser.add_argument("--data", type=Path, required=True, help="text, label ids, comment id")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="default: the shipped weights")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())

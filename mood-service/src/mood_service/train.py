"""Train the mood model: `python -m mood_service.train --data DIR --out DIR`."""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mood_service.evaluate import GROUPINGS
from mood_service.evaluation.dataset import Dataset, DatasetError, check_labels, read_dataset
from mood_service.evaluation.metrics import score
from mood_service.model.classifier import MoodModel, Weights
from mood_service.model.heads import COLUMN, HEADS
from mood_service.training.calibration import cross_fitted, fit_scaling, fit_threshold
from mood_service.training.fitting import fit_heads
from mood_service.training.packing import quantise
from mood_service.training.supplement import with_supplement
from mood_service.training.vocabulary import as_matrix, build_vocabulary

Floats = npt.NDArray[np.float64]


def main(arguments: list[str] | None = None) -> int:
    """Train, calibrate, report."""
    options = _parser().parse_args(arguments)
    try:
        check_labels(options.data / "labels.txt")
        train = read_dataset(options.data / "train.tsv")
        dev = read_dataset(options.data / "dev.tsv")
    except (OSError, DatasetError) as problem:
        print(f"train: {problem}", file=sys.stderr)
        return 2
    started = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    model, report = train_model(train, dev, options)
    model.save(options.out / "mood.npz")
    report["seconds"] = round(time.monotonic() - started)
    report["bytes"] = (options.out / "mood.npz").stat().st_size
    (options.out / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for grouping in GROUPINGS:
        scores = report["dev"][grouping]
        print(
            f"{grouping:10} macro-F1 {scores['macro_f1']:.3f}  "
            f"micro-F1 {scores['micro_f1']:.3f}  ECE {scores['ece']:.3f}"
        )
    print(f"{model.version}: {report['bytes']:,} bytes in {report['seconds']} s")
    return 0


def train_model(
    train: Dataset, dev: Dataset, options: argparse.Namespace
) -> tuple[MoodModel, dict[str, Any]]:
    """The model, trained with the supplement, and what it reaches on dev.

    Scalings and thresholds are fitted on dev. The report's numbers are cross-fitted: each fifth
    of dev is scaled and decided by what the other four yield.
    """
    taught = with_supplement(train)
    vocabulary = build_vocabulary(taught.texts, options.min_word_texts, options.min_character_texts)
    matrix = as_matrix(vocabulary, taught.texts)
    fitted = fit_heads(
        matrix, taught.groups(HEADS), options.strength, options.seed, options.out / "heads"
    )
    columns = np.stack(list(_progress(fitted, len(HEADS))), axis=1)
    table, step = quantise(columns[:-1])
    ones = np.ones(len(HEADS), dtype=np.float32)
    weights = Weights(
        table=table,
        step=step,
        bias=columns[-1].astype(np.float32),
        slope=ones,
        offset=0 * ones,
        threshold=0.5 * ones,
    )
    scores = MoodModel(vocabulary, weights).logits(dev.texts).astype(np.float64)
    truth = dev.groups(HEADS)
    scalings = [fit_scaling(scores[:, head], truth[:, head]) for head in range(len(HEADS))]
    thresholds = [
        fit_threshold(scaling(scores[:, head]), truth[:, head], options.seed)
        for head, scaling in enumerate(scalings)
    ]
    calibrated = Weights(
        table=table,
        step=step,
        bias=weights.bias,
        slope=np.array([scaling.slope for scaling in scalings], dtype=np.float32),
        offset=np.array([scaling.offset for scaling in scalings], dtype=np.float32),
        threshold=np.array(thresholds, dtype=np.float32),
    )
    model = MoodModel(vocabulary, calibrated)
    crossed = [
        cross_fitted(scores[:, head], truth[:, head], folds=5, seed=options.seed)
        for head in range(len(HEADS))
    ]
    probabilities = np.stack([column for column, _ in crossed], axis=1).astype(np.float32)
    said = np.stack([column for _, column in crossed], axis=1)
    report: dict[str, Any] = {
        "modelVersion": model.version,
        "settings": {
            "seed": options.seed,
            "strength": options.strength,
            "minWordTexts": options.min_word_texts,
            "minCharacterTexts": options.min_character_texts,
        },
        "texts": {
            "train": len(train.texts),
            "supplement": len(taught.texts) - len(train.texts),
            "dev": len(dev.texts),
        },
        "features": {
            "words": len(vocabulary.word_features),
            "characters": len(vocabulary.character_features),
        },
        "dev": {},
    }
    for grouping, sets in GROUPINGS.items():
        chosen = [COLUMN[labels] for labels in sets.values()]
        report["dev"][grouping] = asdict(
            score(list(sets), truth[:, chosen], said[:, chosen], probabilities[:, chosen])
        )
    return model, report


def _progress(steps: Iterable[Floats], total: int) -> Iterator[Floats]:
    """Pass the steps through, with a bar on the terminal."""
    for done, step in enumerate(steps, start=1):
        filled = 30 * done // total
        end = "\n" if done == total else ""
        bar = f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total} heads"
        print(bar, end=end, file=sys.stderr, flush=True)
        yield step


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mood_service.train",
        description="Train the mood model on GoEmotions and write mood.npz and report.json.",
        epilog="A stopped training goes on where it was when it is run again with the same --out.",
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="directory of train.tsv, dev.tsv, labels.txt"
    )
    parser.add_argument("--out", type=Path, required=True, help="directory to write to")
    parser.add_argument("--seed", type=int, default=20, help="default %(default)s")
    parser.add_argument(
        "--strength",
        type=float,
        default=1.0,
        help="inverse regularisation (C) of every head, default %(default)s",
    )
    parser.add_argument(
        "--min-word-texts",
        type=int,
        default=2,
        help="keep word features seen in so many texts, default %(default)s",
    )
    parser.add_argument(
        "--min-character-texts",
        type=int,
        default=4,
        help="keep character features seen in so many texts, default %(default)s",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""Train the mood model: `python -m mood_service.train --data DIR --out DIR`."""

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mood_service.analysis.topics import TopicLexicon, write_learnt
from mood_service.evaluate import GROUPINGS
from mood_service.evaluation.dataset import Dataset, DatasetError, check_labels, read_dataset
from mood_service.evaluation.metrics import score
from mood_service.model.classifier import MoodModel, Weights
from mood_service.model.encoder import Encoder
from mood_service.model.heads import COLUMN, HEADS
from mood_service.model.vocabulary import SparseText, Vocabulary
from mood_service.training.calibration import cross_fitted, fit_scaling, fit_threshold
from mood_service.training.fitting import fit_heads
from mood_service.training.packing import quantise
from mood_service.training.supplement import with_supplement
from mood_service.training.vocabulary import as_matrix, build_vocabulary

Floats = npt.NDArray[np.float64]

FOLDS: Final = 5


@dataclass(frozen=True)
class Scores:
    """The scores of both models on dev, computed as in serving (rows: texts)."""

    linear: Floats
    encoder: Floats

    def of_head(self, head: int, models: tuple[str, ...]) -> Floats:
        """The scores of a head, a column for each model."""
        return np.stack([getattr(self, model)[:, head] for model in models], axis=1)


def main(arguments: list[str] | None = None) -> int:
    """Train, calibrate, report."""
    options = _parser().parse_args(arguments)
    try:
        check_labels(options.data / "labels.txt")
        train = read_dataset(options.data / "train.tsv")
        dev = read_dataset(options.data / "dev.tsv")
        options.out.mkdir(parents=True, exist_ok=True)
    except (OSError, DatasetError) as problem:
        print(f"train: {problem}", file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        model, report = train_model(train, dev, options)
        if not options.linear_only:
            report["topics"] = _teach_topics(train, options.out / "topics.tsv")
    except ModuleNotFoundError as missing:
        print(
            f"train: {missing.name} is not installed: mood-service/scripts/setup --train brings it;"
            " --linear-only does without",
            file=sys.stderr,
        )
        return 2
    model.save(options.out / "mood.npz")
    report["seconds"] = round(time.monotonic() - started)
    report["bytes"] = sum(
        file.stat().st_size for file in options.out.iterdir() if file.suffix in (".npz", ".onnx")
    )
    (options.out / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for name, macro in report["models"].items():
        print(f"{name:20} " + "  ".join(f"{part} {value:.3f}" for part, value in macro.items()))
    for grouping in GROUPINGS:
        scores = report["dev"][grouping]
        print(
            f"{grouping:20} macro-F1 {scores['macro_f1']:.3f}  "
            f"micro-F1 {scores['micro_f1']:.3f}  ECE {scores['ece']:.3f}"
        )
    print(f"{model.version}: {report['bytes']:,} bytes in {report['seconds']} s")
    return 0


def train_model(
    train: Dataset, dev: Dataset, options: argparse.Namespace
) -> tuple[MoodModel, dict[str, Any]]:
    """The model, trained with the supplement, and its scores on dev.

    Scalings and thresholds are fitted on dev. The report's numbers are cross-fitted: each fifth
    of dev is scaled and decided by what the other four yield.
    """
    taught = with_supplement(train)
    vocabulary = build_vocabulary(taught.texts, options.min_word_texts, options.min_character_texts)
    weights = _linear(vocabulary, taught, options)
    encoder = None if options.linear_only else _encoder(vocabulary, taught, options)
    raw = MoodModel(vocabulary, weights, encoder)
    scores = _scores(raw, [vocabulary.vectorise(text) for text in dev.texts])
    truth = dev.groups(HEADS)
    models = ("linear",) if encoder is None else ("linear", "encoder")
    model = MoodModel(vocabulary, _calibrated(weights, scores, truth, models, options), encoder)
    report: dict[str, Any] = {
        "modelVersion": model.version,
        "settings": {
            "seed": options.seed,
            "strength": options.strength,
            "minWordTexts": options.min_word_texts,
            "minCharacterTexts": options.min_character_texts,
            "epochs": 0 if encoder is None else options.epochs,
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
        "models": {
            name: {
                grouping: part["macro_f1"]
                for grouping, part in _measure(scores, truth, of, options.seed).items()
            }
            for name, of in _compared(models).items()
        },
        "dev": _measure(scores, truth, models, options.seed),
    }
    return model, report


def _linear(vocabulary: Vocabulary, taught: Dataset, options: argparse.Namespace) -> Weights:
    """The linear model, not yet scaled."""
    matrix = as_matrix(vocabulary, taught.texts)
    fitted = fit_heads(
        matrix, taught.groups(HEADS), options.strength, options.seed, options.out / "heads"
    )
    columns: list[Floats] = []
    for head in fitted:
        columns.append(head)
        _bar(len(columns), len(HEADS), "heads")
    heads = np.stack(columns, axis=1)
    table, step = quantise(heads[:-1])
    ones = np.ones(len(HEADS), dtype=np.float32)
    return Weights(
        table=table,
        step=step,
        bias=heads[-1].astype(np.float32),
        slope=ones,
        encoder_slope=ones,
        offset=0 * ones,
        threshold=0.5 * ones,
    )


def _encoder(vocabulary: Vocabulary, taught: Dataset, options: argparse.Namespace) -> Encoder:
    """The encoder, fine-tuned and quantised."""
    # Heavy, and needed for this alone.
    from mood_service.training.encoder import FineTuning
    from mood_service.training.finetuning import Recipe

    tuning = FineTuning(
        vocabulary,
        taught,
        Recipe(epochs=options.epochs, seed=options.seed),
        options.out / "encoder",
    )
    for step in tuning.steps():
        _bar(step.done, step.of, f"steps, loss {step.loss:.3f}")
    return tuning.quantised()


def _teach_topics(train: Dataset, file: Path) -> dict[str, Any]:
    """Learn the topics of unlisted words, write them, and report the scores on listed ones."""
    from mood_service.training.encoder import Embedder
    from mood_service.training.topics import teach

    embedder = Embedder()
    lesson = teach(TopicLexicon.listed(), train.texts, embedder.pieces.vocabulary, embedder)
    write_learnt(lesson.learnt, file)
    return {
        "learntWords": len(lesson.learnt),
        "heldOutWords": {
            "topTopicRight": lesson.top_topic_right,
            "precision": lesson.precision,
            "recall": lesson.recall,
        },
    }


def _scores(model: MoodModel, texts: list[SparseText]) -> Scores:
    return Scores(
        linear=model.linear_logits(texts),
        encoder=model.encoder_logits(texts).astype(np.float64),
    )


def _calibrated(
    weights: Weights,
    scores: Scores,
    truth: npt.NDArray[np.bool_],
    models: tuple[str, ...],
    options: argparse.Namespace,
) -> Weights:
    """The weights with scalings and thresholds fitted to all of dev."""
    columns = [scores.of_head(head, models) for head in range(len(HEADS))]
    scalings = [fit_scaling(column, truth[:, head]) for head, column in enumerate(columns)]
    thresholds = [
        fit_threshold(scaling(column), truth[:, head], options.seed)
        for head, (scaling, column) in enumerate(zip(scalings, columns, strict=True))
    ]
    slopes = np.zeros((2, len(HEADS)), dtype=np.float32)
    slopes[: len(models)] = np.array([scaling.slopes for scaling in scalings]).T
    return replace(
        weights,
        slope=slopes[0],
        encoder_slope=slopes[1],
        offset=np.array([scaling.offset for scaling in scalings], dtype=np.float32),
        threshold=np.array(thresholds, dtype=np.float32),
    )


def _measure(
    scores: Scores, truth: npt.NDArray[np.bool_], models: tuple[str, ...], seed: int
) -> dict[str, dict[str, Any]]:
    """The cross-fitted scores of a combination of models on dev, for every grouping."""
    crossed = [
        cross_fitted(scores.of_head(head, models), truth[:, head], FOLDS, seed)
        for head in range(len(HEADS))
    ]
    probabilities = np.stack([column for column, _ in crossed], axis=1).astype(np.float32)
    said = np.stack([column for _, column in crossed], axis=1)
    measured: dict[str, dict[str, Any]] = {}
    for grouping, sets in GROUPINGS.items():
        chosen = [COLUMN[labels] for labels in sets.values()]
        measured[grouping] = asdict(
            score(list(sets), truth[:, chosen], said[:, chosen], probabilities[:, chosen])
        )
    return measured


def _compared(models: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Each model by itself, and all together."""
    return {model: (model,) for model in models} | {" and ".join(models): models}


def _bar(done: int, total: int, what: str) -> None:
    """Show on the terminal how far something is."""
    filled = 30 * done // total
    end = "\n" if done == total else ""
    bar = f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total} {what} "
    print(bar, end=end, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mood_service.train",
        description="Train the mood model on GoEmotions and write mood.npz, encoder.onnx and"
        " report.json.",
        epilog="A stopped training resumes when it is run again with the same --out.",
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
    parser.add_argument(
        "--epochs",
        type=int,
        default=3,
        help="of fine-tuning the encoder, default %(default)s",
    )
    parser.add_argument(
        "--linear-only",
        action="store_true",
        help="train no encoder: minutes instead of most of an hour, and nothing but scikit-learn",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

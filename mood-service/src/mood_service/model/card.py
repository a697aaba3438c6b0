"""The model card in short; MODEL.md has it at length."""

import json
from pathlib import Path
from typing import Any, Final

from mood_service.model.classifier import MoodModel
from mood_service.model.heads import LABELS, PLUTCHIK

_REPORT: Final = Path(__file__).parent / "weights" / "report.json"


def model_card(model: MoodModel) -> dict[str, Any]:
    """The model's kind, training data, scores and limits, as `/model` returns them."""
    report = json.loads(_REPORT.read_text(encoding="utf-8"))
    return {
        "modelVersion": model.version,
        "kind": "logistic regressions on words and character sequences, one for each set of labels,"
        " and a fine-tuned MiniLM sentence encoder; a scaling for each set weighs the two",
        "data": "GoEmotions (Demszky et al. 2020, CC BY 4.0): trained on train, scaled on dev",
        "languages": ["en"],
        "labels": list(LABELS),
        "plutchik": {emotion: sorted(labels) for emotion, labels in PLUTCHIK.items()},
        "features": len(model.vocabulary),
        "dev": {
            grouping: {
                "macroF1": round(scores["macro_f1"], 4),
                "microF1": round(scores["micro_f1"], 4),
                "ece": round(scores["ece"], 4),
            }
            for grouping, scores in report["dev"].items()
        },
        "notFor": [
            "diagnosis, crisis detection or any decision about a person's health",
            "languages other than English",
            "judging people by single entries: it errs on irony and on what is left unsaid",
        ],
    }

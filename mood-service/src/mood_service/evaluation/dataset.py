"""Files of the GoEmotions format: text, label ids, comment id, tab-separated."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mood_service.model.heads import LABELS

Truth = npt.NDArray[np.bool_]


class DatasetError(ValueError):
    """A file is not of the expected format. The message names the line, never its text."""


@dataclass(frozen=True)
class Dataset:
    """Texts and, for each text, which of the 28 labels apply (rows: texts)."""

    texts: list[str]
    labels: Truth

    def groups(self, sets: Iterable[frozenset[str]]) -> Truth:
        """For each text and each set of labels: whether any label of the set applies."""
        index = {label: column for column, label in enumerate(LABELS)}
        columns = [[index[label] for label in sorted(group)] for group in sets]
        return np.stack([self.labels[:, members].any(axis=1) for members in columns], axis=1)


def read_dataset(file: Path) -> Dataset:
    """Read a file of the GoEmotions format."""
    texts: list[str] = []
    rows: list[list[int]] = []
    try:
        content = file.read_bytes().decode()
    except UnicodeDecodeError:
        raise DatasetError(f"{file.name}: not UTF-8") from None
    for number, line in enumerate(content.split("\n"), start=1):
        if line.rstrip("\r"):
            fields = line.rstrip("\r").split("\t")
            if len(fields) < 2:
                raise DatasetError(f"{file.name}:{number}: expected text and label ids")
            try:
                ids = [int(part) for part in fields[1].split(",")]
            except ValueError:
                raise DatasetError(f"{file.name}:{number}: label ids are not numbers") from None
            if not all(0 <= label < len(LABELS) for label in ids):
                raise DatasetError(f"{file.name}:{number}: a label id is out of range")
            texts.append(fields[0])
            rows.append(ids)
    if not texts:
        raise DatasetError(f"{file.name}: no texts")
    labels = np.zeros((len(texts), len(LABELS)), dtype=np.bool_)
    for row, ids in enumerate(rows):
        labels[row, ids] = True
    return Dataset(texts, labels)


def check_labels(file: Path) -> None:
    """Check that a `labels.txt` lists the labels in the order that the model was built for."""
    names = tuple(file.read_text(encoding="utf-8", errors="replace").split())
    if names != LABELS:
        raise DatasetError(f"{file.name}: the labels are not GoEmotions' 28 in their order")

"""Reading and judging the behavioural set, `sentences.tsv`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mood_service.analysis.entry import EMOTIONS, Analysis, EntryAnalyser

SENTENCES = Path(__file__).parent / "sentences.tsv"

_CLEAR = 0.15
_DIFFERENT = 0.05
_ALIKE = 0.15
_UNSURE = 0.3


@dataclass(frozen=True)
class Case:
    """A sentence, what is expected of it, and the sentence it is compared with."""

    line: int
    category: str
    expected: str
    text: str
    compared_with: str | None

    def holds(self, analyser: EntryAnalyser) -> bool:
        """Whether the analysis is as expected."""
        analysis = analyser.analyse("", self.text)
        if analysis.status != "analysed":
            return False
        match self.expected:
            case "+":
                return analysis.valence >= _CLEAR
            case "-":
                return analysis.valence <= -_CLEAR
            case "0":
                return analysis.dominant is None or analysis.confidence < _UNSURE
        if self.compared_with is not None:
            return self._compare(analysis, analyser.analyse("", self.compared_with))
        return _strongest(analysis) in self.expected.split("|")

    def _compare(self, analysis: Analysis, other: Analysis) -> bool:
        if self.expected == "=":
            pairs = zip(analysis.emotions, other.emotions, strict=True)
            return all(abs(here - there) <= _ALIKE for here, there in pairs)
        direction, name = self.expected[0], self.expected[1:]
        change = _value(analysis, name) - _value(other, name)
        return change >= _DIFFERENT if direction == ">" else change <= -_DIFFERENT


def cases() -> Iterator[Case]:
    """Every case of the set."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#"):
            category, expected, text, *rest = line.split("\t")
            yield Case(number, category, expected, text, rest[0] if rest else None)


def _strongest(analysis: Analysis) -> str:
    return EMOTIONS[max(range(len(EMOTIONS)), key=analysis.emotions.__getitem__)]


def _value(analysis: Analysis, name: str) -> float:
    if name == "valence":
        return analysis.valence
    if name == "arousal":
        return analysis.arousal
    return analysis.emotions[EMOTIONS.index(name)]

"""How many entries a second one process analyses: `python -m mood_service.benchmark`."""

import argparse
import os
import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Final

import numpy as np

from mood_service.analysis.entry import EntryAnalyser
from mood_service.model.classifier import MoodModel

_SENTENCES: Final = (
    "I woke up late and missed the bus to the office.",
    "My boss was in a terrible mood and shouted at everybody.",
    "At lunch I met an old friend and we laughed until we cried.",
    "I am worried about the exam because I have hardly slept.",
    "We cooked dinner together and the kitchen smelled wonderful.",
    "I don't know why, but I felt lonely on the way home.",
    "The doctor called to say that the results are fine, what a relief!",
    "I want to start running again when the weather is better.",
    "My sister forgot my birthday and it hurt more than I thought.",
    "The landlord wants more rent and I am so angry about it.",
    "I bought flowers for my grandmother and she was so happy.",
    "Tomorrow we leave for the mountains and I can't wait!",
)


def main(arguments: list[str] | None = None) -> int:
    """Analyse made-up entries and print the rate."""
    options = _parser().parse_args(arguments)
    entries = _entries(options.entries, options.words, options.seed)
    shares = [entries[number :: options.processes] for number in range(options.processes)]
    started = time.perf_counter()
    if options.processes == 1:
        measured = [_analyse(entries)]
    else:
        with ProcessPoolExecutor(options.processes) as pool:
            measured = list(pool.map(_analyse, shares))
    milliseconds = np.concatenate([times for times, _, _ in measured])
    rate = sum(len(times) / (times.sum() / 1000) for times, _, _ in measured)
    print(
        f"{len(entries)} entries of {options.words} words, {options.processes} process(es):"
        f" {rate:.0f} entries/s while analysing"
    )
    print(
        f"milliseconds per entry: p50 {np.percentile(milliseconds, 50):.1f},"
        f" p99 {np.percentile(milliseconds, 99):.1f}"
    )
    print(f"processor time per entry: {1000 * sum(m[1] for m in measured) / len(entries):.1f} ms")
    print(f"resident memory of a process: {max(m[2] for m in measured) // 1024} MB")
    print(f"everything, start included: {time.perf_counter() - started:.1f} s")
    return 0


def _analyse(entries: list[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], float, int]:
    """Milliseconds for each entry, processor seconds for all, and memory in KiB."""
    analyser = EntryAnalyser(MoodModel.load())
    for entry in entries[: len(entries) // 10]:
        analyser.analyse("", entry)
    spent = time.process_time()
    times = np.empty(len(entries))
    for index, entry in enumerate(entries):
        started = time.perf_counter()
        analyser.analyse("A day", entry)
        times[index] = 1000 * (time.perf_counter() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return times, time.process_time() - spent, memory


def _entries(count: int, words: int, seed: int) -> list[str]:
    chooser = random.Random(seed)  # noqa: S311
    entries: list[str] = []
    for _ in range(count):
        entry: list[str] = []
        while len(entry) < words:
            entry += chooser.choice(_SENTENCES).split()
        entries.append(" ".join(entry[:words]))
    return entries


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mood_service.benchmark",
        description="Analyse made-up diary entries as the service does and print the rate.",
    )
    parser.add_argument("--entries", type=int, default=500, help="default %(default)s")
    parser.add_argument("--words", type=int, default=100, help="of each; default %(default)s")
    parser.add_argument(
        "--processes",
        type=int,
        default=min(2, os.cpu_count() or 1),
        help="instances side by side; default %(default)s",
    )
    parser.add_argument("--seed", type=int, default=1, help="default %(default)s")
    return parser


if __name__ == "__main__":
    sys.exit(main())

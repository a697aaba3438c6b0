"""Fine-tunes the encoder on all heads at the same time. A stopped training resumes."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from mood_service.training.bert import BertWithHeads

Truth = npt.NDArray[np.bool_]

CHECKPOINT_EVERY: Final = 250
_POOL: Final = 64
"""The texts of this many batches are sorted by length before they are cut, to save padding."""


@dataclass(frozen=True)
class Recipe:
    """How to fine-tune."""

    epochs: int = 3
    batch: int = 32
    rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.06
    seed: int = 20

    def steps(self, texts: int) -> int:
        """How many steps so many texts take."""
        return self.epochs * math.ceil(texts / self.batch)


@dataclass(frozen=True)
class Step:
    """How far the training is."""

    done: int
    of: int
    loss: float


def finetune(
    encoder: BertWithHeads,
    texts: Sequence[list[int]],
    truth: Truth,
    recipe: Recipe,
    directory: Path,
) -> Iterator[Step]:
    """Train the encoder in place, step by step.

    A checkpoint is written to `directory` every `CHECKPOINT_EVERY` steps. It is used only for
    the same texts, labels and recipe.
    """
    directory.mkdir(parents=True, exist_ok=True)
    checkpoint = directory / f"encoder-{_fingerprint(texts, truth, recipe)}.pt"
    per_epoch = math.ceil(len(texts) / recipe.batch)
    total = recipe.steps(len(texts))
    optimiser = _optimiser(encoder, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: _slope(step, total, recipe.warm_up)
    )
    torch.manual_seed(recipe.seed)
    first = 0
    if checkpoint.exists():
        first = _resume(checkpoint, encoder, optimiser, schedule)
    targets = torch.from_numpy(truth.astype(np.float32))
    encoder.train()
    mean_loss = math.nan
    for epoch in range(first // per_epoch, recipe.epochs):
        batches = _batches([len(text) for text in texts], recipe, epoch)
        for number, rows in enumerate(batches, start=epoch * per_epoch):
            if number < first:
                continue
            loss = _loss(encoder, [texts[row] for row in rows], targets[rows])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done = number + 1
            latest = float(loss.detach())
            mean_loss = latest if math.isnan(mean_loss) else 0.99 * mean_loss + 0.01 * latest
            if done % CHECKPOINT_EVERY == 0 or done == total:
                _keep(checkpoint, done, encoder, optimiser, schedule)
            yield Step(done, total, mean_loss)
    encoder.eval()


def padded(texts: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """Piece ids in rows of equal length, and where they are."""
    longest = max(len(text) for text in texts)
    pieces = torch.zeros((len(texts), longest), dtype=torch.int64)
    present = torch.zeros((len(texts), longest), dtype=torch.bool)
    for row, text in enumerate(texts):
        pieces[row, : len(text)] = torch.tensor(text)
        present[row, : len(text)] = True
    return pieces, present


def half_precision() -> torch.autocast:
    """Multiply in bfloat16 where the processor can, which halves the time."""
    able = bool(torch.cpu.get_capabilities().get("avx512_bf16", False))
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=able)


def _loss(encoder: BertWithHeads, texts: Sequence[list[int]], target: Tensor) -> Tensor:
    with half_precision():
        logits = encoder(*padded(texts))
    return functional.binary_cross_entropy_with_logits(logits.float(), target)


def _batches(lengths: Sequence[int], recipe: Recipe, epoch: int) -> Iterator[npt.NDArray[np.int64]]:
    """Every text once, in batches of like length, in an order of the epoch's own."""
    random = np.random.default_rng([recipe.seed, epoch])
    order = random.permutation(len(lengths))
    batches: list[npt.NDArray[np.int64]] = []
    size = np.asarray(lengths)
    for start in range(0, len(order), _POOL * recipe.batch):
        pool = order[start : start + _POOL * recipe.batch]
        pool = pool[np.argsort(size[pool], kind="stable")]
        batches += [pool[at : at + recipe.batch] for at in range(0, len(pool), recipe.batch)]
    for index in random.permutation(len(batches)):
        yield batches[index]


def _optimiser(encoder: BertWithHeads, recipe: Recipe) -> torch.optim.Optimizer:
    heads = list(encoder.heads.parameters())
    of_heads = {id(parameter) for parameter in heads}
    body = [parameter for parameter in encoder.parameters() if id(parameter) not in of_heads]
    return torch.optim.AdamW(
        [
            {"params": [p for p in body if p.ndim > 1], "weight_decay": recipe.decay},
            {"params": [p for p in body if p.ndim <= 1], "weight_decay": 0.0},
            {"params": heads, "lr": recipe.head_rate, "weight_decay": 0.0},
        ],
        lr=recipe.rate,
        fused=True,
    )


def _slope(step: int, total: int, warm_up: float) -> float:
    """Up to the full rate, then down to nothing."""
    rising = max(1, int(warm_up * total))
    return step / rising if step < rising else max(0.0, (total - step) / (total - rising))


def _keep(
    checkpoint: Path,
    done: int,
    encoder: BertWithHeads,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    written = checkpoint.with_suffix(".part")
    torch.save(
        {
            "done": done,
            "encoder": encoder.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "random": torch.get_rng_state(),
        },
        written,
    )
    written.replace(checkpoint)


def _resume(
    checkpoint: Path,
    encoder: BertWithHeads,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    kept = torch.load(checkpoint, weights_only=True)
    encoder.load_state_dict(kept["encoder"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    torch.set_rng_state(kept["random"])
    return int(kept["done"])


def _fingerprint(texts: Sequence[list[int]], truth: Truth, recipe: Recipe) -> str:
    digest = hashlib.sha256(f"{recipe}".encode())
    for text in texts:
        digest.update(np.asarray(text, dtype=np.int32).tobytes())
    digest.update(np.ascontiguousarray(truth).tobytes())
    return digest.hexdigest()[:12]

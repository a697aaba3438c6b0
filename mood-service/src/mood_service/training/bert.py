"""A BERT encoder (J. Devlin et al. 2019) with the heads of the mood model, for training."""

import json
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

_DROPOUT: Final = 0.1


class Layer(nn.Module):  # type: ignore[misc,unused-ignore]
    """Self-attention and a feed-forward network, each added to its input and normalised."""

    def __init__(self, width: int, inner: int, parts: int, epsilon: float) -> None:
        super().__init__()
        self.parts: Final = parts
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=epsilon)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, eps=epsilon)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """State: texts, pieces, width. Mask: added to the attention of each text's pieces."""
        texts, pieces, width = state.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(texts, pieces, self.parts, width // self.parts).transpose(1, 2)

        attended = functional.scaled_dot_product_attention(
            split(self.query(state)),
            split(self.key(state)),
            split(self.value(state)),
            attn_mask=mask,
            dropout_p=_DROPOUT if self.training else 0.0,
        )
        merged = self.attended(attended.transpose(1, 2).reshape(texts, pieces, width))
        state = self.attended_norm(state + self._drop(merged))
        inner = functional.gelu(self.widen(state))
        return self.output_norm(state + self._drop(self.narrow(inner)))

    def _drop(self, state: Tensor) -> Tensor:
        return functional.dropout(state, _DROPOUT, self.training)


class BertWithHeads(nn.Module):  # type: ignore[misc,unused-ignore]
    """Word pieces to the logits of the heads, by the mean of the last layer's states."""

    def __init__(self, directory: Path, heads: int) -> None:
        super().__init__()
        settings = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        width, epsilon = settings["hidden_size"], settings["layer_norm_eps"]
        self.width: Final[int] = width
        self.words = nn.Embedding(settings["vocab_size"], width)
        self.positions = nn.Embedding(settings["max_position_embeddings"], width)
        self.embedded_norm = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(
            Layer(width, settings["intermediate_size"], settings["num_attention_heads"], epsilon)
            for _ in range(settings["num_hidden_layers"])
        )
        self.heads = nn.Linear(width, heads)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)
        self._take(load_file(directory / "model.safetensors"))

    def forward(self, pieces: Tensor, present: Tensor) -> Tensor:
        """Rows of piece ids, padded; `present` is true where a piece is."""
        pooled = functional.dropout(self.pooled(pieces, present), _DROPOUT, self.training)
        logits: Tensor = self.heads(pooled)
        return logits

    def pooled(self, pieces: Tensor, present: Tensor) -> Tensor:
        """The mean state of each text: its embedding."""
        where = torch.arange(pieces.shape[1])
        state = self.embedded_norm(self.words(pieces) + self.positions(where))
        state = functional.dropout(state, _DROPOUT, self.training)
        mask = torch.zeros(present.shape).masked_fill(~present, -1e4)[:, None, None, :]
        for layer in self.layers:
            state = layer(state, mask.to(state.dtype))
        share = present / present.sum(dim=1, keepdim=True)
        return torch.einsum("tpw,tp->tw", state.float(), share)

    def _take(self, weights: dict[str, Tensor]) -> None:
        """The pre-trained weights by their published names."""
        own: dict[str, Tensor] = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            # There is one kind of segment, so its vector is added to the positions once.
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "heads.weight": self.heads.weight,
            "heads.bias": self.heads.bias,
        }
        names = {"embedded_norm": "embeddings.LayerNorm"}
        for index in range(len(self.layers)):
            layer = f"encoder.layer.{index}"
            names |= {
                f"layers.{index}.query": f"{layer}.attention.self.query",
                f"layers.{index}.key": f"{layer}.attention.self.key",
                f"layers.{index}.value": f"{layer}.attention.self.value",
                f"layers.{index}.attended": f"{layer}.attention.output.dense",
                f"layers.{index}.attended_norm": f"{layer}.attention.output.LayerNorm",
                f"layers.{index}.widen": f"{layer}.intermediate.dense",
                f"layers.{index}.narrow": f"{layer}.output.dense",
                f"layers.{index}.output_norm": f"{layer}.output.LayerNorm",
            }
        for name, published in names.items():
            own |= {f"{name}.{part}": weights[f"{published}.{part}"] for part in ("weight", "bias")}
        self.load_state_dict(own)

"""The fine-tuned encoder with one byte for each weight of its matrices and vectors."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from mood_service.training.bert import BertWithHeads, Layer
from mood_service.training.graph import write_graph
from mood_service.training.packing import matrix, vectors
from mood_service.training.weights import EncoderBytes, LayerBytes, Norm

Floats = npt.NDArray[np.float32]


def export(encoder: BertWithHeads, file: Path) -> None:
    """Write the encoder as the graph that is served."""
    file.write_bytes(write_graph(_packed(encoder)))


def _packed(encoder: BertWithHeads) -> EncoderBytes:
    return EncoderBytes(
        parts=encoder.layers[0].parts,
        words=vectors(_array(encoder.words.weight)),
        positions=vectors(_array(encoder.positions.weight)),
        embedded=_norm(encoder.embedded_norm),
        layers=[_layer(layer) for layer in encoder.layers],
        heads=matrix(_array(encoder.heads.weight.T), _array(encoder.heads.bias)),
    )


def _layer(layer: Layer) -> LayerBytes:
    # Scaling the queries here is scaling the scores there.
    scale = (layer.query.in_features // layer.parts) ** -0.5
    weight = torch.cat([layer.query.weight * scale, layer.key.weight, layer.value.weight])
    bias = torch.cat([layer.query.bias * scale, layer.key.bias, layer.value.bias])
    return LayerBytes(
        attend=matrix(_array(weight.T), _array(bias)),
        merge=matrix(_array(layer.attended.weight.T), _array(layer.attended.bias)),
        attended=_norm(layer.attended_norm),
        widen=matrix(_array(layer.widen.weight.T), _array(layer.widen.bias)),
        narrow=matrix(_array(layer.narrow.weight.T), _array(layer.narrow.bias)),
        output=_norm(layer.output_norm),
    )


def _norm(norm: torch.nn.LayerNorm) -> Norm:
    return Norm(scale=_array(norm.weight), shift=_array(norm.bias))


def _array(tensor: torch.Tensor) -> Floats:
    return np.asarray(tensor.detach().float().contiguous().numpy())

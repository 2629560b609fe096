"""Loops over arrays: plain Python for few rows, machine code by numba for many.

Both run the same function, so that the plain one proves the other. Numba is imported late: help and
small logs do without it, and it takes longer to load than they take to measure.
"""

import sys
from collections.abc import Callable
from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPILED_FROM = 200_000
"""Rows of a log, or entries of an array, from which loading numba pays; all calls use it then."""
_TYPES: Final = {"i": np.int64, "j": np.int32, "c": np.uint8, "b": np.bool_, "f": np.float64}
"""By letter of a parameter the type of its array; a capital is an array that is written to."""
_NUMBER: Final = "n"
"""The letter of a parameter that is one whole number."""


def is_loaded() -> bool:
    """Whether numba is there already."""
    return "numba" in sys.modules


def prepare(rows: int) -> None:
    """Load numba for so many rows, which may come in batches too short to load it.

    Most of it comes with the first function that it compiles.
    """
    if rows >= COMPILED_FROM:
        _ = _FIRST.compiled


def pays(*arrays: "NDArray[Any]") -> bool:
    """Whether a loop over these arrays runs compiled."""
    return max(map(len, arrays)) >= COMPILED_FROM or is_loaded()


class Kernel:
    """A function of one-dimensional arrays and whole numbers, compiled for large ones.

    It uses loops, indices, whole numbers of 64 bits and differences of fractions only, and writes
    what it finds into arrays that it is given; so it means the same in both ways.

    Attributes:
        plain: The function itself.
    """

    def __init__(self, function: Callable[..., Any], parameters: str) -> None:
        self.plain = function
        self._parameters = parameters
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - as the function has them
        """Call it. Arrays that are only read are converted; one that is written to must fit.

        Raises:
            TypeError: An array that is written to has another type, or cannot be written to.
        """
        given = [_fitting(a, p) for a, p in zip(arguments, self._parameters, strict=True)]
        if pays(*(a for a in given if isinstance(a, np.ndarray))):
            return self.compiled(*given)
        # Single entries of a view come as Python's own numbers, which is several times faster.
        return self.plain(*(memoryview(a.data) if isinstance(a, np.ndarray) else a for a in given))

    @cached_property
    def compiled(self) -> Callable[..., Any]:
        """The function as machine code, from numba's cache where that holds it."""
        import numba  # noqa: PLC0415 - see above

        signature = tuple(_numba_type(numba.types, letter) for letter in self._parameters)
        try:
            made = numba.njit(signature, cache=True, nogil=True)(self.plain)
        except RuntimeError:  # no place where a cache may be kept
            made = numba.njit(signature, nogil=True)(self.plain)
        return made


def _nothing(number: int) -> int:
    """What numba is loaded with."""
    return number


_FIRST: Final = Kernel(_nothing, _NUMBER)


def kernel(parameters: str) -> Callable[[Callable[..., Any]], Kernel]:
    """Make a function a `Kernel`.

    Args:
        parameters: One letter for each: n is a number; i, j, c, b and f are arrays of 64-bit
            and 32-bit whole numbers, of bytes, of flags and of fractions, in capitals where the
            function writes to them.
    """
    return lambda function: Kernel(function, parameters)


def _fitting(argument: Any, letter: str) -> Any:  # noqa: ANN401 - an array or a number
    if letter == _NUMBER:
        return int(argument)
    kind = _TYPES[letter.lower()]
    if letter.islower():
        return np.ascontiguousarray(argument, dtype=kind)
    array: NDArray[Any] = argument
    if array.dtype != kind or not array.flags.c_contiguous or not array.flags.writeable:
        raise TypeError(f"an array of {kind.__name__} that can be written to is needed")
    return array


def _numba_type(types: Any, letter: str) -> Any:  # noqa: ANN401 - numba's types are not typed
    if letter == _NUMBER:
        return types.int64
    kind = np.dtype(_TYPES[letter.lower()]).name
    entry = types.boolean if letter in "bB" else getattr(types, kind)
    return types.Array(entry, 1, "C", readonly=letter.islower())

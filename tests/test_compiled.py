"""Loops run as Python and as machine code: the same answers, and clear errors."""

import subprocess
import sys

import numpy as np
import pytest

from resume_gap import compiled
from resume_gap.compiled import Kernel, kernel


@kernel("ibnI")
def _capped(values, counted, most, out):
    """Add up what counts, write each value at most as large as asked."""
    total = 0
    for i in range(len(values)):
        out[i] = min(values[i], most)
        if counted[i]:
            total += values[i]
    return total


VALUES = np.array([3, -5, 9, 1 << 40])
COUNTED = np.array([True, False, True, True])


def test_both_ways_find_the_same() -> None:
    plain, machine = np.empty(4, dtype=np.int64), np.empty(4, dtype=np.int64)
    expected = 12 + (1 << 40)
    assert _capped.plain(VALUES, COUNTED, 5, plain) == expected
    assert _capped.compiled(VALUES, COUNTED, 5, machine) == expected
    assert plain.tolist() == machine.tolist() == [3, -5, 5, 5]


def test_small_arrays_do_without_numba_unless_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = []
    watched = Kernel(lambda values: ways.append(type(values)), "i")
    monkeypatch.setattr(compiled, "COMPILED_FROM", 5)
    monkeypatch.setattr(compiled, "is_loaded", lambda: False)
    monkeypatch.setattr(Kernel, "compiled", lambda _, values: ways.append(type(values)))
    watched(np.arange(4))
    watched(np.arange(5))
    monkeypatch.setattr(compiled, "is_loaded", lambda: True)
    watched(np.arange(1))
    assert ways == [memoryview, np.ndarray, np.ndarray]


def test_numba_is_loaded_for_many_rows_whatever_their_batches() -> None:
    """In another process, as this one may have it."""
    script = """
from resume_gap import compiled
for rows in (compiled.COMPILED_FROM - 1, compiled.COMPILED_FROM):
    compiled.prepare(rows)
    print(compiled.is_loaded())
"""
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.split() == ["False", "True"]


def test_what_is_read_is_converted() -> None:
    out = np.empty(2, dtype=np.int64)
    read_only = np.array([7, 0, 8], dtype=np.int32)[::2]
    read_only.flags.writeable = False
    assert _capped(read_only, np.array([1, 0]), np.int32(9), out) == 7
    assert out.tolist() == [7, 8]


@pytest.mark.parametrize(
    "out", [np.empty(4, dtype=np.int32), np.empty(8, dtype=np.int64)[::2], np.frombuffer(bytes(32))]
)
def test_what_is_written_to_must_fit(out: np.ndarray) -> None:
    with pytest.raises(TypeError, match="int64 that can be written to"):
        _capped(VALUES, COUNTED, 5, out)


def test_without_a_place_for_the_cache_it_compiles_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    given, asked = numba.njit, []

    def njit(*arguments: object, **options: object) -> object:
        asked.append("cache" in options)
        if asked[-1]:
            raise RuntimeError("cannot cache function: no locator available")
        return given(*arguments, **options)

    monkeypatch.setattr(numba, "njit", njit)
    made = Kernel(_capped.plain, "ibnI")
    assert made.compiled(VALUES, COUNTED, 5, np.empty(4, dtype=np.int64)) == 12 + (1 << 40)
    assert asked == [True, False]

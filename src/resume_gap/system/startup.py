"""What the process of a command does without, so that it starts and ends sooner.

Only the command line does this: a process that imports the package may need all of it.
"""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Final

from resume_gap.errors import UsageError

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_NEW_OBJECTS: Final = 1_000_000
"""How many objects come up between two searches for unused cycles, of which a run makes few.

More than all modules together have, so that no search looks at these.
"""
_NO_DOCSTRINGS: Final = 2
"""Of Python's levels of optimization."""
_ONE_THREAD: Final = "OPENBLAS_NUM_THREADS"
_MEMORY: Final = {
    "_RJEM_MALLOC_CONF": "background_thread:false,dirty_decay_ms:10000,muzzy_decay_ms:0",
    "DUCKDB_JE_MALLOC_CONF": "muzzy_decay_ms:0",
    "MIMALLOC_PURGE_DELAY": "20000",
    "MIMALLOC_ALLOW_THP": "0",
    "NUMPY_MADVISE_HUGEPAGE": "0",
}
"""By variable of Polars, of the database, of Arrow and of NumPy what their memory is asked for.

They keep what is free for some time, and then give it back at once, not in two steps. They ask for
no huge pages: each takes 2 MB, however little of an array is used, and the system longer to find.
"""
_HEAP: Final = {
    "MALLOC_ARENA_MAX": (-8, 1),
    "MALLOC_MMAP_THRESHOLD_": (-3, 2**25),
    "MALLOC_TRIM_THRESHOLD_": (-1, 2**25),
    "MALLOC_TOP_PAD_": (-2, 2**24),
}
"""By variable with which a user asks for it what `mallopt` of GNU's C library is asked for.

One heap, arrays of up to 32 MB in it, growing by 16 MB, of which 32 MB may lie unused at its end.
"""


def begin() -> None:
    """Before anything is loaded: fewer searches for unused cycles, and fewer threads.

    Python would search all of its objects hundreds of times while modules are loaded. NumPy would
    start a thread for each core; what is multiplied here is small. The libraries would give memory
    back all the time, which stops all threads, as all cores have to forget where it was, and takes
    new pages soon after.
    """
    _Process.is_ours = True
    _fill_standard_streams()
    gc.set_threshold(_NEW_OBJECTS)
    os.environ.setdefault(_ONE_THREAD, "1")
    for variable, value in _MEMORY.items():
        os.environ.setdefault(variable, value)


def _fill_standard_streams() -> None:
    """Have nothing that is opened later take the number of a standard stream that is closed.

    What a library prints for people would be written into it. Python has no such stream all the
    same, so that what is printed there is known to be lost.
    """
    with suppress(OSError):
        while (free := os.open(os.devnull, os.O_RDWR)) <= 2:
            os.set_inheritable(free, True)
        os.close(free)


def end() -> None:
    """Before the process ends: no search, which would look at all objects three times more.

    It frees nothing that the end of the process does not.
    """
    gc.freeze()


def with_one_heap() -> None:
    """Have all threads take arrays from the same heap, where the C library is GNU's.

    What one thread gave back is then taken by the next. With a heap for each, as is usual, and with
    memory of its own for each large array, new pages come from the system again and again, and for
    each change all cores have to stop. Whoever sets something else in the environment gets it.
    """
    if sys.platform != "linux":
        return
    from ctypes import CDLL  # noqa: PLC0415 - NumPy loads it anyway, help does without

    with suppress(AttributeError):  # another C library
        for variable, (option, value) in _HEAP.items():
            if variable not in os.environ:
                CDLL(None).mallopt(option, value)


def without_pandas() -> None:
    """Have Arrow not find pandas, which it would load with its first array, where there is one.

    No array of ours has to do with pandas, and loading it takes longer than a small log.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy

    with _found_by(_Missing("pandas")):
        # Arrow looks for it once.
        pa.array(())


@contextmanager
def without_matrices() -> Iterator[None]:
    """Have numba, where it is loaded in the block, not find the products of matrices of SciPy.

    It would load all that SciPy has for matrices to know whether loops may multiply some; ours do
    not. Whatever else wants it finds it after the block, and in a process that is not ours, always.
    """
    with _found_by(_Missing("scipy.linalg")) if _Process.is_ours else nullcontext():
        yield


@contextmanager
def with_datasets_later() -> Iterator[None]:
    """Have Altair, where it is loaded in the block, load its example data once somebody uses it.

    It would load what reads them from the network, which no report does.
    """
    with _found_by(_Later("altair.datasets")) if _Process.is_ours else nullcontext():
        yield


def refuse_without_docstrings() -> None:
    """Refuse to draw without docstrings, which Altair copies while it is loaded.

    Raises:
        UsageError: Python leaves them out.
    """
    if sys.flags.optimize >= _NO_DOCSTRINGS:
        raise UsageError(
            "Python leaves out docstrings (-OO, or PYTHONOPTIMIZE=2), without which Altair draws"
            " no chart; run it without, or with PYTHONOPTIMIZE=1"
        )


class _Process:
    """What is known of this process."""

    is_ours = False
    """Whether it began as a command."""


@contextmanager
def _found_by(finder: "_Missing") -> Iterator[None]:
    """Have a module that is not there yet found by this alone."""
    if finder.module in sys.modules:
        yield
        return
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Missing:
    """Finds nothing, and says of one module that it is not there."""

    def __init__(self, module: str) -> None:
        self.module = module

    def find_spec(
        self, name: str, path: Sequence[str] | None, _: "ModuleType | None" = None
    ) -> "ModuleSpec | None":
        return self._found(name, path) if name == self.module else None

    def _found(self, name: str, _: Sequence[str] | None) -> "ModuleSpec | None":
        raise ModuleNotFoundError(name)


class _Later(_Missing):
    """Finds one module, which is loaded when something of it is asked for."""

    def _found(self, name: str, path: Sequence[str] | None) -> "ModuleSpec | None":
        from importlib.machinery import PathFinder  # noqa: PLC0415 - not for every process
        from importlib.util import LazyLoader  # noqa: PLC0415

        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec

"""`python -m resume_gap` is the command itself."""

import gc
from typing import Final

from resume_gap.system import signals

_NEW_OBJECTS: Final = 50_000
"""How many objects come up between two searches for unused cycles; a run makes few of them."""


def main() -> None:
    """Run the command; signals count from here on, also while modules are loaded.

    Python would search all of its objects for cycles hundreds of times while modules are loaded,
    and three times more before it ends: a tenth of a second each, which frees nothing that the
    end of the process does not.
    """
    gc.set_threshold(_NEW_OBJECTS)
    try:
        with signals.caught(last=True):
            from resume_gap.cli import run  # noqa: PLC0415

            run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()

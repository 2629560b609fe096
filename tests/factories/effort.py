"""How much a test draws: enough to trust in `pytest`, much more in `pytest --full`."""

import os
from typing import Final

FULL: Final = bool(os.environ.get("RESUME_GAP_FULL"))
"""Whether `--full` was given; set by `conftest.py` before a module is collected."""


def effort(short: int, full: int) -> int:
    """The number of examples, logs or draws for this run."""
    return full if FULL else short


def random_logs(*, short: int, full: int) -> int:
    """How many random logs are compared with a reference; `RESUME_GAP_LOGS` says otherwise."""
    return int(os.environ.get("RESUME_GAP_LOGS", effort(short, full)))

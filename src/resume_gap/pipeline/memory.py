"""The memory that a run may use."""

import os

from resume_gap.options.numbers import size_bytes


def memory_bytes(memory_limit: str | None) -> int:
    """What a run may use: the limit that was given, else the memory of the machine."""
    if memory_limit is not None:
        return size_bytes(memory_limit)
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

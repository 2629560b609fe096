"""The memory that a run may use."""

import os

import duckdb

from resume_gap.options.numbers import size_bytes
from resume_gap.sources.sandbox import usual_memory_limit


def memory_bytes(memory_limit: str | None) -> int:
    """What a run may use: the limit that was given, else the memory of the machine."""
    if memory_limit is not None:
        return size_bytes(memory_limit)
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def database_bytes(memory_limit: str | None) -> int:
    """What its database may use: the limit that was given, else the usual one."""
    if memory_limit is not None:
        return size_bytes(memory_limit)
    with duckdb.connect() as con:
        return size_bytes(usual_memory_limit(con))

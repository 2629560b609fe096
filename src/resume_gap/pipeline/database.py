"""The connection all SQL of a run goes through."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb

from resume_gap.constants import MEMORY
from resume_gap.options.numbers import size_bytes
from resume_gap.sources.sandbox import open_sandbox

DEFAULT_MEMORY_BYTES = round(MEMORY.value * 1e9)
"""Ten million events stay under 2.5 GiB for the whole process; Python needs the rest."""
_UNITS = {"bytes": 1, "byte": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


def connect(
    *,
    allowed_paths: Sequence[Path],
    spill: Path | None,
    memory_limit: str | None,
    threads: int | None,
    temp_limit: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """An in-memory database that reads the inputs, spills into one folder, and no more.

    Args:
        allowed_paths: The files of the source (`Source.paths`).
        spill: Existing folder for what does not fit into memory; None: nothing may spill.
        memory_limit: `2GB`, `512MB`; None: 2 GB, or less on a small machine.
        threads: None: one per core.
        temp_limit: Bytes that may spill; None: as many as there are.
    """
    return open_sandbox(
        files=allowed_paths,
        folders=[spill] if spill is not None else [],
        memory_limit=memory_limit or default_memory_limit(),
        threads=threads,
        temp_limit=temp_limit,
    )


@cache
def default_memory_limit() -> str:
    """DuckDB's own limit (a share of the machine's memory), at most 2 GB; asked for once."""
    with duckdb.connect(":memory:") as con:
        row = con.execute("select current_setting('memory_limit')").fetchone()
    number, _, unit = str(row[0] if row else "").partition(" ")
    try:
        own = int(float(number) * _UNITS[unit])
    except (KeyError, ValueError):
        own = DEFAULT_MEMORY_BYTES
    return f"{min(own, DEFAULT_MEMORY_BYTES)}B"


def memory_bytes(memory_limit: str | None) -> int:
    """What a run may use: the limit that was given, else the memory of the machine."""
    if memory_limit is not None:
        return size_bytes(memory_limit)
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

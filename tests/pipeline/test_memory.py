"""The memory that a run may use."""

import os

import duckdb

from resume_gap.pipeline.memory import database_bytes, memory_bytes
from resume_gap.sources.sandbox import DEFAULT_MEMORY_BYTES, open_sandbox


def test_a_limit_counts_where_there_is_one() -> None:
    assert memory_bytes("2GB") == 2_000_000_000
    assert memory_bytes(None) == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def test_the_database_has_the_usual_limit_where_none_is_given() -> None:
    assert database_bytes("64MiB") == 64 * 2**20
    usual = database_bytes(None)
    assert 0 < usual <= DEFAULT_MEMORY_BYTES
    with open_sandbox(files=[]) as con, duckdb.connect() as other:
        other.execute(f"set memory_limit = '{usual}B'")
        query = "select current_setting('memory_limit')"
        assert con.execute(query).fetchone() == other.execute(query).fetchone()

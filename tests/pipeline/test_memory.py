"""The memory that a run may use."""

import os

from resume_gap.pipeline.memory import memory_bytes


def test_a_limit_counts_where_there_is_one() -> None:
    assert memory_bytes("2GB") == 2_000_000_000
    assert memory_bytes(None) == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

"""Repeats of an event id among the rows of whole streams, against a plain loop."""

import numpy as np
import pyarrow as pa
import pytest
from factories.dirty_logs import seeded

from resume_gap.eventcolumns import ID_HASH
from resume_gap.pipeline.deliveries import are_repeats, without_repeats


@pytest.mark.usefixtures("loops")
def test_the_earliest_row_of_an_id_stays() -> None:
    for seed in range(20):
        draw = seeded("deliveries", seed)
        many = draw.choice([1, 30, 400])
        ids = [draw.choice([0, -1, -(2**63), 2**62, *range(1, 60)]) for _ in range(many)]
        at = [draw.randrange(20) for _ in range(many)]
        kept = {}
        for i in sorted(range(many), key=lambda i: (at[i], i)):
            kept.setdefault(ids[i] or f"no id {i}", i)
        found = are_repeats(np.array(ids), np.array(at))
        assert np.flatnonzero(~found).tolist() == sorted(kept.values())


def test_a_table_loses_the_hash_and_keeps_its_order() -> None:
    hashes = pa.array([9, None, 2**63 + 5, 9, None, 2**63 + 5, 8], pa.uint64())
    events = pa.table({"at_us": [1, 1, 4, 0, 1, 6, 2], "content": [*range(7)]})
    found = without_repeats(events.append_column(ID_HASH, hashes))
    assert found.column_names == ["at_us", "content"]
    assert found.column("content").to_pylist() == [1, 2, 3, 4, 6]
    assert without_repeats(events) is events

"""Things that bear several names, by hand and against plain Python."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import numpy as np
from factories.streams import contents_of, steps_of

from resume_gap.quality.varying_names import VaryingWork, varying_work

EDIT, VIEW = 1 << 32, 2 << 32


def found(streams: list[list[int]], bases: dict[int, int]) -> VaryingWork:
    """Of the contents of each stream."""
    steps = [
        steps_of({no: [(at, content) for at, content in enumerate(stream)]})
        for no, stream in enumerate(streams)
    ]
    numbers = np.array(sorted(bases), dtype=np.int64)
    base = np.array([bases[number] for number in sorted(bases)], dtype=np.int64)
    return varying_work(steps, contents_of([1, 0]), numbers, base)


def test_a_thing_with_two_names_in_a_stream() -> None:
    bases = {1: 1, 2: 1, 5: 5, 6: 5}
    # Three acts on the thing of 1 and 2; 5 bears one name here; a view is no work.
    assert found([[EDIT + n for n in (1, 1, 2, 3, 5, 0)] + [VIEW + 6]], bases) == (3, 5)
    # In another stream each name is the thing's only one.
    assert found([[EDIT + 1, EDIT + 3], [EDIT + 2]], bases) == (0, 3)
    assert found([[EDIT + 1, EDIT + 2]], {}) == (0, 2)
    assert VaryingWork(3, 4).share == 0.75
    assert VaryingWork(0, 0).share == 0


def test_it_equals_plain_python_on_random_streams() -> None:
    random = Random(8)  # noqa: S311 - test streams are no secret
    for _ in range(50):
        bases = {n: random.choice([1, 2]) for n in range(1, 9) if random.random() < 0.7}
        streams = [[random.randrange(9) for _ in range(random.randrange(1, 12))] for _ in range(3)]
        varying = work = 0
        for stream in streams:
            names = defaultdict(set)
            for element in stream:
                names[bases.get(element)].add(element)
            acts = [element for element in stream if element]
            work += len(acts)
            varying += sum(e in bases and len(names[bases[e]]) > 1 for e in acts)
        assert found([[EDIT + e for e in stream] for stream in streams], bases) == (varying, work)

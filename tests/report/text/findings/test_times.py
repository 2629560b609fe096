"""Times, their order and the length of the log, as sentences."""

from __future__ import annotations

import pytest
from factories.findings import check


@pytest.mark.parametrize(
    ("code", "parts", "says"),
    [
        ("coarse_stamps", {"figures": {"seconds": 60.0}}, "whole minutes"),
        ("coarse_stamps", {"figures": {"seconds": 1.0}}, "whole seconds"),
        ("long_intervals", {"share": 0.1234}, "12.3% of the events with an end"),
        ("short_log", {"figures": {"days": 3.25}}, "spans 3.2 days"),
    ],
)
def test_figures_as_printed(code: str, parts: dict[str, object], says: str) -> None:
    assert says in check(code, **parts).message

"""Waits for work found over arrays, against a loop that reads the definitions one by one."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from factories.bursts import WINDOW, some_bursts

from resume_gap.arrays import NEVER
from resume_gap.replay import chunks
from resume_gap.replay import waits as module_of_waits
from resume_gap.replay.chunks import Sessions
from resume_gap.replay.waits import WaitRules, waits

if TYPE_CHECKING:
    from resume_gap.replay.chunks import Bursts


def plain(bursts: Bursts, rules: WaitRules, threshold: int, cap: int) -> list[tuple[int, ...]]:
    """(is interruption, eligible, y, lag, left again) of each return in turn."""
    b = {n: getattr(bursts, n).tolist() for n in bursts.__dataclass_fields__ if n != "segments"}
    heads = [i for i, gap in enumerate(b["gap_us"]) if gap == NEVER or gap > threshold]
    found = []
    for place, first in enumerate(heads):
        last = ([*heads, len(b["stream"])][place + 1]) - 1
        if b["gap_us"][first] == NEVER:
            continue
        before, stop = heads[place - 1], first - 1
        lately = b["worked_until_us"][stop] >= b["end_us"][stop] - WINDOW
        mid_task = b["worked_step"][stop] >= b["first_step"][before] and lately
        eligible = b["start_us"][first] + cap <= b["log_end_us"][first]
        lag, left, y = NEVER, False, 0
        if rules.has_productive:
            work, leaving = b["next_work_step"][first], b["next_leaving_step"][first]
            if work <= b["last_step"][last] and work < leaving:
                lag = b["next_work_us"][first] - b["start_us"][first]
            else:
                more = last + 1 < len(b["stream"]) and b["gap_us"][last + 1] != NEVER
                silent = b["log_end_us"][first] - b["end_us"][last] > threshold
                left = leaving <= b["last_step"][last] or more or silent
            y = min(lag, cap) if eligible else 0
        is_interruption = rules.all_returns or (
            rules.has_productive and mid_task and bool(b["is_open"][stop])
        )
        found.append((is_interruption, eligible, y, lag, left))
    return found


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("has_productive", [True, False])
@pytest.mark.parametrize("all_returns", [True, False])
def test_waits_are_those_of_a_plain_loop(
    monkeypatch: pytest.MonkeyPatch, *, large: bool, has_productive: bool, all_returns: bool
) -> None:
    for module in (module_of_waits, chunks):
        monkeypatch.setattr(module, "pays", lambda *_: large)
    rules = WaitRules(has_productive=has_productive, all_returns=all_returns)
    for seed in range(40):
        bursts = some_bursts(Random(seed))  # noqa: S311 - a test log is no secret
        for threshold in (WINDOW // 3, WINDOW // 2, WINDOW):
            cap = threshold // 2
            found = waits(
                bursts, Sessions.at(bursts, threshold), rules, threshold_us=threshold, cap_us=cap
            )
            rows = zip(
                found.is_interruption.tolist(),
                found.eligible.tolist(),
                found.y_us.tolist(),
                found.wait.lag_us.tolist(),
                found.wait.abandoned.tolist(),
                strict=True,
            )
            assert list(rows) == plain(bursts, rules, threshold, cap), seed

"""Waits for work found over arrays, against a loop that reads the definitions one by one."""

from random import Random

import numpy as np
import pytest

from resume_gap.arrays import NEVER
from resume_gap.constants import MID_TASK_WINDOW
from resume_gap.replay.chunks import Bursts, Sessions
from resume_gap.replay.waits import WaitRules, waits

WINDOW = MID_TASK_WINDOW.us
GAPS = (WINDOW // 2, WINDOW, 2 * WINDOW)


def some_bursts(random: Random) -> Bursts:
    """A few streams of bursts of two steps each, with work here and there."""
    many = random.randrange(1, 30)
    opens = {0, *(random.randrange(many) for _ in range(2))}
    rows: list[dict[str, int]] = []
    end_us = 0
    for number in range(many):
        gap = NEVER if number in opens else random.choice(GAPS)
        start_us = end_us + (0 if gap == NEVER else gap)
        end_us = start_us + random.choice((0, WINDOW))
        step = 2 * number
        work = random.choice((step, step + 1, step + 3, NEVER))
        worked = random.choice((step + 1, step - 2, step - 6, -1))
        rows.append(
            {
                "number": number + 1,
                "start_us": start_us,
                "end_us": end_us,
                "gap_us": gap,
                "first_step": step,
                "last_step": step + 1,
                "worked_step": worked,
                "worked_until_us": -1 if worked < 0 else end_us - random.choice((0, *GAPS)),
                "is_open": random.random() < 0.7,
                "next_work_step": work,
                "next_work_us": NEVER if work == NEVER else start_us + random.randrange(WINDOW),
                "next_leaving_step": random.choice((step, step + 1, step + 2, NEVER)),
                "log_end_us": random.choice((end_us, end_us + WINDOW, 1 << 50)),
            }
        )
    nothing = np.zeros(many, dtype=np.int64)
    columns = {
        name: np.array([row[name] for row in rows]) if name in rows[0] else nothing
        for name in Bursts.__dataclass_fields__
        if name != "segments"
    }
    return Bursts(**columns, segments={})


def plain(bursts: Bursts, rules: WaitRules, threshold: int, cap: int) -> list[tuple[int, ...]]:
    """(burst, is interruption, eligible, y, lag, left again) of each return in turn."""
    b = {n: getattr(bursts, n).tolist() for n in Bursts.__dataclass_fields__ if n != "segments"}
    heads = [i for i, gap in enumerate(b["gap_us"]) if gap == NEVER or gap > threshold]
    found = []
    for place, first in enumerate(heads):
        last = ([*heads, len(b["number"])][place + 1]) - 1
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
                more = last + 1 < len(b["number"]) and b["gap_us"][last + 1] != NEVER
                silent = b["log_end_us"][first] - b["end_us"][last] > threshold
                left = leaving <= b["last_step"][last] or more or silent
            y = min(lag, cap) if eligible else 0
        is_interruption = rules.all_returns or (
            rules.has_productive and mid_task and bool(b["is_open"][stop])
        )
        found.append((b["number"][first], is_interruption, eligible, y, lag, left))
    return found


@pytest.mark.parametrize("has_productive", [True, False])
@pytest.mark.parametrize("all_returns", [True, False])
def test_waits_are_those_of_a_plain_loop(*, has_productive: bool, all_returns: bool) -> None:
    rules = WaitRules(has_productive=has_productive, all_returns=all_returns)
    for seed in range(40):
        bursts = some_bursts(Random(seed))  # noqa: S311 - a test log is no secret
        for threshold in (WINDOW // 3, WINDOW // 2, WINDOW):
            cap = threshold // 2
            found = waits(
                bursts, Sessions.at(bursts, threshold), rules, threshold_us=threshold, cap_us=cap
            )
            rows = zip(
                found.burst_no.tolist(),
                found.is_interruption.tolist(),
                found.eligible.tolist(),
                found.y_us.tolist(),
                found.wait.lag_us.tolist(),
                found.wait.abandoned.tolist(),
                strict=True,
            )
            assert list(rows) == plain(bursts, rules, threshold, cap), seed

"""A slow, obvious reference for stamps of sending: section 1 of the method.

It builds on `oracles.log` and shares nothing with the program.
"""

from __future__ import annotations

from collections import Counter
from math import cos, exp, log, pi
from typing import TYPE_CHECKING

from oracles.log import SECOND, Event, Roles, Row, gaps, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

TOGETHER = SECOND
SILENCE = 10 * SECOND
LONGEST = 5 * SECOND
WORK = 3
CLOSE = SECOND // 2
BIN = SECOND // 20
LEAST_GAPS = 200
LEAST_OWN = 20


def queued(rows: Sequence[Row], roles: Roles, threshold_us: int) -> tuple[int, int, int, int]:
    """Count returns that begin with a burst of work, returns, and the same of other silences.

    A burst: events at most a second apart, three or more of them work, over within five seconds.
    """
    counts = [0, 0, 0, 0]
    for stream in to_streams(rows, roles):
        between = [-1, *gaps(stream.events)]
        for place, gap_us in enumerate(between):
            if place == 0 or gap_us <= TOGETHER:
                continue
            burst = [stream.events[place]]
            for event, after in zip(stream.events[place + 1 :], between[place + 1 :], strict=True):
                if after > TOGETHER:
                    break
                burst.append(event)
            is_burst = (
                sum(event.event in roles.productive for event in burst) >= WORK
                and burst[-1].start_us - burst[0].start_us <= LONGEST
            )
            if gap_us > threshold_us:
                counts[0] += is_burst
                counts[1] += 1
            elif gap_us >= SILENCE:
                counts[2] += is_burst
                counts[3] += 1
    return counts[0], counts[1], counts[2], counts[3]


def begins(events: Sequence[Event], roles: Roles) -> list[int]:
    """Return when bursts of work begin: acts over half a second after the one before."""
    work = [event.start_us for event in events if event.event in roles.productive]
    return [at for n, at in enumerate(work) if n == 0 or at - work[n - 1] > CLOSE]


def work_bursts(
    rows: Sequence[Row], roles: Roles, fine: Sequence[bool]
) -> tuple[list[tuple[int, int]], list[int], int]:
    """Return stream and length of the gaps between bursts, work by stream, and work inside."""
    found: list[tuple[int, int]] = []
    amounts, inside = [], 0
    for number, stream in enumerate(to_streams(rows, roles)):
        if not fine[number]:
            amounts.append(0)
            continue
        own = begins(stream.events, roles)
        amounts.append(sum(event.event in roles.productive for event in stream.events))
        inside += amounts[-1] - len(own)
        found += [(number, own[n] - own[n - 1]) for n in range(1, len(own))]
    return found, amounts, inside


def phase(gap_us: float, period: float) -> float:
    """Return 1 for whole periods, -1 half-way between and for all that is under half of one."""
    if gap_us / SECOND < period / 2:
        return -1
    return cos(2 * pi * gap_us / SECOND / period)


def send_timer(
    found: Sequence[tuple[int, int]], amounts: Sequence[int], inside: int
) -> tuple[float, int, int] | None:
    """Return the period of a timer that sends work, the work sent so, and its streams; or None."""
    if 10 * inside < sum(amounts):
        return None
    pooled = Counter(gap_us // BIN for _, gap_us in found)

    def rhythm(period: float) -> float:
        near = [(gap + 0.5, n) for gap, n in pooled.items() if (gap + 0.5) / 20 <= 4.5 * period]
        total = sum(n for _, n in near)
        if total < LEAST_GAPS:
            return -1
        return sum(n * phase(gap * BIN, period) for gap, n in near) / total

    periods = [exp(n / 100) for n in range(10_000) if n / 100 < log(120)]
    best = max(periods, key=rhythm)
    while longer := [p for p in periods if 1.9 * best <= p <= 2.1 * best]:
        double = max(longer, key=rhythm)
        if rhythm(double) < 0.9 * rhythm(best):
            break
        best = double
    if rhythm(best) < 0.2:
        return None
    timed = []
    for number in range(len(amounts)):
        own = [phase(g, best) for of, g in found if of == number and g <= 4.5 * best * SECOND]
        if len(own) >= LEAST_OWN and sum(own) >= 0.8 * len(own):
            timed.append(number)
    work = sum(amounts[number] for number in timed)
    return None if 10 * work < sum(amounts) else (best, work, len(timed))

"""What makes a log measurable equals the slow plain-Python reference on random logs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from factories.effort import random_logs
from factories.long_logs import cut_log, form_log, long_log
from factories.measured import Measured, run
from factories.streams import contents_of, steps_of
from oracles import machine_rows, sending, visit_sets
from oracles import measurable as reference

from resume_gap import constants
from resume_gap.analysis.element_order import continued, work_pairs
from resume_gap.analysis.inactivity import Learned, between_kinds_of_work
from resume_gap.analysis.measurable import coverage, judge, recurrence, sessions_of
from resume_gap.pipeline.steps import subset
from resume_gap.quality.agents import returns_with
from resume_gap.quality.early_touches import early_touches
from resume_gap.quality.echoes import followers
from resume_gap.quality.element_days import elements_by_day
from resume_gap.quality.first_work import first_steps
from resume_gap.quality.full_sessions import full_sessions
from resume_gap.quality.gap_edges import at_edges
from resume_gap.quality.heartbeats import hidden_returns
from resume_gap.quality.impressions import shown
from resume_gap.quality.late_sending import queued, send_timer, work_bursts
from resume_gap.quality.renamed import renamed
from resume_gap.quality.session_shapes import first_silences, session_sizes
from resume_gap.quality.several_people import turns
from resume_gap.quality.sign_in import waits
from resume_gap.quality.thinned import Repeats, is_thinned, repeats
from resume_gap.quality.visit_sets import MIXED, alternate, of_several, sets_of
from resume_gap.replay.returns import cap_us
from resume_gap.results.common import DAY_US, US
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE
from resume_gap.sources.role_names import is_understood
from resume_gap.sources.roles import RoleChoice

if TYPE_CHECKING:
    from factories.strategies import Log

LOGS = random_logs(short=8, full=80)
"""2,000 by hand: they take ten minutes."""
PARTS = 8
FEW = 40
"""Logs in which every size is cut, surely."""
FEWEST = 3
"""Judged from so few interruptions on, for the logs are small."""


@pytest.mark.effort
@pytest.mark.parametrize("part", range(PARTS))
def test_every_rule_equals_the_reference(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    few = constants.JUDGED_FROM._replace(value=FEWEST)
    monkeypatch.setattr(constants, "JUDGED_FROM", few)
    monkeypatch.setattr(reference, "LEAST", FEWEST)
    least = constants.TURNS_LEAST._replace(value=FEWEST)
    monkeypatch.setattr(constants, "TURNS_LEAST", least)
    monkeypatch.setattr(reference, "TURNS_LEAST", FEWEST)
    monkeypatch.setattr(
        constants, "TURNS_ACROSS_LEAST", constants.TURNS_ACROSS_LEAST._replace(value=1)
    )
    monkeypatch.setattr(reference, "ACROSS_LEAST", 1)
    for name, own in (("SETS_FEWEST", "FEWEST"), ("SETS_BOUTS", "BOUTS")):
        monkeypatch.setattr(constants, name, getattr(constants, name)._replace(value=1))
        monkeypatch.setattr(visit_sets, own, 1)
    seen: Counter[str] = Counter()
    for number in range(part, LOGS, PARTS):
        random = Random(f"measurable {number}")  # noqa: S311 - a test log is no secret
        log = long_log(number)
        if random.random() < 0.5:
            log = replace(log, rows=[_renamed(row) for row in log.rows])
        found = run(log.rows, log.columns, log.roles, log.threshold_us, log.until_us)
        seen[str(_reasons(log, found, random))] += 1
        seen["recur"] += _elements(log, found)
        _in_order(log, found)
        _edges(log, found)
        _fillers(log, found)
        _shapes(log, found)
        _first_steps(log, found)
        _shown(log, found)
        seen["at once"] += _early(log, found)
        seen["doors"] += _sign_in(log, found)
        with pytest.MonkeyPatch.context() as sometimes:
            if number % 2:
                _in_parts(sometimes)
            seen["across"] += _turns(log, found) > 0
        seen["queued"] += _queued(log, found) > 0
        _timer(log, found)
        _followers(log, found)
        seen["several"] += _sets(log, found)
        _kinds_of_work(log, found)
        _agents(log, found)
    if LOGS >= 1_000:
        # Logs in which work comes first, or of short sessions, are rare: a part may have none.
        assert {
            "None",
            "too_coarse",
            "order_unknown",
            "starts_lost",
            "roles_too_thin",
        } <= seen.keys()
        assert seen["recur"]
        assert seen["across"]
        assert seen["at once"]
        assert seen["doors"]


def test_orders_of_elements_equal_the_reference() -> None:
    found = [
        _in_order(log, run(log.rows, log.columns, log.roles, log.threshold_us, log.until_us))
        for log in map(form_log, range(LOGS if LOGS >= FEW else LOGS // 2))
    ]
    assert any(found)


def test_cuts_equal_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        constants, "JUDGED_FROM", constants.JUDGED_FROM._replace(value=FEWEST * FEWEST)
    )
    monkeypatch.setattr(reference, "LEAST", FEWEST * FEWEST)
    seen: Counter[int | None] = Counter()
    for number in range(LOGS if LOGS >= FEW else LOGS // 2):
        log = cut_log(number)
        found = run(log.rows, log.columns, log.roles, log.threshold_us, log.until_us)
        mine = full_sessions(found.tally.sample, found.contents, threshold_us=log.threshold_us)
        theirs = reference.cut_at(log.rows, log.roles, log.threshold_us, log.until_us)
        assert (None if mine is None else mine.events) == theirs
        if mine is not None:
            sizes = reference.session_sizes(log.rows, log.roles, log.threshold_us, log.until_us)
            assert mine.share == pytest.approx(sizes[mine.events] / sizes.total())
        seen[theirs] += 1
    assert {None, 5, 6, 8} == seen.keys() if LOGS >= FEW else len(seen) > 1


def _renamed(row: dict[str, object]) -> dict[str, object]:
    return row | {"event": "zorp"} if row["event"] == "view" else row


def _reasons(log: Log, found: Measured, random: Random) -> str | None:
    """The same reason, whatever stamps, batches and names say nothing."""
    resolution = random.choice([0, 0, 1, 10, 60])
    judged = [row for row in found.returns if row["is_interruption"] and row["eligible"]]
    begin = random.choice([0, 0.1, 0.4])
    in_batch = [random.random() < begin for _ in judged]
    batches = frozenset(
        (row["user_id"], row["return_us"])
        for row, is_in in zip(judged, in_batch, strict=True)
        if is_in
    )
    lost = random.choice([Fraction(0)] * 5 + [Fraction(1, 10), Fraction(1, 9)])
    by_column = random.random() < 0.05
    late = random.choice([Fraction(0)] * 3 + [Fraction(1, 5), Fraction(2, 9)])
    timer = random.choice([0, 0, 0, 5, 20])
    suggested = random.random() < 0.5
    bits = dict.fromkeys(log.roles.productive, PRODUCTIVE)
    for name in log.roles.completing:
        bits[name] = bits.get(name, 0) | COMPLETING
    counts = Counter(row["event"] for row in log.rows if row["event"] not in log.roles.away)
    nothing = frozenset(
        name for name in counts if name not in bits and not is_understood(name, "none")
    )
    mine = judge(
        pl.DataFrame(
            {"lag_us": [row["lag_us"] for row in judged], "in_batch": in_batch},
            schema={"lag_us": pl.Int64, "in_batch": pl.Boolean},
        ),
        cap_us=cap_us(log.threshold_us),
        resolution_seconds=resolution,
        covered=coverage(RoleChoice(bits, "suggested" if suggested else "configured", ()), counts),
        sessions=sessions_of(found.tally.sample, found.contents, threshold_us=log.threshold_us),
        full=full_sessions(found.tally.sample, found.contents, threshold_us=log.threshold_us),
        lost_share=float(lost),
        turns_share=turns(found.tally.sample, found.contents).share,
        ids_of_several=by_column,
        queued_share=float(late),
        sent_every_seconds=timer,
    )
    theirs = reference.reason(
        log.rows,
        log.roles,
        log.threshold_us,
        log.until_us,
        resolution_s=resolution,
        batches=batches,
        not_understood=nothing if suggested else None,
        lost=lost,
        by_column=by_column,
        queued=late,
        sent_every_s=timer,
    )
    assert mine.reason == theirs
    return mine.reason


def _elements(log: Log, found: Measured) -> bool:
    mine = recurrence(found.tally.sample, found.contents, threshold_us=log.threshold_us)
    theirs = reference.recurrence(log.rows, log.roles, log.threshold_us, log.until_us)
    assert tuple(mine) == theirs
    return mine.again > 0


def _in_order(log: Log, found: Measured) -> bool:
    pairs = work_pairs(found.tally.sample, found.contents, threshold_us=log.threshold_us)
    mine = continued(pairs)
    theirs, by_chance = reference.continued(log.rows, log.roles, log.threshold_us, log.until_us)
    assert list(zip(mine.times.tolist(), mine.as_usual.tolist(), strict=True)) == theirs
    assert mine.by_chance == pytest.approx(float(by_chance))
    changes = ~pairs.is_apart & (pairs.first != pairs.second)
    new = [
        int(count)
        for rows in (pairs.is_apart, changes)
        for count in (pairs.is_new[rows].sum(), rows.sum())
    ]
    assert tuple(new) == reference.new_work(log.rows, log.roles, log.threshold_us, log.until_us)
    return bool(mine.as_usual.sum())


def _edges(log: Log, found: Measured) -> None:
    seen, edge, streams = at_edges(
        found.tally.sample, found.contents, threshold_us=log.threshold_us
    )
    theirs = reference.at_edges(log.rows, log.roles, log.threshold_us)
    for number, name in enumerate(found.event_names, start=1):
        mine = (int(seen[number]), int(edge[number]), int(streams[number]))
        assert mine == (theirs[0][name], theirs[1][name], len(theirs[2].get(name, ()))), name


def _shapes(log: Log, found: Measured) -> None:
    """Sessions by their sizes, silences after first events, days without elements."""
    sample, threshold_us = found.tally.sample, log.threshold_us
    sizes = Counter(session_sizes(sample, threshold_us=threshold_us).tolist())
    assert sizes == reference.session_sizes(log.rows, log.roles, threshold_us)
    if "end_us" not in log.columns:
        # The reference counts from the end of the second event's own beginning.
        silences = sorted(first_silences(sample, threshold_us=threshold_us).tolist())
        assert silences == reference.first_silences(log.rows, log.roles, threshold_us)
    events, known = elements_by_day(sample, found.contents)
    first = min(int(steps.at.min()) for steps in sample) // DAY_US
    mine = {first + day: (int(n), int(known[day])) for day, n in enumerate(events) if n}
    assert mine == reference.elements_by_day(log.rows, log.roles)


def _first_steps(log: Log, found: Measured) -> None:
    """Steps after the first work of returns, beside later ones."""
    mine = first_steps(found.tally.sample, found.contents, threshold_us=log.threshold_us)
    theirs = machine_rows.first_steps(log.rows, log.roles, log.threshold_us)
    assert list(zip(mine.wait_us.tolist(), mine.first_us.tolist(), strict=True)) == [
        (one.wait_us, one.first_us) for one in theirs
    ]
    assert np.exp(mine.log_times) == pytest.approx([one.times for one in theirs])
    users = [one.user_id for one in theirs]
    assert len(set(mine.stream.tolist())) == len(set(users))


def _shown(log: Log, found: Measured) -> None:
    """Events at several elements at once."""
    fine = [bool(s <= 1) for steps in found.tally.sample for s in steps.resolution]
    mine = shown(found.tally.sample, found.contents)
    counts = {
        name: (int(mine.rows[number]), int(mine.together[number]))
        for number, name in enumerate(found.event_names, start=1)
        if mine.rows[number]
    }
    assert counts == machine_rows.shown(log.rows, log.roles, fine)
    again = repeats(found.tally.sample, found.contents)
    pairs = sorted(zip(again.gap.tolist(), again.in_minute.tolist(), strict=True))
    assert pairs == machine_rows.repeats(log.rows, log.roles, fine)


def _early(log: Log, found: Measured) -> bool:
    """Returns that touch the last element at once, in logs in which 2 s are a while."""
    fine = [bool(s <= 1) for steps in found.tally.sample for s in steps.resolution]
    mine = early_touches(found.tally.sample, found.contents, threshold_us=log.threshold_us)
    assert tuple(mine) == machine_rows.early_touches(log.rows, log.roles, log.threshold_us, fine)
    return mine.early > 0


def _sign_in(log: Log, found: Measured) -> bool:
    """Returns that begin before events of some names."""
    doors = np.arange(1, len(found.event_names) + 1, 2)
    mine = waits(found.tally.sample, found.contents, doors, threshold_us=log.threshold_us)
    theirs = machine_rows.sign_in_waits(
        log.rows, log.roles, log.threshold_us, frozenset(found.event_names[::2])
    )
    assert mine.tolist() == theirs
    return bool(theirs)


def test_thinned_logs_are_those_of_the_reference() -> None:
    random = Random("thinned")  # noqa: S311 - a test log is no secret
    seen: Counter[bool] = Counter()
    for _ in range(300):
        edge, below = random.choice([4, 5, 29.6, 300, 301]), random.choice([0, 0.001, 0.003])
        near = random.choice([0.04, 0.06])
        pairs = []
        for _ in range(random.choice([80, 150, 990, 1_100])):
            point = random.random()
            long = random.uniform(1.3, 5) * edge
            gap = edge * random.uniform(1, 1.24) if point < near + below else long
            gap_us = round(US * (0.5 * edge if point < below else gap))
            same = random.random() < random.choice([0, 0, 0.08]) and gap_us < 60 * US
            pairs.append((gap_us, same))
        mine = Repeats(*(np.array(one) for one in zip(*pairs, strict=True)))
        assert is_thinned(mine) == machine_rows.is_thinned(pairs)
        seen[is_thinned(mine)] += 1
    assert min(seen.values()) > 30


def test_work_under_another_name_is_that_of_the_reference() -> None:
    random = Random("renamed")  # noqa: S311 - a test log is no secret
    names = ("edit", "comment", "grid", "note", "view")
    contents = contents_of([PRODUCTIVE, PRODUCTIVE, 0, 0, 0])
    seen: Counter[bool] = Counter()
    for _ in range(300):
        change = random.uniform(0.5, 9.5)
        times: dict[str, list[int]] = {}
        for name in random.sample(names, random.randint(2, 5)):
            usual = "before" if name in names[:2] else "after"
            side = random.choice([*[usual] * 9, "before", "after", "always"])
            first = change if side == "after" else 0
            last = change if side == "before" else 10
            many = round(random.choice([60, 150, 200]) * max(0.1, last - first) / 5)
            days = [random.uniform(first, last) for _ in range(many)]
            days += [
                random.uniform(0, 10) for _ in range(random.choice([0, many // 150, many // 2]))
            ]
            times[name] = [round(day * DAY_US) for day in days]
        rows = sorted((at, names.index(name) + 1 << 32) for name in times for at in times[name])
        half = len(rows) // 2
        sample = [steps_of({1: rows[:half]}), steps_of({2: rows[half:]})]
        mine = renamed(sample, contents, threshold_us=DAY_US // 24)
        starts = [
            at
            for stream in (rows[:half], rows[half:])
            for place, (at, _) in enumerate(stream)
            if not place or at - stream[place - 1][0] > DAY_US // 24
        ]
        theirs = machine_rows.renamed(times, names[:2], names[2:], starts)
        found = None if mine is None else (names[mine.work - 1], names[mine.other - 1], mine.at_us)
        assert found == theirs
        seen[theirs is None] += 1
    assert min(seen.values()) > 30


def _in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at nearly every stream in parts, and at some of them only."""
    for name, own, value in (
        ("TURNS_ELEMENTS", "ELEMENTS", 2),
        ("TURNS_PART", "PART", 7),
        ("TURNS_PARTS", "PARTS", 2),
    ):
        monkeypatch.setattr(constants, name, getattr(constants, name)._replace(value=value))
        monkeypatch.setattr(reference, own, value)


def _turns(log: Log, found: Measured) -> int:
    mine = turns(found.tally.sample, found.contents)
    theirs = reference.turns(log.rows, log.roles)
    assert list(zip(mine.back, mine.work, strict=True)) == [(back, n) for back, _, n in theirs]
    matters = [back >= 1 and 50 * back > n for back, _, n in theirs]
    across = [found * is_so for (_, found, _), is_so in zip(theirs, matters, strict=True)]
    assert mine.across.tolist() == across
    return sum(across)


def _queued(log: Log, found: Measured) -> int:
    mine = queued(found.tally.sample, found.contents, threshold_us=log.threshold_us)
    assert tuple(mine) == sending.queued(log.rows, log.roles, log.threshold_us)
    return mine.bursts


def _timer(log: Log, found: Measured) -> None:
    fine = [bool(s == 0) for steps in found.tally.sample for s in steps.resolution]
    mine = work_bursts(found.tally.sample, found.contents)
    pairs, amounts, inside = sending.work_bursts(log.rows, log.roles, fine)
    assert list(zip(mine.stream.tolist(), mine.gap.tolist(), strict=True)) == pairs
    assert (mine.work.tolist(), mine.close) == (amounts, inside)
    timer, theirs = send_timer(mine), sending.send_timer(pairs, amounts, inside)
    assert (timer.streams > 0) == (theirs is not None)


@pytest.mark.parametrize("number", range(6))
def test_timers_equal_the_reference(number: int) -> None:
    """Work of some streams is sent on a timer, that of the others is not."""
    random = Random(f"timer {number}")  # noqa: S311 - a test log is no secret
    period, sent = random.uniform(1, 25), random.choice([0, 1, 4, 6])
    streams = {}
    for stream in range(1, 7):
        at, instants = 0.0, []
        for _ in range(120):
            at += random.lognormvariate(1.2, 0.8)
            on_time = stream <= sent
            late = (at // period + 1) * period + random.uniform(0, 0.03) if on_time else at
            instants.append(round(late * US))
        streams[stream] = [(instant, 1 << 32) for instant in sorted(instants)]
    mine = work_bursts([steps_of(streams)], contents_of([PRODUCTIVE]))
    pairs = list(zip(mine.stream.tolist(), mine.gap.tolist(), strict=True))
    timer = send_timer(mine)
    theirs = sending.send_timer(pairs, mine.work.tolist(), mine.close)
    if theirs is None:
        assert timer.streams == 0
    else:
        share = theirs[1] / int(mine.work.sum())
        assert timer == (pytest.approx(theirs[0]), share, theirs[2])
    if sent == 6 and period > 3:
        assert timer.seconds == pytest.approx(period, rel=0.02)


def _followers(log: Log, found: Measured) -> None:
    mine = followers(found.tally.sample, found.contents)
    counts = {
        name: tuple(int(column[number]) for column in mine)
        for number, name in enumerate(found.event_names, start=1)
        if mine.work[number]
    }
    assert counts == reference.followers(log.rows, log.roles)


def _sets(log: Log, found: Measured) -> bool:
    """Streams that alternate between sets of elements, and their share of the work."""
    flags, share = visit_sets.several(log.rows, log.roles)
    own, work, total, streams = [], 0, 0, 0
    for steps in found.tally.sample:
        mine = of_several(steps, found.contents)
        own += [streams + stream for stream in mine.streams]
        streams += len(steps.starts) - 1
        work, total = work + mine.work, total + mine.all_work
    assert own == [number for number, flag in enumerate(flags) if flag]
    assert Fraction(work, max(1, total)) == share
    return bool(own)


def test_sets_of_bouts_equal_the_reference() -> None:
    random = Random("sets")  # noqa: S311 - a test log is no secret
    alternating = 0
    for _ in range(400):
        people = random.randint(1, 4)
        pools = [range(9 * n, 9 * n + random.randint(3, 9)) for n in range(people)]
        bouts = []
        for _ in range(random.randint(1, 30)):
            who = random.choices(pools, k=1 if random.random() < 0.9 else 2)
            both = sorted({item for pool in who for item in pool})
            bouts.append(frozenset(random.choices(both, k=random.randint(1, 6))))
        mine, theirs = sets_of(bouts), visit_sets.sets([{str(n) for n in one} for one in bouts])
        assert mine == [MIXED if one is None else one for one in theirs]
        assert alternate(mine) == visit_sets.is_of_several(theirs)
        alternating += alternate(mine)
    assert 20 < alternating < 380


def _fillers(log: Log, found: Measured) -> None:
    if "end_us" in log.columns:
        return  # the end of an event that is left out still counts here
    mine = hidden_returns(found.tally.sample, found.contents, threshold_us=log.threshold_us)
    returns = reference.long_gaps(log.rows, log.roles, log.threshold_us)
    assert mine.returns == returns
    for number, name in enumerate(found.event_names, start=1):
        without = reference.returns_without(log.rows, log.roles, log.threshold_us, name)
        assert int(mine.raised[number]) == without - returns, name


def _agents(log: Log, found: Measured) -> None:
    """The events of one name, taken for an agent's."""
    if "end_us" in log.columns:
        return  # an agent's events have no end here
    name = found.event_names[-1]
    mine = 0
    for steps in found.tally.sample:
        own = found.contents.event(steps.content) == len(found.event_names)
        stream = np.repeat(steps.stream_no, np.diff(steps.starts))
        people = subset(steps, ~own)
        if len(people.at):
            mine += returns_with(people, stream[own], steps.at[own], threshold_us=log.threshold_us)
    assert mine == reference.long_gaps_of_people(log.rows, log.roles, log.threshold_us, name)


def _kinds_of_work(log: Log, found: Measured) -> None:
    theirs = reference.gaps_after(log.rows, log.roles, log.threshold_us)
    assert found.gaps_after == dict(theirs)
    learned = Learned(
        threshold_us=log.threshold_us,
        source="learned",
        ci_lower=None,
        ci_upper=None,
        reason="valley",
        night_seconds=None,
    )
    mine = between_kinds_of_work(learned, found.gaps_after)
    most = max(theirs.values(), default=0)
    is_work = sum(theirs.values()) >= constants.VALLEY_MIN_GAPS.value and (
        2 * most > sum(theirs.values())
    )
    assert (mine.reason == "kinds_of_work") == is_work
    assert mine.threshold_us == (constants.FALLBACK_GAP.value * US if is_work else log.threshold_us)

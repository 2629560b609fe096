"""What every command does with a log: each step gets what the steps before it found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from resume_gap.commands import context
from resume_gap.errors import UsageError
from resume_gap.quality.thin_end import LogEnd
from resume_gap.replay.returns import ReturnRules, cap_us
from resume_gap.results.common import RowLedger
from resume_gap.settings import Settings

MINUTE_US = 60_000_000


def test_near_needs_positions() -> None:
    job: Any = SimpleNamespace(settings=Settings(near=3), source=SimpleNamespace(columns={}))
    with pytest.raises(UsageError, match="--near needs positions"):
        context.read_rows(job)


def test_returns_and_replay_are_asked_for_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def keep(name: str, found: Any) -> Any:
        def step(*given: Any, **named: Any) -> Any:
            asked[name] = (given, named)
            return found

        return step

    frame = pl.DataFrame({"stop_us": [5, 10], "gap_us": [2, 3]})
    engine = SimpleNamespace(bursts=lambda tally: ("bursts of", tally))
    for module, name, found in (
        (engine, "measure", SimpleNamespace(user_sums="sums")),
        (engine, "replay", "replays"),
        (context.summaries, "return_frame", frame),
        (context, "lost_at_returns", {}),
        (context.identity, "ids_at_returns", []),
    ):
        monkeypatch.setattr(module, name, keep(name, found), raising=module is not engine)
    log: Any = SimpleNamespace(
        intake=SimpleNamespace(contents="contents"),
        tally=SimpleNamespace(rows=9, shelf="shelf", sample=None),
        end=SimpleNamespace(at_us=77),
        has_productive=True,
        ledger="ledger",
        resolution=SimpleNamespace(seconds=1.0),
    )
    steps: list[str] = []
    job: Any = SimpleNamespace(
        settings=Settings(near=4, tz="Europe/Berlin", all_returns=True),
        runner="runner",
        engine=engine,
        announce=steps.append,
        returned=lambda: steps.append("returned"),
    )
    learned: Any = SimpleNamespace(threshold_us=5 * MINUTE_US)
    grid = [MINUTE_US, 5 * MINUTE_US]

    def stop(*_: Any) -> None:
        raise StopIteration  # what follows needs a log

    monkeypatch.setattr(context.several_people, "turns", stop)
    with pytest.raises(StopIteration):
        context.see_returns(job, log, learned, grid, cut_us=9, relations=("lags",))
    rules = ReturnRules(
        threshold_us=5 * MINUTE_US,
        grid_us=grid,
        log_end_us=77,
        has_productive=True,
        all_returns=True,
        relations=("lags",),
    )
    assert asked["measure"] == (("runner", log.tally, rules), {})
    (runner, tally, contents, what), _ = asked["replay"]
    assert (runner, tally, contents) == ("runner", log.tally, "contents")
    assert (what.threshold_us, tuple(what.grid_us)) == (5 * MINUTE_US, tuple(grid))
    assert (what.near, what.tz, what.all_returns) == (4, "Europe/Berlin", True)
    assert what.cap_us == cap_us(5 * MINUTE_US)
    assert asked["lost_at_returns"] == (
        ("runner", ("bursts of", log.tally), "ledger"),
        {"threshold_us": 5 * MINUTE_US},
    )
    (sums, at), named = asked["ids_at_returns"]
    assert sums == "sums"
    assert np.array_equal(at, [7, 13])
    assert named["resolution_seconds"] == 1.0
    assert steps == [
        "measuring returns",
        "replaying the marker",
        "returned",
        "finding the figures",
    ]


@pytest.mark.parametrize("reason", [None, "too_coarse"])
@pytest.mark.parametrize("known", [True, False])
def test_sums_are_published_where_the_log_can_show_them(
    monkeypatch: pytest.MonkeyPatch, reason: str | None, *, known: bool
) -> None:
    monkeypatch.setattr(context.user_sums, "user_sums_of", lambda *given, known: (given, known))
    nothing: Any = None
    seen = context.LogReturns(
        learned=SimpleNamespace(threshold_us=5),  # type: ignore[arg-type]
        asked=nothing,
        returns="returns",  # type: ignore[arg-type]
        replays=SimpleNamespace(thresholds={5: "headline"}),  # type: ignore[arg-type]
        frame=nothing,
        reorientation=nothing,
        measurability=SimpleNamespace(reason=reason),  # type: ignore[arg-type]
        resampling=nothing,
        lost={},
        identity=(),
        sending=(),
        timer=nothing,
    )
    given, shown = seen.user_sums("last_touched", known=known)  # type: ignore[misc]
    assert given == ("returns", seen.replays, "headline", "last_touched")
    assert shown is (known and reason is None)


@pytest.mark.parametrize(
    ("until", "stream"), [(None, None), (None, "device"), (70, None), (70, "device")]
)
def test_the_heavy_pass_accounts_for_every_row(
    monkeypatch: pytest.MonkeyPatch, until: int | None, stream: str | None
) -> None:
    asked: dict[str, Any] = {}

    def reduce(runner: str, intake: Any, **named: Any) -> Any:
        asked.update(named)
        assert (runner.note, intake.read) == ("runner", 10)  # type: ignore[attr-defined]
        return SimpleNamespace(used=7, newest_us=99, kinds="kinds", shelf="shelf")

    monkeypatch.setattr(context, "refuse_long_stream", lambda *_: None)
    monkeypatch.setattr(context, "dropped", lambda *_: {"no_user": 3})
    monkeypatch.setattr(context.summaries, "has_productive", lambda _, kinds: kinds == "kinds")
    monkeypatch.setattr(context.timestamps, "resolution_of", lambda stats: ("resolution", stats))
    monkeypatch.setattr(context.summaries, "gap_counts", lambda *given: ("counts", given))
    monkeypatch.setattr(context.small_groups, "event_names", lambda *_, show_ids: show_ids)
    monkeypatch.setattr(
        context,
        "log_end",
        lambda _, bursts, stats, newest: LogEnd(20, (bursts, stats, newest)),
    )
    runner = SimpleNamespace(note="runner", read=lambda _: SimpleNamespace(pl=lambda: "stats"))
    job: Any = SimpleNamespace(
        runner=runner,
        engine=SimpleNamespace(reduce=reduce, bursts=lambda tally: tally.kinds),
        settings=Settings(until_us=until, seed=5, all_returns=True, show_ids=True, threads=1),
        source=SimpleNamespace(columns={"stream": stream}),
        announce=lambda _: None,
    )
    intake: Any = SimpleNamespace(read=10)
    for broken, reasons in ((2, {"broken_line": 2, "no_user": 3}), (0, {"no_user": 3})):
        read: Any = SimpleNamespace(broken_lines=broken)
        found: Any = context.order_events(job, context.LogRows(read, intake), cut_us=30, split=None)
        assert found.ledger == RowLedger(read=10 + broken, used=7, dropped=reasons)
        assert list(found.ledger.dropped) == sorted(reasons)
    is_known = until is not None or stream is not None  # a stream ends by itself
    assert found.end == (LogEnd(until) if is_known else LogEnd(20, ("kinds", "stats", 99)))  # type: ignore[arg-type]
    assert (found.has_productive, found.names) == (True, True)
    assert (found.stats, found.resolution, found.counts) == (
        *("stats", ("resolution", "stats"), ("counts", ("shelf", "stats"))),
    )
    assert asked == {
        "cut_us": 30,
        "seed": 5,
        "all_returns": True,
        "split": None,
    }


def test_a_log_is_judged_by_its_followed_up_interruptions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def judge(frame: pl.DataFrame, **named: Any) -> str:
        asked.append((frame, named))
        return "judged"

    monkeypatch.setattr(context.measurable, "judge", judge)
    monkeypatch.setattr(context.measurable, "coverage", lambda *given: given)
    monkeypatch.setattr(context.measurable, "sessions_of", lambda *given, **_: given)
    monkeypatch.setattr(context, "full_sessions", lambda *given, **_: given)
    monkeypatch.setattr(context.summaries, "used_by_name", lambda *_: "used")
    frame = pl.DataFrame(
        {
            "is_interruption": [True, True, False],
            "eligible": [True, False, True],
            "lag_us": [1, 2, 3],
            "in_batch": [None, True, False],
            "beside": ["a", "b", "c"],
        }
    )
    log: Any = SimpleNamespace(
        has_productive=True,
        resolution=SimpleNamespace(seconds=2.0),
        intake=SimpleNamespace(roles="roles", contents="contents"),
        tally=SimpleNamespace(kinds="kinds", sample="sample"),
    )
    shares = {"lost_share": 0.1, "turns_share": 0.2}
    found: Any = context._measurability(frame, log, 5 * MINUTE_US, shares, several=True)
    assert found == "judged"
    (rows, named), *_ = asked
    assert rows.drop("is_interruption", "eligible").rows() == [(1, None)]
    assert named == {
        **shares,
        "cap_us": cap_us(5 * MINUTE_US),
        "resolution_seconds": 2.0,
        "covered": ("roles", "used"),
        "sessions": ("sample", "contents"),
        "full": ("sample", "contents"),
        "ids_of_several": True,
    }
    log.has_productive = False
    nothing = context._measurability(frame, log, 5 * MINUTE_US, shares, several=True)
    assert (nothing.reason, len(asked)) == (None, 1)

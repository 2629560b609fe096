"""Groups of under five users: never named, and never left over by subtraction."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import duckdb
import numpy as np
import polars as pl
import pytest
from factories.measured import rows_table
from hypothesis import given
from hypothesis import strategies as st

import resume_gap
from resume_gap.constants import NAMED_USERS
from resume_gap.pipeline.intake import take_in
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import reduce_events
from resume_gap.quality.small_groups import (
    OTHER,
    EventNames,
    Groups,
    event_names,
    groups,
    users_by_value,
)
from resume_gap.report.text.check_remedies import found as sentence
from resume_gap.settings import Settings
from resume_gap.trial import event_checks

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.quality.small_groups import UserSets
    from resume_gap.results.trust import TrustCheck
    from resume_gap.trial.evidence import Evidence

MONDAY_US = 1_772_442_000_000_000
"""2026-03-02 9:00 UTC."""
SECOND = 1_000_000
MINUTE, HOUR = 60 * SECOND, 3600 * SECOND


def people(first: int, number: int) -> UserSets:
    return (frozenset(range(first, first + number)),)


def rows_of(**users: int) -> pl.DataFrame:
    """One row per user of each value; nobody is in two."""
    first, values, numbers = 0, [], []
    for value, n in users.items():
        values += [value] * n
        numbers += range(first, first + n)
        first += n
    return pl.DataFrame({"value": values, "user_no": numbers})


def test_the_floor_is_five_users() -> None:
    assert NAMED_USERS.value == 5
    found = {"five": people(0, 5), "four": people(10, 4), "nine": people(20, 9)}
    assert Groups().named(found, ["nine", "five", "four"]) == ("nine",)
    found["more"] = people(40, 1)
    assert Groups().named(found, ["nine", "five", "four"]) == ("nine", "five")


def test_a_small_rest_takes_in_the_smallest_named_group() -> None:
    found = {"big": people(0, 90), "mid": people(100, 30), "rare": people(200, 1)}
    assert Groups().named(found, ["big", "mid"]) == ("big",)


def test_people_of_the_rest_are_counted_once() -> None:
    """The same two people under three names are two, not six."""
    same = people(500, 2)
    found = {"big": people(0, 90), "a": same, "b": same, "c": same}
    assert Groups().named(found, ["big"]) == ()


def test_nothing_is_merged_where_nothing_is_left_over() -> None:
    found = {"big": people(0, 90), "mid": people(100, 30)}
    assert Groups().named(found, ["big", "mid"]) == ("big", "mid")


def test_of_groups_alike_the_later_joins_the_rest() -> None:
    found = {"a": people(0, 30), "b": people(50, 30), "rare": people(200, 1)}
    assert Groups().named(found, ["a", "b"]) == ("a",)


def test_a_group_needs_the_users_in_every_arm_that_has_any() -> None:
    found: dict[str, UserSets] = {
        "both": (range(30), range(30, 60)),
        "uneven": (range(100, 130), range(130, 132)),
        "control only": (range(200, 230), ()),
        "rest": (range(300, 310), range(310, 320)),
    }
    wanted = ["both", "uneven", "control only"]
    assert Groups().named(found, wanted) == ("both", "control only")


@given(
    st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=2),
        st.frozensets(st.integers(0, 40), max_size=12),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_no_named_group_and_no_rest_is_small(sets: dict[str, frozenset[int]], random: Any) -> None:
    candidates = [name for name in sets if random.random() < 0.7]
    kept = Groups().named({name: (users,) for name, users in sets.items()}, candidates)
    assert list(kept) == [name for name in candidates if name in kept]
    assert all(len(sets[name]) >= 5 for name in kept)
    rest = frozenset().union(*(users for name, users in sets.items() if name not in kept))
    assert not kept or not rest or len(rest) >= 5
    # Nothing is merged without need: all candidates that are large, or a rest that was small.
    large = [name for name in candidates if len(sets[name]) >= 5]
    others = frozenset().union(*(users for name, users in sets.items() if name not in large))
    if not others or len(others) >= 5:
        assert list(kept) == large


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 90)), max_size=250))
def test_the_parts_are_all_rows_and_each_has_five_users(pairs: list[tuple[str, int]]) -> None:
    rows = pl.DataFrame(pairs, schema={"value": pl.String, "user_no": pl.Int64}, orient="row")
    parts = Groups().split(rows)
    assert sum(part.height for _, part in parts) == rows.height
    if rows["user_no"].n_unique() >= 5:
        assert all(part["user_no"].n_unique() >= 5 for _, part in parts)
    else:
        assert [name for name, _ in parts] in ([], [OTHER])


def test_rows_are_split_with_the_largest_first_and_the_rest_last() -> None:
    def shown(**users: int) -> list[tuple[str, int]]:
        return [(name, part.height) for name, part in Groups().split(rows_of(**users))]

    assert shown(a=30, b=40, c=10, d=3) == [("b", 40), ("a", 30), (OTHER, 13)]
    assert shown(a=30, b=40, c=10) == [("b", 40), ("a", 30), ("c", 10)]
    assert shown(a=30, b=40, d=4) == [("b", 40), (OTHER, 34)]
    assert shown(a=30, d=3) == [(OTHER, 33)]
    assert shown(d=3) == [(OTHER, 3)]
    assert shown(a=30) == [("a", 30)]


def test_with_ids_every_group_is_named() -> None:
    parts = groups(show_ids=True).split(rows_of(a=30, d=1, e=2))
    assert [name for name, _ in parts] == ["a", "e", "d"]


def test_users_are_listed_by_value_and_cell() -> None:
    rows = pl.DataFrame(
        {
            "value": ["a", "a", "a", "b"],
            "user_no": [1, 1, 2, 3],
            "arm": [True, True, False, True],
        }
    )
    whole = {value: [set(cell) for cell in users] for value, users in users_by_value(rows).items()}
    assert whole == {"a": [{1, 2}], "b": [{3}]}
    apart = users_by_value(rows, "arm")
    assert {value: [set(cell) for cell in users] for value, users in apart.items()} == {
        "a": [{2}, {1}],
        "b": [set(), {3}],
    }


def test_names_beside_numbers_follow_every_total() -> None:
    users = {
        "view": frozenset(range(5)),
        "edit": frozenset(range(5)),
        "save": frozenset(range(5)),
        "rare": frozenset({1}),
    }
    names = EventNames(Groups(), users)
    assert names.shown(["view", "rare", "edit"]) == ("view", "edit")
    # Of all names one more has to go; of those that count as work, another one.
    assert names.counted(["view", "edit", "save", "rare"]) == ("view", "edit")
    assert names.counted(["view", "edit", "save", "rare"], [["edit", "rare"]]) == ("view", "save")
    assert names.counted(["view", "edit", "save"], [["edit"]]) == ("view", "edit")


def test_an_event_of_one_arm_is_counted_and_not_named() -> None:
    users = pl.DataFrame({"user_no": range(1006), "is_treated": [n < 6 for n in range(1006)]})
    known = {"seen often": frozenset(range(5)), "seen rarely": frozenset(range(4))}

    def check(**events: tuple[int, int]) -> TrustCheck:
        evidence = SimpleNamespace(
            in_log=users,
            trial=SimpleNamespace(units_of=lambda _: (1_000, 6)),
            events=SimpleNamespace(users={n.replace("_", " "): e for n, e in events.items()}),
            known=frozenset(),
            working=frozenset({"seen rarely"}),
            shown=EventNames(Groups(), known),
        )
        return event_checks.one_arm_events(cast("Evidence", evidence))

    both = check(seen_often=(0, 6), seen_rarely=(0, 4))
    assert both.status == "failed"
    assert [(one.event, one.users) for one in both.figures["events"]] == [("seen often", 6)]  # type: ignore[union-attr]
    assert "seen often (6 users, treatment) and 1 more" in sentence(both)
    assert "rarely" not in sentence(both)
    rare = check(seen_rarely=(0, 4))
    assert (rare.status, rare.figures) == ("failed", {"events": (), "unnamed": 1})
    assert "1 that too few users have" in sentence(rare)


# The whole run.

RARE = ("RARE route_change", "RAREEVENT", "RAREPAGE", "RAREELEMENT", "RAREPLAN", "RAREROLE")


def office(path: Path, *, users: int = 60, rare: int = 3, beats: bool = False) -> str:
    """People who edit, leave for an hour and edit again; some of them have what nobody else has.

    Args:
        path: A Parquet file.
        users: People.
        rare: How many of them have the rare names.
        beats: Whether the rare event comes like a clock.
    """
    rows: list[dict[str, Any]] = []
    for user in range(users):
        at = MONDAY_US + user * SECOND
        odd = user < rare
        for visit in range(6):
            kind = visit % 2
            where = {
                "target": "RAREELEMENT" if odd else f"cell {kind}",
                "context": "RAREPAGE" if odd else f"page {kind}",
                "plan": "RAREPLAN" if odd else ("free", "paid")[user % 2],
                "role": "RAREROLE" if odd else "owner",
            }
            names = ["view", "edit", "edit", "save"]
            steps = [(name, place * 9 * SECOND) for place, name in enumerate(names)]
            if odd:
                times = 40 if beats else 1
                steps += [("RAREEVENT", 40 * SECOND + n * 30 * SECOND) for n in range(times)]
                steps.append(("RARE route_change", 55 * SECOND + times * 30 * SECOND))
                steps.append(("edit", 60 * SECOND + times * 30 * SECOND))
            for name, later in steps:
                rows.append({"user": f"u{user}", "time": at + later, "event": name} | where)
            at += 3 * HOUR
    pl.DataFrame(rows).write_parquet(path)
    return str(path)


def written(log: str, out: Path, **options: Any) -> dict[str, str]:
    """The files that are passed on, by name."""
    resume_gap.analyze(
        log,
        user="user",
        time="time",
        event="event",
        target="target",
        time_unit="us",
        gap="30m",
        until="2026-03-20",
        by="plan,role",
        out=out,
        **options,
    )
    return {
        name: (out / name).read_text(encoding="utf-8")
        for name in ("report.html", "summary.json", "data_quality.json", "prediction.json")
    }


ROLES: dict[str, dict[str, Any]] = {
    "none": {"productive": "edit", "complete": "save"},
    "productive": {"productive": ["edit", "RARE*"], "complete": "-"},
    "completing": {"productive": "edit", "complete": "RARE*", "away": "save"},
    "ignored": {"productive": "edit", "complete": "save", "ignore": "R*E*"},
    "away": {"productive": "edit", "away": "RARE*"},
    "all returns": {"productive": "edit", "all_returns": True},
    "no work": {"complete": "save", "productive": "nothing"},
    "named": {},
}
QUICK = ("productive", "completing", "ignored", "named")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(options, id=name, marks=() if name in QUICK else pytest.mark.full)
        for name, options in ROLES.items()
    ],
)
def test_no_grouping_names_a_small_group(tmp_path: Path, options: dict[str, Any]) -> None:
    for name, text in written(
        office(tmp_path / "log.parquet"), tmp_path / "out", **options
    ).items():
        found = [rare for rare in RARE if rare in text]
        assert not found, f"{name} names {found}"


def test_with_ids_everything_is_named(tmp_path: Path) -> None:
    files = written(
        office(tmp_path / "log.parquet"), tmp_path / "out", productive="edit", show_ids=True
    )
    summary = json.loads(files["summary.json"])
    assert ("RAREEVENT", 18) in map(tuple, summary["roles"]["leading"])
    assert summary["roles"]["unnamed"] == {}
    values = {(row["column"], row["value"]) for row in summary["segments"]}
    assert {("plan", "RAREPLAN"), ("role", "RAREROLE")} <= values
    assert "RAREPAGE" in {row["value"] for row in summary["marker"]["hits"]}


def test_five_users_are_enough(tmp_path: Path) -> None:
    files = written(office(tmp_path / "log.parquet", rare=5), tmp_path / "out", productive="edit")
    summary = json.loads(files["summary.json"])
    assert "RAREEVENT" in dict(summary["roles"]["leading"])
    assert "RAREELEMENT" in files["report.html"]


def test_numbers_of_the_others_do_not_give_a_small_group_away(tmp_path: Path) -> None:
    log = office(tmp_path / "log.parquet")
    files = written(log, tmp_path / "out", productive="edit")
    summary = json.loads(files["summary.json"])
    leading = dict(summary["roles"]["leading"])
    left = summary["rows"]["used"] - sum(leading.values())
    assert left > 18  # not the rare event alone
    assert summary["roles"]["unnamed"]["leading"] == 5 - len(leading)
    for column in ("plan", "role"):
        parts = [row for row in summary["segments"] if row["column"] == column]
        assert all(row["users"] >= 5 for row in parts)
        assert sum(row["eligible"] for row in parts) == summary["reorientation"]["eligible"]


def test_a_clock_of_few_users_is_reported_without_its_name(tmp_path: Path) -> None:
    files = written(
        office(tmp_path / "log.parquet", beats=True), tmp_path / "out", productive="edit"
    )
    (check,) = [
        check
        for check in json.loads(files["data_quality.json"])["checks"]
        if check["check"] == "machine_events"
    ]
    assert "fewer than 5 users" in check["message"]
    assert "RAREEVENT" not in files["data_quality.json"] + files["report.html"]


@pytest.mark.parametrize("users", [pytest.param(1, marks=pytest.mark.full), 4, 5])
def test_a_log_of_few_users_is_a_whole_report(tmp_path: Path, users: int) -> None:
    files = written(
        office(tmp_path / "log.parquet", users=users, rare=0), tmp_path / "out", productive="edit"
    )
    summary = json.loads(files["summary.json"])
    assert summary["counts"]["interruptions"]
    assert summary["roles"]["productive"] == (["edit"] if users == 5 else [])
    assert summary["roles"]["unnamed"].get("productive", 0) == (0 if users == 5 else 1)
    assert "page 0" not in files["summary.json"] or users == 5


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=60),
    st.sampled_from([1, 2, 3, 5]),
)
def test_small_groups_taken_together_change_no_name(
    drawn: list[tuple[int, int]], least: int
) -> None:
    every = {group: ({user for one, user in drawn if one == group},) for group, _ in drawn}
    allowed, candidates = Groups(least), sorted(set(every) - {0})
    rows = np.array(drawn, dtype=np.int64).reshape(-1, 2)
    users = allowed.users_of_large(rows[:, 1], rows[:, 0])
    large = [name for name in candidates if name in users]
    assert [(name, set(*users[name])) for name in large] == [
        (name, *every[name]) for name in candidates if len(*every[name]) >= least
    ]
    assert allowed.named(users, large) == allowed.named(every, candidates)


@pytest.mark.parametrize(("with_ids", "show_ids"), [(False, False), (True, False), (False, True)])
def test_the_users_of_names_are_those_of_the_rows_in_range(
    *, with_ids: bool, show_ids: bool
) -> None:
    draw = random.Random(7)  # noqa: S311
    rows: list[dict[str, Any]] = [
        {
            "user_id": draw.choice(["u1", "u2", "u3", "u4", "u5", "u6", " "]),
            "event": draw.choice(["edit", "idle", "tick", "look", "look", "", "  "]),
            "timestamp_us": MONDAY_US + draw.randrange(40) * HOUR,
            "event_id": str(draw.randrange(60)),
        }
        for _ in range(80)
    ]
    rows[0]["event"] = "late"
    rows[0]["timestamp_us"] = MONDAY_US + 31 * HOUR
    columns = ("event_id",) if with_ids else ()
    settings = Settings(
        productive=("edit",),
        away=("idle",),
        ignore=("tick",),
        since_us=MONDAY_US,
        until_us=MONDAY_US + 30 * HOUR,
        mapping={name: name for name in columns},
    )
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("rows", rows_table(rows, columns))
        runner = Runner(con)
        intake = take_in(runner, settings, columns=settings.mapping, excluded_users=())
        tally = reduce_events(runner, intake, cut_us=MINUTE, seed=0)
        found = event_names(runner, intake, tally, show_ids=show_ids)
    assert (bool(intake.repeated_ids), intake.dropped_before) == (with_ids, with_ids)
    numbers = {user: no for no, user in enumerate(sorted({r["user_id"] for r in rows} - {" "}), 1)}
    expected: dict[str, set[int]] = {}
    for row in rows:
        in_range = row["timestamp_us"] <= MONDAY_US + 30 * HOUR
        if row["event"] and row["user_id"] in numbers and in_range:
            expected.setdefault(row["event"], set()).add(numbers[row["user_id"]])
    least = 1 if show_ids else 5
    assert found.users == {event: set(sorted(of)[:least]) for event, of in expected.items()}

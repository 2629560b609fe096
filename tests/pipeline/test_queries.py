"""The SQL files: macros that agree with Python, and a report that lists all that ran."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import duckdb
import pyarrow as pa
import pytest

import resume_gap
from resume_gap.pipeline.queries import Runner, text
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES
from resume_gap.sources import role_bits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = 1_767_225_600
WRAPPER = re.compile(
    r"(create (or replace )?(table|view) \S+ as|insert into \S+)\s+", re.IGNORECASE
)
OF_SOURCES = re.compile(
    r"copy \(|select count\((\*|x)\)|select distinct line|select place, x, n, us from \(",
    re.IGNORECASE | re.DOTALL,
)
"""How a source opens its files, before any relation is made."""
FILES = re.compile(r"read_parquet\(\[[^]]*\]")
"""Files are listed by the names of the inputs."""
SETTINGS = re.compile(
    r"(set |reset |pragma |attach |detach |use |drop (table|view) |alter table |describe |show "
    r"|create table \w+ \(|select \* from handed_over|select current_setting)",
    re.IGNORECASE,
)


class Spy:
    """A connection that notes every statement it is given."""

    def __init__(self, con: duckdb.DuckDBPyConnection, noted: list[str]) -> None:
        self._con, self._noted = con, noted

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    def cursor(self) -> Spy:
        return Spy(self._con.cursor(), self._noted)

    def execute(self, sql: str, *rest: Any, **named: Any) -> Any:
        self._noted.append(sql)
        return self._con.execute(sql, *rest, **named)

    def sql(self, sql: str, *rest: Any, **named: Any) -> Any:
        self._noted.append(sql)
        return self._con.sql(sql, *rest, **named)


@pytest.fixture
def runner() -> Iterator[Runner]:
    with duckdb.connect() as con:
        yield Runner(con)


def values(runner: Runner, sql: str) -> list[Any]:
    return [row[0] for row in runner.con.sql(sql).fetchall()]


def test_gap_classes_end_where_python_ends_them(runner: Runner) -> None:
    for low, end, high in zip(GAP_CLASSES, GAP_CLASS_ENDS_US, GAP_CLASSES[1:], strict=False):
        found = values(runner, f"select gap_class(unnest([{end}, {end + 1}]))")
        assert found == [low, high]


@pytest.mark.parametrize(
    ("macro", "bit"),
    [
        ("is_completing", role_bits.COMPLETING),
        ("is_ignored", role_bits.IGNORED),
        ("is_marker", role_bits.MARKER),
        ("is_assignment", role_bits.ASSIGNING),
        ("is_set_aside", role_bits.OUTSIDE),
    ],
)
def test_role_macros_ask_for_pythons_bits(runner: Runner, macro: str, bit: int) -> None:
    found = values(runner, f"select {macro}(roles) from range(64) as r(roles) order by roles")
    assert found == [(roles & bit) != 0 for roles in range(64)]


def test_contents_are_taken_apart_as_they_were_put_together(runner: Runner) -> None:
    parts = "kind_of(content_of(7::integer, 12::integer)), label_of(content_of(7, 12))"
    assert runner.con.sql(f"select {parts}").fetchall() == [(7, 12)]


def test_a_stop_counts_by_its_reason(runner: Runner) -> None:
    reasons = ["mid_task", "away_event", "completed", "idle", "unknown"]
    runner.store("reasons", pa.table({"place": range(5), "reason": reasons}))
    runner.let(follow_up_us=100, cap_us=10)
    one = "from reasons order by place"
    assert values(runner, f"select is_mid_task(reason) {one}") == [True, True] + [False] * 3
    assert values(runner, f"select is_rated(reason) {one}") == [True, True, False, False, True]
    assert values(runner, "select is_followed_up(0, unnest([99, 100]))") == [False, True]
    assert values(runner, "select is_back_in_time(0, unnest([100, 101]))") == [True, False]
    assert values(runner, "select is_reached(unnest([10, 11]))") == [True, False]


def test_devices_change_only_where_both_are_known(runner: Runner) -> None:
    found = values(runner, "select is_changed(unnest([0, 1, 1, 1]), unnest([1, 0, 1, 2]))")
    assert found == [None, None, False, True]


def test_a_file_is_listed_once_it_ran(runner: Runner) -> None:
    assert list(runner.ran) == ["00_macros.sql"]
    runner.let(log_end_us=None)
    runner.store("stream_stats", pa.table({"stream_no": [1], "newest_us": [5]}))
    runner.make("29_log_ends")
    assert runner.ran["29_log_ends.sql"] == text("29_log_ends")
    assert runner.table("log_ends").fetchall() == [(1, 5)]
    assert runner.variable("log_end_us") is None
    runner.let(log_end_us=9)
    assert runner.variable("log_end_us") == 9


def test_rows_made_elsewhere_are_added_to_a_table(runner: Runner) -> None:
    runner.store("made", pa.table({"n": [1], "text": pa.array(["a"]).dictionary_encode()}))
    runner.extend("made", pa.table({"n": [2, 3], "text": pa.array([None, "b"], pa.string())}))
    assert runner.table("made").fetchall() == [(1, "a"), (2, None), (3, "b")]
    runner.store("made", pa.table({"n": [4]}))
    assert runner.table("made").fetchall() == [(4,)]


def test_a_renamed_table_takes_the_place_of_another(runner: Runner) -> None:
    runner.store("old", pa.table({"n": [1]}))
    runner.store("new", pa.table({"n": [2]}))
    runner.rename("old", "new")
    assert runner.table("new").fetchall() == [(1,)]
    assert not runner.has("old")


def test_a_table_that_is_removed_can_be_made_again(runner: Runner) -> None:
    runner.store("log", pa.table({"target": ["a", "b", "a"]}))
    runner.make("102_seen_elements")
    runner.remove("seen_elements")
    assert not runner.has("seen_elements")
    runner.make("102_seen_elements")
    assert sorted(runner.table("seen_elements").fetchall()) == [("a",), ("b",)]


def test_a_second_connection_reads_what_was_lent_and_promised(runner: Runner) -> None:
    runner.lend("stream_stats", pa.table({"stream_no": [1], "newest_us": [5]}))
    runner.let(log_end_us=7)
    runner.promise("log_ends", lambda: runner.make("29_log_ends", kind="view"))
    aside = runner.aside("log_end_us")
    with aside.con:
        assert aside.table("log_ends").fetchall() == [(1, 7)]
        assert aside.read("29_log_ends").fetchall() == [(1, 7)]
    assert not runner.is_promised("log_ends")
    assert runner.table("log_ends").fetchall() == [(1, 7)]


def test_a_promised_relation_is_made_when_a_query_reads_it(runner: Runner) -> None:
    made: list[str] = []

    def make() -> None:
        made.append("stream_stats")
        runner.store("stream_stats", pa.table({"stream_no": [1], "newest_us": [5]}))

    runner.promise("stream_stats", make)
    runner.promise("log_ends", lambda: runner.make("29_log_ends", kind="view"))
    runner.let(log_end_us=None)
    runner.view("00_no_rows", "select 1 as n")
    assert runner.is_promised("stream_stats")
    assert not made
    assert runner.table("log_ends").fetchall() == [(1, 5)]
    assert not runner.is_promised("stream_stats")
    assert runner.table("stream_stats").fetchall() == [(1, 5)]
    assert made == ["stream_stats"]


COMMANDS: dict[str, dict[str, Any]] = {
    "analyze": {},
    "evaluate": {"marker": "shown=view", "assignments": "assignments.csv"},
    "evaluate the log": {"control": "off", "treatment": "on"},
    "plan": {"effect": "15s"},
}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_report_lists_all_sql_that_ran(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only quoting, settings, wrappers, and how a source opens its files are not listed."""
    noted: list[str] = []
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *a, **k: Spy(connect(*a, **k), noted))
    monkeypatch.chdir(tmp_path)
    write_logs(tmp_path)
    run = getattr(resume_gap, command.partition(" ")[0])
    log = "log.csv" if command != "evaluate the log" else "variants.csv"
    found = run(log, out=tmp_path / "report", gap="1h", time_unit="s", **COMMANDS[command])
    listed = {normal(sql) for sql in found.methods.queries.values()}
    unlisted = [sql for sql in noted if not is_listed(sql, listed)]
    assert len(noted) > len(listed) >= 20
    assert not unlisted, "\n".join(unlisted)
    assert not any(str(tmp_path) in sql for sql in found.methods.queries.values())


def write_logs(folder: Path) -> None:
    """Thirty users with three working days: a log, one with variants, and assignments."""
    rows = [
        (
            f"u{user}",
            START + 86_400 * day + 40 * step,
            ("edit" if step % 3 else "view"),
            f"e{step % 5}",
            "on" if user % 2 else "off",
        )
        for user in range(30)
        for day in range(3)
        for step in range(12)
    ]
    head = "user_id,timestamp,event,target"
    log = [head, *(",".join(map(str, row[:4])) for row in rows)]
    variants = [f"{head},variant", *(",".join(map(str, row)) for row in rows)]
    assigned = ["user_id,variant,assigned_at"]
    assigned += [f"u{user},{'on' if user % 2 else 'off'},{START}" for user in range(30)]
    for name, lines in (("log", log), ("variants", variants), ("assignments", assigned)):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n")


def normal(sql: str) -> str:
    lines = [line for line in sql.splitlines() if not line.startswith("-- ")]
    return FILES.sub("read_parquet([]", " ".join(" ".join(lines).split()))


def is_listed(sql: str, listed: set[str]) -> bool:
    inner = WRAPPER.sub("", sql.strip(), count=1)
    if normal(inner) in listed or SETTINGS.match(inner):
        return True
    return OF_SOURCES.match(sql) is not None


@pytest.mark.parametrize(
    ("columns", "named"),
    [({"stream": ["", ""]}, "user_id"), ({"stream": ["s", "t"]}, "user_id || chr(31) || stream")],
)
def test_stream_digests_are_hashes_of_seed_and_ids(
    runner: Runner, columns: dict[str, list[str]], named: str
) -> None:
    rows = {"stream_no": [2, 1], "user_id": ["a", "b"], "user_no": [1, 2], "n": [5, 6]}
    runner.store("streams", pa.table(rows | columns))
    runner.let(seed=7)
    expected = values(
        runner,
        f"select md5('7:' || {named}) from streams order by stream_no",
    )
    found = dict(runner.read("19_stream_digests").fetchall())
    assert [found[stream].hex() for stream in (1, 2)] == expected
    assert len(set(expected)) == 2


def test_sampled_streams_are_whole_users_within_the_limits(runner: Runner) -> None:
    rows = {"stream_no": [1, 2, 3, None], "user_id": ["a", "a", "b", ""]}
    runner.store("streams", pa.table(rows | {"user_no": [1, 1, 2, None], "n": [5, 5, 7, 9]}))
    for most_users, most_rows, many in ((9, 100, 3), (9, 0, None), (1, 100, None)):
        runner.let(seed=0, check_users=most_users, check_events=most_rows)
        found = dict(runner.read("18_sampled_streams").fetchall())
        assert found.keys() == {1, 2, 3}
        assert found[1] == found[2]
        assert sum(found.values()) == many or (many is None and found[1] != found[3])


def test_a_variable_that_stays_is_not_set_again() -> None:
    sent: list[str] = []

    class Connection:
        def execute(self, sql: str, _values: object = None) -> None:
            sent.append(sql)

    con: Any = Connection()
    runner = Runner(con)
    sent.clear()
    for value, again in ((1, 1), (1, 0), (True, 1), (True, 0), (1, 1), ("1", 1), (None, 1)):
        runner.let(limit=value)
        assert (len(sent), runner.variable("limit")) == (again, value)
        sent.clear()
    for _ in range(2):  # a list may have been changed
        runner.let(names=["a"])
    assert len(sent) == 2


def test_a_runner_aside_reads_the_same_tables_and_has_variables_of_its_own(runner: Runner) -> None:
    runner.let(here=1, there=2)
    runner.con.execute("create table numbers as select 7 as n")
    aside = runner.aside("here")
    runner.let(here=3)
    sql = "select n, getvariable('here'), getvariable('there') from numbers"
    assert aside.one(sql) == (7, 1, None)
    assert runner.one(sql) == (7, 3, 2)
    assert (aside.variable("here"), aside.variable("there")) == (1, None)
    aside.note("99_more", "select 1")
    assert "99_more.sql" in runner.ran
    with aside.con:
        pass
    assert runner.one("select 1") == (1,)

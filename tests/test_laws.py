"""Laws: how the result must answer when the same log comes in another shape.

Everything runs through the public interface on files; the result is all of `summary.json` outside
of `generated_from`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.effort import FULL, effort
from factories.strategies import EVENTS, Log, logs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import resume_gap
from resume_gap.errors import DataError
from resume_gap.report.render import jsonfile
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resume_gap.results.analyze import Analysis

DAY = 86_400
FORMATS = ("parquet", "csv", "jsonl", "csv.gz", "jsonl.zst")
FILE_COLUMN = {"timestamp_us": "timestamp", "end_us": "end", "received_at_us": "received_at"}
WHOLE_NUMBERS = {"timestamp", "end", "received_at", "sequence", "position"}
ROLES = {
    "productive": "edit_cell,update_field,rename_item,write_note,submit",
    "complete": "submit,sign_out",
    "away": "idle,focus,screen*",
}
NOTHING = "(no event has this name)"
"""Keeps the roles from being suggested where a random log has none."""

small_logs = settings(
    max_examples=effort(1, 6),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


# Logs as files ---------------------------------------------------------------------------------


def file_rows(log: Log) -> list[dict[str, Any]]:
    return [{FILE_COLUMN.get(k, k): v for k, v in row.items()} for row in log.rows]


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows in the format that the name says; a column is text or a whole number."""
    names = list(rows[0])
    kind, _, packed = path.name.partition(".")[2].partition(".")
    if kind == "parquet":
        pq.write_table(
            pa.table(
                {
                    n: pa.array(
                        [r[n] for r in rows], pa.int64() if n in WHOLE_NUMBERS else pa.string()
                    )
                    for n in names
                }
            ),
            path,
        )
        return str(path)
    if kind == "csv":
        stream = io.StringIO()
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        data = stream.getvalue().encode()
    else:
        data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if packed == "gz":
        data = gzip.compress(data)
    elif packed == "zst":
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, "zstd") as packer:
            packer.write(data)
        data = sink.getvalue().to_pybytes()
    path.write_bytes(data)
    return str(path)


def options(log: Log, **more: Any) -> dict[str, Any]:
    """All columns mapped, roles and limit given: nothing is left to recognise."""
    columns = ["user_id", "timestamp", "event", *(FILE_COLUMN.get(c, c) for c in log.columns)]
    given: dict[str, Any] = {
        "map": {c: c for c in columns},
        "time_unit": "us",
        "gap": f"{log.threshold_us // 1_000_000}s",
        "productive": sorted(log.roles.productive) or [NOTHING],
        "complete": sorted(log.roles.completing),
        "away": sorted(log.roles.away),
        "threads": 1,
    }
    if log.until_us is not None:
        given["until"] = iso(log.until_us)
    return given | more


def iso(at_us: int) -> str:
    moment = pl.Series([at_us]).cast(pl.Datetime("us", "UTC"))[0]
    return moment.isoformat()


def result(analysis: Analysis) -> dict[str, Any]:
    content = json.loads(jsonfile.summary(analysis))
    del content["generated_from"]
    return content


def measured(files: Sequence[str], **given: Any) -> dict[str, Any] | None:
    """The result; None where nothing but absence is left to measure."""
    try:
        return result(resume_gap.analyze(files, **given))
    except DataError as error:
        assert "no event is left" in str(error)  # noqa: PT017 - the only one random logs may give
        return None


class Folder:
    """A folder for one example; `tmp_path` would be shared by all examples of a test."""

    def __enter__(self) -> Path:
        self._folder = tempfile.TemporaryDirectory()
        return Path(self._folder.name)

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


@pytest.fixture(scope="module")
def office() -> pl.DataFrame:
    """A simulated week of sixty people, from which a threshold is learned."""
    world = replace(
        PRESETS["workday"],
        users=60,
        weeks=1,
        stretch_steps_median=15,
        away_share=0.2,
        null_target_share=0.1,
    )
    log = simulate(world, seed=3).log
    assert 15_000 < log.height < 30_000
    return log


@pytest.fixture(scope="module")
def office_file(office: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.parquet"
    office.write_parquet(path)
    return path


@pytest.fixture(scope="module")
def office_result(office_file: Path) -> dict[str, Any]:
    found = result(resume_gap.analyze(office_file))
    assert found["threshold"]["source"] == "learned"
    assert found["counts"]["interruptions"] > 100
    return found


# Order, split, format --------------------------------------------------------------------------


def text_times(log: pl.DataFrame) -> pl.DataFrame:
    return log.with_columns(pl.col("timestamp").dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ"))


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(["timestamp", "user_id"], marks=pytest.mark.full),
        pytest.param(["target", "event", "timestamp"], marks=pytest.mark.full),
        # Always drawn beside the split below, which shuffles, too.
        pytest.param(["shuffled"], marks=pytest.mark.full),
    ],
)
def test_row_order_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path, order: list[str]
) -> None:
    log = (
        office.sample(fraction=1, shuffle=True, seed=1)
        if order == ["shuffled"]
        else office.sort(order, descending=True)
    )
    log.write_parquet(tmp_path / "office.parquet")
    assert result(resume_gap.analyze(tmp_path / "office.parquet")) == office_result


def test_file_split_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path
) -> None:
    shuffled = office.sample(fraction=1, shuffle=True, seed=2)
    for number, part in enumerate(shuffled.iter_slices(7_000)):
        part.write_parquet(tmp_path / f"part-{number}.parquet")
    files = sorted(tmp_path.iterdir(), reverse=True)
    assert len(files) > 2
    assert result(resume_gap.analyze(files)) == office_result
    if FULL:
        assert result(resume_gap.analyze(tmp_path)) == office_result


@pytest.mark.full  # of random logs, quickly: test_order_split_and_format_of_a_random_log
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "csv.gz", "csv.zst", "jsonl.gz"])
def test_format_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path, form: str
) -> None:
    kind, _, packed = form.partition(".")
    stream = io.BytesIO()
    if kind == "jsonl":
        text_times(office).write_ndjson(stream)
    else:
        text_times(office).write_csv(stream, separator="\t" if kind == "tsv" else ",")
    data = stream.getvalue()
    path = tmp_path / f"office.{form}"
    if packed == "zst":
        with pa.CompressedOutputStream(str(path), "zstd") as packer:
            packer.write(data)
    else:
        path.write_bytes(gzip.compress(data) if packed else data)
    assert result(resume_gap.analyze(path)) == office_result


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40), data=st.data())
def test_order_split_and_format_of_a_random_log(log: Log, data: st.DataObject) -> None:
    rows = file_rows(log)
    other = data.draw(st.permutations(rows))
    parts = data.draw(st.integers(1, min(3, len(rows))))
    forms = data.draw(st.lists(st.sampled_from(FORMATS), min_size=parts, max_size=parts))
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        files = [
            write(folder / f"part{number}.{form}", other[number::parts])
            for number, form in enumerate(forms)
        ]
        assert measured(files, **options(log)) == once


# Time, names, copies ---------------------------------------------------------------------------


@pytest.mark.full  # of random logs, quickly: the next test
@pytest.mark.parametrize("days", [-4_000, 365])
def test_a_shift_by_whole_days_changes_nothing(
    office: pl.DataFrame, office_result: dict[str, Any], tmp_path: Path, days: int
) -> None:
    moved = office.with_columns(pl.col("timestamp") + pl.duration(days=days))
    moved.write_parquet(tmp_path / "office.parquet")
    assert result(resume_gap.analyze(tmp_path / "office.parquet")) == office_result


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40), days=st.integers(-10_000, 4_000))
def test_a_random_log_shifted_by_whole_days(log: Log, days: int) -> None:
    by = days * DAY * 1_000_000
    rows = file_rows(log)
    moved = [
        row | {n: row[n] + by for n in ("timestamp", "end") if row.get(n) is not None}
        for row in rows
    ]
    until = {} if log.until_us is None else {"until": iso(log.until_us + by)}
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        again = measured([write(folder / "moved.parquet", moved)], **options(log, **until))
    assert again == once


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A result with event names replaced wherever one stands alone."""
    if isinstance(value, dict):
        return {k: renamed(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(v, names) for v in value]
    return names.get(value, value) if isinstance(value, str) else value


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_names_mean_nothing_but_their_order_and_roles(log: Log) -> None:
    names = {name: f"{number} ü'\"<{number}>" for number, name in enumerate(sorted(EVENTS))}
    rows = file_rows(log)
    others = [row | {"event": names[row["event"]]} for row in rows]
    given_roles = {
        "productive": [names[n] for n in sorted(log.roles.productive)] or [NOTHING],
        "complete": [names[n] for n in sorted(log.roles.completing)],
        "away": [names[n] for n in sorted(log.roles.away)],
    }
    with Folder() as folder:
        once = measured([write(folder / "log.parquet", rows)], **options(log))
        again = measured([write(folder / "named.parquet", others)], **options(log, **given_roles))
    if once is None or again is None:
        assert once == again
        return
    for found in (once, again):
        # Names that no event bears are listed by the name.
        found["data_quality"] = [
            c for c in found["data_quality"] if c["check"] != "role_names_unmatched"
        ]
        del found["first_screen"]  # it shows warnings, these among them
    assert renamed(once, names) == again


def without_ledger(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """A result without what counts rows of the input instead of events."""
    if found is None:
        return None
    # The names to choose from are counted in rows of the input, too.
    roles = {k: v for k, v in found["roles"].items() if k != "leading"}
    counted = ("rows", "data_quality", "columns", "first_screen")  # the screen shows warnings
    return {k: v for k, v in found.items() if k not in counted} | {"roles": roles}


@pytest.mark.full
def test_a_copy_beside_the_file_with_event_ids(tmp_path: Path) -> None:
    world = replace(PRESETS["workday"], users=20, weeks=1, event_ids=True)
    log = simulate(world, seed=5).log
    log.write_parquet(tmp_path / "a.parquet")
    log.sample(fraction=1, shuffle=True, seed=1).write_parquet(tmp_path / "b.parquet")
    files = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    once = result(resume_gap.analyze(files[0], **ROLES))
    twice = result(resume_gap.analyze(files, **ROLES))
    assert twice["rows"]["used"] == once["rows"]["used"] == log.height
    assert twice["rows"]["dropped"] == {"repeated_event_id": log.height}
    assert without_ledger(twice) == without_ledger(once)


@pytest.mark.full
def test_a_copy_beside_the_file_with_fine_stamps(
    office: pl.DataFrame, office_file: Path, tmp_path: Path
) -> None:
    office.sample(fraction=1, shuffle=True, seed=4).write_parquet(tmp_path / "copy.parquet")
    # Roles are given: names are suggested by how often they stand in the rows of the input.
    once = result(resume_gap.analyze(office_file, **ROLES))
    twice = result(resume_gap.analyze([office_file, tmp_path / "copy.parquet"], **ROLES))
    assert once["threshold"]["source"] == "learned"
    assert twice["rows"]["used"] == once["rows"]["used"] == office.height
    assert twice["rows"]["dropped"] == {"duplicate_row": office.height}
    assert without_ledger(twice) == without_ledger(once)


@pytest.mark.full
def test_a_copy_beside_the_file_with_whole_seconds_is_only_reported(
    office: pl.DataFrame, tmp_path: Path
) -> None:
    coarse = office.with_columns(pl.col("timestamp").dt.truncate("1s"))
    coarse.write_parquet(tmp_path / "a.parquet")
    coarse.write_parquet(tmp_path / "b.parquet")
    twice = result(resume_gap.analyze([tmp_path / "a.parquet", tmp_path / "b.parquet"]))
    assert twice["rows"] == {"read": 2 * office.height, "used": 2 * office.height, "dropped": {}}
    (check,) = [c for c in twice["data_quality"] if c["check"] == "equal_rows_kept"]
    assert check["count"] >= office.height


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_a_copy_of_a_random_log_with_event_ids(log: Log) -> None:
    if "event_id" not in log.columns:
        log = replace(log, columns=(*log.columns, "event_id"))
    rows = [row | {"event_id": f"e{n:03}"} for n, row in enumerate(file_rows(log))]
    with Folder() as folder:
        first = write(folder / "log.parquet", rows)
        second = write(folder / "copy.csv", rows[::-1])
        once = measured([first], **options(log))
        twice = measured([first, second], **options(log))
    assert without_ledger(twice) == without_ledger(once)


# Limits, sums, ledger --------------------------------------------------------------------------


def balance(found: dict[str, Any]) -> None:
    """What must add up in every result."""
    counts, back, rows = found["counts"], found["reorientation"], found["rows"]
    assert counts["sessions"] == counts["streams"] + counts["returns"]
    assert rows["read"] == rows["used"] + sum(rows["dropped"].values())
    assert all(n > 0 for n in rows["dropped"].values())
    assert counts["returns"] == sum(counts["reasons"].values())
    unknown = counts["reasons"]["unknown"]
    assert counts["interruptions"] + unknown == sum(counts["gap_classes"].values())
    assert counts["users_interrupted"] <= min(counts["users"], counts["interruptions"])
    if back["reason"] == "no_productive_events":
        assert back["observed"] is back["censored"] is back["mean"]["estimate"] is None
        return
    assert back["observed"] + back["censored"] == counts["interruptions"]
    assert back["censored"] == back["abandoned"] + back["log_end"]
    assert back["abandoned_by_leaving"] <= back["abandoned"]
    assert back["eligible"] == sum(row["eligible"] for row in back["by_gap_class"])
    if back["eligible"]:
        assert back["reached_mean_seconds"] is None or back["reached_mean_seconds"] >= 0
        share, cap = back["productive_share"], back["cap_seconds"]
        parts = (1 - share) * cap + share * (back["reached_mean_seconds"] or 0)
        assert back["mean"]["estimate"] == pytest.approx(parts, abs=1e-6)
        curve = [y for _, y in back["curve"]]
        assert curve == sorted(curve)
        assert curve[-1] == share


def test_the_simulated_log_adds_up(office_result: dict[str, Any]) -> None:
    balance(office_result)


@pytest.mark.full
def test_a_longer_limit_never_finds_more_returns(
    office_file: Path, office_result: dict[str, Any]
) -> None:
    rows = office_result["threshold"]["sensitivity"]
    returns = [row["returns"] for row in rows]
    assert [row["seconds"] for row in rows] == sorted({row["seconds"] for row in rows})
    assert returns == sorted(returns, reverse=True)
    for row in rows:
        alone = resume_gap.analyze(office_file, gap=f"{row['seconds']:g}s")
        assert alone.counts.returns == row["returns"]
        assert alone.counts.interruptions == row["interruptions"]


def test_all_returns_counts_every_return(office_file: Path, office_result: dict[str, Any]) -> None:
    found = result(resume_gap.analyze(office_file, all_returns=True))
    balance(found)
    assert found["counts"]["interruptions"] == office_result["counts"]["returns"]
    assert found["counts"]["reasons"] == office_result["counts"]["reasons"]


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_every_limit_of_a_random_log(log: Log) -> None:
    with Folder() as folder:
        found = measured([write(folder / "log.parquet", file_rows(log))], **options(log))
    if found is None:
        return
    balance(found)
    returns = [row["returns"] for row in found["threshold"]["sensitivity"]]
    assert returns == sorted(returns, reverse=True)


DIRTY: dict[str, list[str]] = {
    "user_id": ["u1", "u1", "u2", "u3", "", "undefined", "0"],
    "timestamp": [
        *(f"2026-03-02T10:{minute:02}:00.5Z" for minute in (0, 0, 1, 20, 59)),
        "2026-03-03T10:00:00.25Z",
        "2026-03-01T00:00:00Z",
        "1970-01-01T00:00:07Z",
        "2099-01-01T00:00:00Z",
        "",
        "soon",
    ],
    "event": ["edit", "edit", "view", "submit", "idle", "ping", ""],
    "target": ["a", "b", ""],
}


def dirty_options() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"productive": st.just("edit"), "gap": st.sampled_from(["5m", "30m"])},
        optional={
            "away": st.just("idle"),
            "ignore": st.sampled_from(["ping", "p*,view"]),
            "since": st.just("2026-03-02"),
            "until": st.sampled_from(["2026-03-02T23:00", "2026-03-09"]),
            "keep_placeholder_ids": st.just(value=True),
            "all_returns": st.just(value=True),
        },
    )


@pytest.mark.effort
@settings(parent=small_logs, max_examples=effort(3, 20))
@given(
    rows=st.lists(
        st.fixed_dictionaries({k: st.sampled_from(v) for k, v in DIRTY.items()}),
        min_size=5,
        max_size=40,
    ),
    given_options=dirty_options(),
)
def test_every_row_of_a_dirty_log_is_accounted_for(
    rows: list[dict[str, Any]], given_options: dict[str, Any]
) -> None:
    with Folder() as folder:
        file = write(folder / "log.csv", rows)
        try:
            found = result(resume_gap.analyze(file, threads=1, **given_options))
        except DataError as error:
            assert "\n" not in str(error)  # noqa: PT017
            return
    assert found["rows"]["read"] == len(rows)
    balance(found)


# One user beside others ------------------------------------------------------------------------


def tables(files: Sequence[Path], out: Path, **given_options: Any) -> Iterator[pl.DataFrame]:
    resume_gap.analyze(files, out=out, **given_options)
    for name in ("interruptions", "users"):
        yield pl.read_parquet(out / f"{name}.parquet")


def test_a_user_alone_has_the_same_rows_as_in_company(
    office: pl.DataFrame, office_file: Path, tmp_path: Path
) -> None:
    given_options = ROLES | {"gap": "20m", "until": "2025-03-10"}
    # What is filled with everybody's means, or depends on the rule that is best for everybody.
    of_all = ["excess_sum_seconds", "hits", "addressable"]
    together = list(tables([office_file], tmp_path / "all", **given_options))
    busiest = office["user_id"].value_counts(sort=True, name="n")["user_id"]
    for number, user in enumerate([busiest[0], busiest[-1], busiest[20]][: effort(2, 3)]):
        alone_file = tmp_path / f"{number}.parquet"
        office.filter(pl.col("user_id") == user).write_parquet(alone_file)
        alone = list(tables([alone_file], tmp_path / f"alone{number}", **given_options))
        for whole, own in zip(together, alone, strict=True):
            assert own.height or user == busiest[-1]
            mine = whole.filter(pl.col("user_id") == user)
            assert_frame_equal(
                own.drop(of_all, strict=False),
                mine.drop(of_all, strict=False),
                rel_tol=1e-12,
                abs_tol=1e-12,
            )


def test_seconds_in_the_tables_are_the_microseconds_divided_once(
    office_file: Path, tmp_path: Path
) -> None:
    found, _ = tables([office_file], tmp_path / "out", gap="30m")
    exact = (found["return_at"] - found["stop_at"]).dt.total_microseconds().to_numpy() / 1e6
    assert (found["gap_seconds"].to_numpy() == exact).all()


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_counts_are_the_sums_over_users(log: Log) -> None:
    rows = file_rows(log)
    newest = max(row["timestamp"] for row in rows)
    given_options = options(log) | {"until": iso(log.until_us or newest)}
    users = sorted({row["user_id"] for row in rows})
    with Folder() as folder:
        whole = measured([write(folder / "all.parquet", rows)], **given_options)
        parts = [
            measured(
                [write(folder / f"{n}.parquet", [r for r in rows if r["user_id"] == user])],
                **given_options,
            )
            for n, user in enumerate(users)
        ]
    there = [part for part in parts if part is not None]
    if whole is None:
        assert not there
        return
    for name in ("events", "streams", "sessions", "returns", "not_returned", "device_changed"):
        assert whole["counts"][name] == sum(part["counts"][name] for part in there), name
    weights: dict[float, float] = {}
    for part in there:
        for edge, weight in part["gap_histogram"]:
            weights[edge] = weights.get(edge, 0) + weight
    assert dict(map(tuple, whole["gap_histogram"])) == pytest.approx(weights)

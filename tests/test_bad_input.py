"""Bad telemetry: a whole report that says so, or one line and nothing written; never a traceback.

The command runs in this process, so that a traceback fails the test itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.effort import effort
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resume_gap import cli
from resume_gap.commands import analyze
from resume_gap.errors import ResumeGapError
from resume_gap.settings import Settings

T0 = 1_772_445_600
"""2026-03-02 10:00 UTC."""
OUTPUT = {
    "report.html",
    "prediction.json",
    "summary.json",
    "data_quality.json",
    "interruptions.parquet",
    "users.parquet",
}
CONTROL = [
    *range(9),
    0x0B,
    0x0C,
    *range(0x0E, 0x20),
    0x7F,
    *range(0x80, 0xA0),
    0x202A,
    0x202B,
    0x202D,
    0x202E,
    0x2066,
    0x2067,
    0x2068,
    0x200E,
    0x200F,
]


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and standard error of `analyze ... --out out`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(
            sys, "argv", ["resume-gap", "analyze", *arguments, "--out", "out", "--isolated"]
        )
        with pytest.raises(SystemExit) as ended:
            cli.run()
    err.flush()
    return int(ended.value.code or 0), err.buffer.getvalue().decode()


def refused(folder: Path, *arguments: str, code: int = 1) -> str:
    before = sorted(p.name for p in folder.iterdir())
    ended, said = run(folder, *arguments)
    assert ended == code, said
    assert said.count("\n") == 1, said
    assert said.endswith("\n")
    assert not any(chr(c) in said.rstrip("\n") for c in CONTROL)
    assert sorted(p.name for p in folder.iterdir()) == before
    return said


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list):
        return [n for v in value for n in numbers(v)]
    return [value] if isinstance(value, float) else []


def whole(folder: Path, *arguments: str) -> dict[str, Any]:
    """The summary of a run that must end well; every file is there and holds no NaN."""
    ended, said = run(folder, *arguments)
    assert ended == 0, said
    assert not any(chr(c) in said for c in CONTROL)
    assert {p.name for p in (folder / "out").iterdir()} == OUTPUT
    text = (folder / "out/summary.json").read_text()
    content: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    assert all(math.isfinite(n) for n in numbers(content))
    page = (folder / "out/report.html").read_text()
    assert page.rstrip().endswith("</html>")
    assert ">NaN" not in page
    rows = content["rows"]
    assert rows["read"] == rows["used"] + sum(rows["dropped"].values())
    for name in ("interruptions", "users"):
        table = pl.read_parquet(folder / "out" / f"{name}.parquet")
        for column in table.select(pl.selectors.float()).iter_columns():
            assert not column.drop_nulls().is_nan().any()
    return content


def csv(folder: Path, rows: list[tuple[Any, ...]], header: str = "user_id,timestamp,event") -> str:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (folder / "log.csv").write_text("\n".join(lines) + "\n")
    return "log.csv"


def working(user: str = "u1", n: int = 30, step: int = 400) -> list[tuple[Any, ...]]:
    """Edits with a look in between; every seventh gap is an hour longer."""
    at, rows = T0, []
    for number in range(n):
        at += step + (3600 if number % 7 == 0 else 0)
        rows.append((user, at, ("edit", "view", "edit")[number % 3]))
    return rows


def check_of(content: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [c for c in content["data_quality"] if c["check"] == name]
    return found


# Files that are no log -------------------------------------------------------------------------

NO_LOG: dict[str, tuple[str, bytes]] = {
    "empty": ("log.csv", b""),
    "empty parquet": ("log.parquet", b""),
    "empty json lines": ("log.jsonl", b""),
    "blank": ("log.csv", b"\n\n  \n"),
    "header only": ("log.csv", b"user_id,timestamp,event\n"),
    "missing column": ("log.csv", b"user_id,event\nu,edit\n"),
    "text as parquet": ("log.parquet", b"user_id,timestamp,event\nu,1,edit\n"),
    "binary as csv": ("log.csv", bytes(range(256)) * 40),
    "zeros as csv": ("log.csv", bytes(5000)),
    "utf-16": ("log.csv", "user_id,timestamp,event\nu,1,e\n".encode("utf-16")),
    "broken gzip": ("log.csv.gz", b"\x1f\x8b\x08\x00 this is no gzip"),
    "broken zst": ("log.csv.zst", b"\x28\xb5\x2f\xfd nonsense"),
    "parquet magic only": ("log.parquet", b"PAR1PAR1"),
    "unknown ending": ("log.xyz", b"\x00\x01\x02"),
    "html": ("log.csv", b"<!doctype html><html><body>Sign in</body></html>"),
    "json object": ("log.jsonl", b'{"error": "not authorised"}\n'),
    "unreadable times": ("log.csv", b"user_id,timestamp,event\nu,soon,edit\nu,later,edit\n"),
    "no times": ("log.csv", b"user_id,timestamp,event\nu,,edit\nu,,edit\n"),
    "no users": ("log.csv", b"user_id,timestamp,event\n,1772445600,edit\n,1772445700,edit\n"),
    "no names": ("log.csv", b"user_id,timestamp,event\nu,1772445600,\nu,1772445700,\n"),
    "only placeholders": (
        "log.csv",
        b"user_id,timestamp,event\nnull,1772445600,edit\nundefined,1772445700,edit\n",
    ),
    "only 1970": ("log.csv", b"user_id,timestamp,event\nu,0,edit\nu,7,edit\n"),
    "only 2099": (
        "log.csv",
        b"user_id,timestamp,event\nu,2099-01-01T00:00:00Z,e\nu,2099-01-02T00:00:00Z,e\n",
    ),
}


@pytest.mark.parametrize(("name", "data"), NO_LOG.values(), ids=NO_LOG)
def test_files_that_are_no_log(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    refused(tmp_path, name)


def test_a_truncated_parquet_file(tmp_path: Path) -> None:
    rows = working(n=3000)
    table = pa.table(
        {
            "user_id": [r[0] for r in rows],
            "timestamp": [r[1] for r in rows],
            "event": [r[2] for r in rows],
        }
    )
    pq.write_table(table, tmp_path / "whole.parquet")
    data = (tmp_path / "whole.parquet").read_bytes()
    for keep in (5, len(data) // 2, len(data) - 9, len(data) - 1):
        (tmp_path / "log.parquet").write_bytes(data[:keep])
        assert "log.parquet" in refused(tmp_path, "log.parquet")


def test_nothing_there_and_what_vanishes(tmp_path: Path) -> None:
    assert "none.csv" in refused(tmp_path, "none.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "never")
    assert "gone.csv" in refused(tmp_path, "gone.csv")
    refused(tmp_path, "*.parquet")
    refused(tmp_path, "")
    refused(tmp_path, "x\x1b[31m\u202e.csv")


@pytest.mark.parametrize("step", ["reading the events", "ordering the events"])
def test_a_file_that_vanishes_during_the_run(tmp_path: Path, step: str) -> None:
    rows = working(n=3000)
    file = tmp_path / "log.parquet"
    pq.write_table(
        pa.table(
            {
                "user_id": [r[0] for r in rows],
                "timestamp": [r[1] for r in rows],
                "event": [r[2] for r in rows],
            }
        ),
        file,
    )

    def vanish(said: str) -> None:
        if said == step:
            file.unlink()

    try:
        analyze.run([str(file)], Settings(), out=tmp_path / "out", on_progress=vanish)
    except ResumeGapError as error:
        assert "\n" not in str(error)  # noqa: PT017
        assert list(tmp_path.iterdir()) == []


# Rows that say little --------------------------------------------------------------------------


def test_some_times_cannot_be_read(tmp_path: Path) -> None:
    rows = working(n=50)
    rows[::10] = [(user, "soon", event) for user, _, event in rows[::10]]
    found = whole(tmp_path, csv(tmp_path, rows))
    assert found["rows"]["dropped"] == {"unreadable_time": 5}
    rows[::4] = [(user, "soon", event) for user, _, event in rows[::4]]
    (tmp_path / "other").mkdir()
    said = refused(tmp_path / "other", "../" + csv(tmp_path, rows))
    assert "--time" in said


def test_nan_times(tmp_path: Path) -> None:
    rows = working(n=50)
    at = [math.nan if n % 10 == 0 else float(r[1]) for n, r in enumerate(rows)]
    pq.write_table(
        pa.table({"user_id": [r[0] for r in rows], "timestamp": at, "event": [r[2] for r in rows]}),
        tmp_path / "log.parquet",
    )
    found = whole(tmp_path, "log.parquet")
    assert sum(found["rows"]["dropped"].values()) == 5
    assert found["counts"]["events"] == 45


def test_placeholder_ids(tmp_path: Path) -> None:
    file = csv(tmp_path, working("u1") + working("undefined", n=10) + working("0", n=4))
    found = whole(tmp_path, file)
    assert found["rows"]["dropped"] == {"placeholder_user": 14}
    assert check_of(found, "placeholder_user_ids")["count"] == 14
    assert "undefined" in check_of(found, "placeholder_user_ids")["message"]
    assert whole(tmp_path, file, "--keep-placeholder-ids")["counts"]["users"] == 3


def test_some_users_are_missing(tmp_path: Path) -> None:
    found = whole(tmp_path, csv(tmp_path, working("u1") + working("", n=10)))
    assert found["rows"]["dropped"] == {"no_user": 10}
    assert "--user" in refused_after(tmp_path, csv(tmp_path, working("u1", 5) + working("", n=10)))


def refused_after(folder: Path, file: str) -> str:
    """A refusal where a report stands already: the old one stays."""
    before = (folder / "out/summary.json").read_bytes()
    said = refused(folder, file)
    assert (folder / "out/summary.json").read_bytes() == before
    return said


LITTLE: dict[str, list[tuple[Any, ...]]] = {
    "one event": [("u", T0, "edit")],
    "one event each": [(f"u{n}", T0 + n, "edit") for n in range(60)],
    "one user, no return": [("u", T0 + n, "edit") for n in range(60)],
    "one instant": [("u", T0, "edit")] * 40 + [("v", T0, "view")] * 40,
    "one instant, many names": [("u", T0, f"edit{n}") for n in range(70)],
    "one user with returns": working(n=200),
    "nothing productive": [(u, t, "view") for u, t, _ in working(n=200)],
    "two events, a year apart": [("u", T0, "edit"), ("u", T0 + 31_536_000, "edit")],
}


@pytest.mark.parametrize("rows", LITTLE.values(), ids=LITTLE)
@pytest.mark.parametrize("roles", [(), ("--productive", "edit*")], ids=["suggested", "given"])
@pytest.mark.full
def test_little_to_see(tmp_path: Path, rows: list[tuple[Any, ...]], roles: tuple[str, ...]) -> None:
    """A role that means nothing is refused where it is typed."""
    if roles and not any(event.startswith("edit") for _, _, event in rows):
        said = refused(tmp_path, csv(tmp_path, rows), *roles, code=2)
        assert "no event of the log is called so" in said
        return
    found = whole(tmp_path, csv(tmp_path, rows), *roles)
    assert found["rows"]["used"] == len(rows)
    assert found["threshold"]["source"] == "fallback"
    back = found["reorientation"]
    if not found["counts"]["interruptions"]:
        assert back["reason"] in ("no_productive_events", "no_interruptions")
        for name in ("observed_median_seconds", "productive_share", "zero_share", "set_by_cap"):
            assert back[name] is None, name
        assert set(back["mean"].values()) == {None}
    for row in found["threshold"]["sensitivity"]:
        if not row["interruptions"]:
            assert row["reorientation_mean_seconds"] is row["productive_share"] is None


def test_nothing_productive_is_null_and_not_zero(tmp_path: Path) -> None:
    found = whole(tmp_path, csv(tmp_path, LITTLE["nothing productive"]))
    assert found["counts"]["returns"] > 10
    back = found["reorientation"]
    assert back["reason"] == "no_productive_events"
    kept = {
        "reason",
        "eligible",
        "cap_seconds",
        "curve",
        "by_gap_class",
        "mean",
        "productive",
        "target_return_median_seconds",
        "target_returned_share",
    }
    assert {back[name] for name in back.keys() - kept} == {None}
    table = pl.read_parquet(tmp_path / "out/interruptions.parquet")
    assert table["lag_seconds"].null_count() == table.height
    assert table["reorientation_seconds"].null_count() == table.height


def test_only_idle_or_only_ignored(tmp_path: Path) -> None:
    file = csv(tmp_path, [("u", T0 + n, "idle") for n in range(60)])
    assert "--away" in refused(tmp_path, file, "--away", "idle")
    assert "--ignore" in refused(tmp_path, file, "--ignore", "i*")


def test_clocks_that_were_never_set(tmp_path: Path) -> None:
    rows = working(n=40)
    rows += [("u1", 0, "edit"), ("u1", 86_400, "edit"), ("u1", 4_070_908_800, "edit")]
    found = whole(tmp_path, csv(tmp_path, rows))
    assert found["rows"]["dropped"] == {"clock_out_of_range": 3}
    assert found["counts"]["events"] == 40
    warned = [c for c in found["data_quality"] if "clock" in c["check"]]
    assert [c["severity"] for c in warned] == ["warn"]
    assert warned[0]["count"] == 3


def test_spells_that_end_before_they_start(tmp_path: Path) -> None:
    rows = [
        (*row, row[1] - 50 if n % 5 == 0 else row[1] + 20) for n, row in enumerate(working(n=40))
    ]
    found = whole(tmp_path, csv(tmp_path, rows, "user_id,timestamp,event,end"), "--map", "end=end")
    assert found["columns"]["end"] == "end"
    assert check_of(found, "reversed_ends")["count"] == 8


@pytest.mark.parametrize(
    ("name", "far"),
    [
        ("duration", 9 * 10**12),
        pytest.param("duration", 10**12, marks=pytest.mark.full),
        pytest.param("end", 16_725_225_600, marks=pytest.mark.full),
    ],
)
def test_spells_without_end(tmp_path: Path, name: str, far: int) -> None:
    """Ends in the year 2500 and durations of ages: no overflow, no panic of an engine."""
    rows = [(*row, far if n == 20 else "") for n, row in enumerate(working(n=40))]
    file = csv(tmp_path, rows, f"user_id,timestamp,event,{name}")
    found = whole(tmp_path, file, "--map", f"{name}={name}")
    assert found["counts"]["events"] == 40


def test_huge_ids_stay_apart(tmp_path: Path) -> None:
    ids = [2**53, 2**53 + 1, 2**64, 2**64 + 1, 10**30, 10**30 + 1, "007", "7"]
    rows = [row for user in ids for row in working(str(user), n=20)]
    found = whole(tmp_path, csv(tmp_path, rows))
    assert found["counts"]["users"] == len(ids)
    lines = [
        f'{{"user_id": {u}, "timestamp": {t}, "event": "{e}"}}'
        for u, t, e in rows
        if not u.startswith("00")
    ]
    (tmp_path / "log.jsonl").write_text("\n".join(lines))
    assert whole(tmp_path, "log.jsonl")["counts"]["users"] == len(ids) - 1


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[/foo]",
    "[link=http://evil]x[/link]",
    "\x1b[31mred\x1b[0m",
    "\x07bell",
    "\u202egnp.exe",
    "\u2066x",
    "'; drop table rows; --",
    '"quoted"',
    "`x`",
    "{{ 7 * 7 }}",
    "${7*7}",
    "%s %d",
    "a\nb",
    "\ufffe",
    "x" * 3000,
    "=cmd|' /C calc'!A0",
    "\x00",
    "é",
    "e\u0301",
    "user_no",
    "NaN",
    "\ufeff",
)


def test_hostile_names(tmp_path: Path) -> None:
    rows = [
        {
            "user_id": name + str(user),
            "timestamp": t,
            "event": f"edit {name}",
            "target": name,
            "context": name,
            "device": name,
        }
        for user in range(6)
        for number, name in enumerate(HOSTILE)
        for _, t, _ in working(n=10, step=300 + number)
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "log.parquet")
    for show in ((), ("--show-ids",)):
        found = whole(tmp_path, "log.parquet", "--productive", "edit*", "--gap", "30m", *show)
        assert found["counts"]["users"] == len(HOSTILE) * 6
        page = (tmp_path / "out/report.html").read_text()
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert "<img src=x" not in page
        assert "{{ 7" not in page or "49" not in page.split("{{ 7")[0][-5:]
        text = (tmp_path / "out/summary.json").read_text()
        assert not any(chr(c) in text for c in CONTROL)


def test_hostile_column_and_file_names(tmp_path: Path) -> None:
    name = "x'; drop--\u202e\x1b[31m<b>.csv"
    header = '"<script>",timestamp,event,"a""b","c\u202ed"\n'
    rows = "".join(f"u,{t},{e},1,2\n" for _, t, e in working())
    (tmp_path / name).write_text(header + rows)
    ended, said = run(tmp_path, name, "--user", "<script>")
    assert ended == 0, said
    assert not any(chr(c) in said for c in CONTROL)
    assert '<script>"' not in (tmp_path / "out/report.html").read_text()


# Fuzz ------------------------------------------------------------------------------------------

fuzz = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def survives(folder: Path, name: str) -> None:
    """Success or an expected failure in one line; anything else fails the test."""
    try:
        analyze.run([str(folder / name)], Settings(threads=1), out=None, on_progress=len)
    except ResumeGapError as error:
        assert "\n" not in str(error)  # noqa: PT017


CELLS = st.sampled_from(
    [
        "",
        "u1",
        "u2",
        "edit",
        "view",
        "1772445600",
        "1772449200000",
        "2026-03-02T10:00:00Z",
        "2026-03-02 10:00",
        "0",
        "-1",
        "NaN",
        "inf",
        "1e400",
        '"',
        '""',
        "'",
        ",",
        ";",
        "\t",
        "\\",
        "\r",
        "\x00",
        "ü",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "9223372036854775808",
        "1" * 40,
        "null",
        "[]",
        "{}",
        "99999-01-01",
    ]
)

HEADERS = (
    "user_id,timestamp,event",
    "user_id;timestamp;event",
    "user_id,ts,event,end,target",
    "user_id\ttimestamp\tevent",
    '"user_id","time","name"',
)


@settings(parent=fuzz)
@given(
    header=st.sampled_from(HEADERS),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    tail=st.binary(max_size=6),
)
@pytest.mark.full
def test_random_csv(header: str, rows: list[list[str]], ends: str, tail: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = ends.join([header, *(",".join(row) for row in rows)])
        (Path(folder) / "log.csv").write_bytes(text.encode() + tail)
        survives(Path(folder), "log.csv")


@pytest.mark.effort
@settings(parent=fuzz, max_examples=effort(15, 60))
@given(data=st.binary(max_size=400), name=st.sampled_from(["log.csv", "log.jsonl", "log.parquet"]))
@example(data=b"user_id,timestamp,event\nu,1772445600,edit\n\xff\xfe\n", name="log.csv")
@example(data=b'{"user_id": "u", "timestamp": 1772445600, "event": ["x"]}', name="log.jsonl")
def test_random_bytes(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        survives(Path(folder), name)


@pytest.fixture(scope="module")
def sound_parquet() -> bytes:
    rows = [row for user in range(4) for row in working(f"u{user}", n=60)]
    sink = io.BytesIO()
    table = pa.table(
        {
            "user_id": [r[0] for r in rows],
            "timestamp": pa.array([r[1] * 10**6 for r in rows], pa.timestamp("us")),
            "event": [r[2] for r in rows],
        }
    )
    pq.write_table(table, sink, compression="snappy")
    return sink.getvalue()


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.full
def test_mutated_parquet(tmp_path: Path, sound_parquet: bytes, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - a fuzz needs no secrets
    data = bytearray(sound_parquet)
    for _ in range(rng.choice([1, 1, 3, 20])):
        place = rng.randrange(len(data))
        match rng.randrange(4):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                data[place] ^= 1 << rng.randrange(8)
            case 2:
                del data[place : place + rng.randrange(1, 9)]
            case _:
                data[place:place] = rng.randbytes(rng.randrange(1, 9))
    (tmp_path / "log.parquet").write_bytes(data)
    survives(tmp_path, "log.parquet")

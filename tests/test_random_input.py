"""Random and mutated files: a result, or an expected failure in one line."""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.bad_logs import (
    working,
)
from factories.effort import effort
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resume_gap.commands import analyze
from resume_gap.errors import ResumeGapError
from resume_gap.settings import Settings

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

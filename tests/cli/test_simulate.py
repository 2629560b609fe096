"""The same seed, the same bytes, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.command_line import call, refusal

if TYPE_CHECKING:
    from pathlib import Path


def small(*more: str) -> list[str]:
    return ["simulate", "workday", "--set", "users=3", "--set", "weeks=1", *more]


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    for out in ("a", "b"):
        done = call(*small("--format", form, "--seed", "7", "-o", out), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        paths = done.stdout.decode().split()
        assert paths[0] == f"{out}/workday.{form}"
        assert all((tmp_path / path).is_file() for path in paths)
    for path in (p for p in (tmp_path / "a").rglob("*") if p.is_file()):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
    other = call(*small("--format", form, "--seed", "8", "-o", "c"), cwd=tmp_path)
    assert other.returncode == 0
    name = f"workday.{form}"
    assert (tmp_path / "a" / name).read_bytes() != (tmp_path / "c" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["simulate", "workdy"], "workday"),
        (["simulate", "--set", "usrs=3"], "did you mean users"),
        (["simulate", "--set", "users"], "users=40"),
        (["simulate", "--set", "users=many"], "--set"),
        (["simulate", "--set", "users=-1"], "users"),
        (["simulate", "--set", "users=NaN"], "users"),
        (["simulate", "--set", "users=[1]"], "--set"),
        (["simulate", "--set", "first_day=monday"], "first_day"),
        (["simulate", "--set", "attendance_share=0"], "attendance"),
        (["simulate", "--format", "xml"], "xml"),
        (["simulate", "--seed", "-1"], "seed"),
        (["simulate", "--set", "foo=1"], "it has users, replications, first_world"),
        (["simulate", "--name", "../x"], "--name"),
        (["simulate", "--name", ".."], "--name"),
        (["simulate", "--name", "."], "--name"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_simulate_refuses_in_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    assert words in refusal(call(*arguments, cwd=tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


def test_simulate_into_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    refusal(call(*small("-o", "out"), cwd=tmp_path), 1)

"""What sizes the arrow: marks, assumptions, distances and breakdowns, as people write them."""

from __future__ import annotations

import json
import math
import os
import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.command_line import call, refusal

from resume_gap.errors import UsageError
from resume_gap.settings import Settings, file_values, resolve, settle


def of_option(**given: Any) -> Settings:
    return resolve(given, {})


def of_file(text: str) -> Settings:
    return resolve({}, tomllib.loads(text))


def test_what_the_method_assumes_by_default() -> None:
    taken = of_option()
    assert taken.noticed == (0.2, 0.5, 0.8)
    assert taken.search_removed == (0.3, 0.6, 0.9)
    assert taken.wrong_arrow_cost == (0, 2, 5)
    assert (taken.worth, taken.min_lift, taken.near, taken.by) == (5, 10, None, ())


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("noticed", "0.1/0.4/1", (0.1, 0.4, 1)),
        ("noticed", " 0 / 0 / 0 ", (0, 0, 0)),
        ("search_removed", "0.25/0.5/0.75", (0.25, 0.5, 0.75)),
        ("wrong_arrow_cost", "0/1.5/20", (0, 1.5, 20)),
        ("wrong_arrow_cost", "1s/2s/30s", (1, 2, 30)),
        ("worth", "5s", 5),
        ("worth", "2.5", 2.5),
        ("worth", " 12 s ", 12),
    ],
)
def test_numbers_as_they_are_typed(name: str, text: str, value: object) -> None:
    assert getattr(of_option(**{name: text}), name) == value
    assert getattr(of_file(f'{name} = "{text}"'), name) == value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("noticed = [0.1, 0.4, 1]", "noticed", (0.1, 0.4, 1)),
        ("search_removed = [0, 0.5, 1.0]", "search_removed", (0, 0.5, 1)),
        ("wrong_arrow_cost = [0, 2, 5]", "wrong_arrow_cost", (0, 2, 5)),
        ('wrong_arrow_cost = ["0s", "2s", "5s"]', "wrong_arrow_cost", (0, 2, 5)),
        ("worth = 3", "worth", 3),
        ("worth = 3.5", "worth", 3.5),
        ("min_lift = 15", "min_lift", 15),
        ("min_lift = 2.5", "min_lift", 2.5),
        ("near = 0", "near", 0),
        ("near = 40", "near", 40),
        ("near = 1.5", "near", 1.5),
        ('by = "role, plan"', "by", ("role", "plan")),
        ('by = ["role", "plan", "role"]', "by", ("role", "plan")),
    ],
)
def test_numbers_and_lists_of_a_configuration_file(text: str, name: str, value: object) -> None:
    assert getattr(of_file(text), name) == value


def test_an_option_wins_over_the_file_even_where_it_is_nought() -> None:
    of_toml = tomllib.loads('near = 5\nworth = "9s"\nby = ["role"]\nnoticed = "0.1/0.1/0.1"')
    taken = resolve({"near": 0.0, "worth": "1s", "by": ["plan"], "noticed": "0/0/0"}, of_toml)
    assert (taken.near, taken.worth, taken.by, taken.noticed) == (0, 1, ("plan",), (0, 0, 0))
    assert resolve({"near": None, "by": []}, of_toml) == resolve({}, of_toml)


def test_columns_to_break_down_by_are_lists_repeated_or_not() -> None:
    assert of_option(by=["role,plan", " team "]).by == ("role", "plan", "team")
    assert of_option(by="role, ,role").by == ("role",)


REFUSED = {
    "two numbers": ("noticed", "0.2/0.5"),
    "four numbers": ("search_removed", "0.1/0.2/0.3/0.4"),
    "no numbers": ("noticed", "low/middle/high"),
    "an empty number": ("noticed", "0.2//0.8"),
    "one number": ("noticed", 0.5),
    "a share above 1": ("noticed", "0.2/0.5/1.1"),
    "a share below 0": ("search_removed", "-0.1/0.5/0.8"),
    "percent": ("search_removed", "30/60/90"),
    "out of order": ("noticed", "0.8/0.5/0.2"),
    "costs out of order": ("wrong_arrow_cost", "5/2/0"),
    "a cost below 0": ("wrong_arrow_cost", "-1/2/5"),
    "a cost without end": ("wrong_arrow_cost", "0/2/inf"),
    "a cost that is no number": ("wrong_arrow_cost", "nan/nan/nan"),
    "a share with a unit": ("noticed", "0.2s/0.5s/0.8s"),
    "minutes": ("worth", "1m"),
    "nothing worth": ("worth", "0s"),
    "worth less than nothing": ("worth", "-5s"),
    "worth without end": ("worth", "inf"),
    "worth no number": ("worth", "nan"),
    "no lift": ("min_lift", 0.0),
    "a lift above 100": ("min_lift", 101.0),
    "a lift in words": ("min_lift", "ten"),
    "a distance below 0": ("near", -1.0),
    "a distance without end": ("near", math.inf),
    "a distance that is no number": ("near", math.nan),
    "a distance in words": ("near", "close"),
    "a distance that is a switch": ("near", True),
    "columns that are numbers": ("by", [1, 2]),
    "a table of columns": ("by", {"role": True}),
}


@pytest.mark.parametrize(("name", "value"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_by_name(name: str, value: object) -> None:
    for options, configuration in (({name: value}, {}), ({}, {name: value})):
        with pytest.raises(UsageError, match=name.replace("_", "[-_]")) as refused:
            resolve(options, configuration)
        assert "\n" not in str(refused.value)


def test_an_unknown_key_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"unknown option 'min-lift' \(did you mean min_lift\?\)"):
        resolve({}, {"min-lift": 5})


def test_what_only_a_command_takes_is_named_as_such() -> None:
    with pytest.raises(UsageError) as refused:
        file_values({"state": "kept", "gap": "15m"}, "x.toml")
    assert str(refused.value) == "x.toml: state has no place in a file; give it with the command"


# On the command line ---------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a small log: a position at every event, and who it is."""
    at = [n * 7_000_000 + n // 4 * 7_200_000_000 + 1_772_442_000_000_000 for n in range(16)]
    pl.DataFrame(
        {
            "user_id": ["u"] * 16,
            "timestamp": at,
            "event": ["look", "edit"] * 8,
            "target": ["a", "b"] * 8,
            "line": list(range(16)),
            "team": ["x"] * 16,
        }
    ).write_parquet(tmp_path / "log.parquet")
    return tmp_path


COMMON = ("--time-unit", "us", "--gap", "30m", "--productive", "edit", "-q")


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize("out", [(), ("-o", "there")])
def test_near_without_positions_is_one_line_and_leaves_nothing(here: Path, out: Any) -> None:
    said = refusal(call("analyze", "log.parquet", *COMMON, "--near", "5", *out, cwd=here), 2)
    assert "--near" in said
    assert "--map position=COL" in said
    assert names(here) == ["log.parquet"]


def test_by_a_missing_column_is_one_line_and_leaves_nothing(here: Path) -> None:
    said = refusal(call("analyze", "log.parquet", *COMMON, "--by", "teem", cwd=here), 2)
    assert "did you mean team" in said
    assert names(here) == ["log.parquet"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--noticed", "0.8/0.5/0.2"),
        ("--search-removed", "60"),
        ("--wrong-arrow-cost", "a/b/c"),
        ("--worth", "5m"),
        ("--min-lift", "0"),
        ("--near", "-3"),
    ],
)
def test_wrong_sizes_are_one_line_and_leave_nothing(here: Path, option: str, value: str) -> None:
    said = refusal(call("analyze", "log.parquet", *COMMON, option, value, cwd=here), 2)
    assert option in said
    assert names(here) == ["log.parquet"]


def test_what_was_given_stands_in_the_summary(here: Path) -> None:
    options = (
        "--near",
        "0",
        "--map",
        "position=line",
        "--by",
        "team",
        "--noticed",
        "0.1/0.2/0.3",
        "--search-removed",
        "0.4/0.5/0.6",
        "--wrong-arrow-cost",
        "1s/2s/3s",
        "--worth",
        "7s",
        "--min-lift",
        "12",
    )
    done = call("analyze", "log.parquet", *COMMON, "--json", *options, cwd=here)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    taken = summary["generated_from"]["settings"]
    assert (taken["near"], taken["by"], taken["worth"], taken["min_lift"]) == (0, ["team"], 7, 12)
    assert taken["noticed"] == [0.1, 0.2, 0.3]
    assert taken["search_removed"] == [0.4, 0.5, 0.6]
    assert taken["wrong_arrow_cost"] == [1, 2, 3]
    assert summary["marker"]["near"] == 0
    assert [row["column"] for row in summary["segments"]] == ["team"]


@pytest.mark.parametrize(
    ("options", "configuration", "field", "kept"),
    [
        ({"experiment": "marker"}, {"assignments": "arms.csv"}, "assignments", "experiment"),
        ({"assignments": "arms.csv"}, {"experiment": "marker"}, "experiment", "assignments"),
        ({"rollout": "teams.csv"}, {"launch": "2025-05-19"}, "launch_us", "rollout"),
        ({"launch": "2025-05-19"}, {"rollout": "teams.csv"}, "rollout", "launch_us"),
        (
            {"launch": "2025-05-19"},
            {"rollout": "teams.csv", "rollout_by": "team"},
            "rollout_by",
            "launch_us",
        ),
    ],
)
def test_an_option_wins_over_what_excludes_it_in_the_file(
    options: dict[str, object], configuration: dict[str, object], field: str, kept: str
) -> None:
    found = resolve(options, configuration)
    assert getattr(found, field) is None
    assert getattr(found, kept) is not None
    for asked in (({**configuration, **options}, {}), ({}, {**configuration, **options})):
        with pytest.raises(UsageError, match="not both"):
            resolve(*asked)


@pytest.mark.parametrize(("own", "of_file"), [("end", "duration"), ("duration", "end")])
def test_a_column_that_means_the_same_wins_over_that_of_the_file(own: str, of_file: str) -> None:
    options, configuration = {own: "stop"}, {of_file: "long", "target": "element"}
    found = settle({"mapping": options}, {"mapping": configuration}, config=Path("resume-gap.toml"))
    assert found.mapping == {own: "stop", "target": "element"}
    assert found.configured == {"target": "resume-gap.toml"}
    with pytest.raises(UsageError, match="not both"):
        settle({}, {"mapping": {"end": "stop", "duration": "long"}})


@pytest.mark.parametrize(
    ("config", "named", "read"),
    [
        ("../resume-gap.toml", "arms.csv", "../arms.csv"),
        ("../resume-gap.toml", "/data/arms.csv", "/data/arms.csv"),
        ("lower/resume-gap.toml", "./arms.csv", "lower/./arms.csv"),
        ("resume-gap.toml", "./arms.csv", "./arms.csv"),
    ],
)
@pytest.mark.parametrize("is_absolute", [False, True])
def test_a_file_that_a_configuration_names_lies_beside_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    named: str,
    config: str,
    read: str,
    is_absolute: bool,
) -> None:
    here = tmp_path / "logs"
    here.mkdir()
    monkeypatch.chdir(here)
    path = os.path.normpath(here / config) if is_absolute else config
    found = settle({}, file_values({"assignments": named, "user": "a.csv"}, path))
    assert (found.assignments, found.mapping["user_id"]) == (read, "a.csv")

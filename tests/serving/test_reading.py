"""What other programs may ask, and what they never get."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from factories.edited import EDITED, edited

from resume_gap.errors import InputError, UsageError
from resume_gap.schemas import schema
from resume_gap.serving.permitted import Permitted
from resume_gap.serving.reading import ALLOWED, Reader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def reader(shared_folder: Path) -> Reader:
    return Reader(Permitted(shared_folder))


def test_an_analysis_is_that_of_the_command_and_is_kept(
    reader: Reader, shared_folder: Path
) -> None:
    found = reader.analyze(["log.parquet"], {"gap": "6m"}, [])
    written = json.loads((shared_folder / "report" / "summary.json").read_bytes())
    assert list(found) == [
        "report",
        "command",
        "parts",
        "headline",
        "first_screen",
        "threshold",
        "counts",
    ]
    assert found["headline"] == written["headline"]
    again = reader.report(found["report"], ["reorientation", "generated_from"])
    assert again["reorientation"] == written["reorientation"]
    assert again["generated_from"]["inputs"][0]["path"] == "log.parquet"
    assert str(shared_folder) not in json.dumps(again)


@pytest.fixture
def parts_and_file(tmp_path: Path, shared_folder: Path) -> Path:
    """A folder with a log in three files of one folder and a fourth file."""
    rows = pl.read_parquet(shared_folder / "log.parquet")
    quarter = len(rows) // 4 + 1
    (tmp_path / "days").mkdir()
    for number in range(3):
        part = rows.slice(number * quarter, quarter)
        part.write_parquet(tmp_path / "days" / f"d{number}.parquet")
    rows.slice(3 * quarter).write_parquet(tmp_path / "b.parquet")
    return tmp_path


def test_files_go_by_their_paths_in_the_folder(parts_and_file: Path) -> None:
    reader = Reader(Permitted(parts_and_file))
    found = reader.analyze(["days", "b.parquet"], {"gap": "6m"}, [])
    whole = reader.report(found["report"], found["parts"])
    assert [one["path"] for one in whole["generated_from"]["inputs"]] == [
        *(f"days/d{number}.parquet" for number in range(3)),
        "b.parquet",
    ]
    assert str(parts_and_file) not in json.dumps(whole)


def test_nothing_is_written(reader: Reader, shared_folder: Path) -> None:
    before = sorted(path.name for path in shared_folder.rglob("*"))
    reader.analyze(["log.parquet"], {"gap": "6m"}, [])
    assert sorted(path.name for path in shared_folder.rglob("*")) == before


def test_no_answer_holds_an_id_or_a_row(reader: Reader, shared_folder: Path) -> None:
    ids = set(pl.read_parquet(shared_folder / "log.parquet")["user_id"].drop_nulls())
    found = reader.analyze(["log.parquet"], {"gap": "6m"}, [])
    text = json.dumps(reader.report(found["report"], found["parts"]))
    assert len(ids) > 20
    assert not [one for one in ids if json.dumps(one) in text]


@pytest.mark.parametrize(
    "options",
    [
        {"show_ids": True},
        {"show_ids": False},
        {"exclude_users": "../secret.csv"},
        {"assignments": "../secret.csv"},
        {"memory_limit": "64TB"},
        {"allow_views": True},
        {"out": "report"},
        {"force": True},
        {"config": "/etc/x"},
        {"gapp": "30m"},
        {"gap": "never"},
        {"threads": 1000},
    ],
)
def test_options_that_show_spend_or_reach_more_are_refused(
    options: dict[str, object], reader: Reader
) -> None:
    with pytest.raises(UsageError) as refused:
        reader.analyze(["log.parquet"], options, [])
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "options",
    [
        {"map": {"user_id": "target", "event": "user_id"}},
        {"user": "target", "event": "user_id"},
        {"map": {"user_id": "target"}, "by": ["user_id"]},
        {"map": {"user_id": "target", "context": "user_id"}},
        {"map": {"user_id": "target"}, "by": ["target"]},
        {"by": ["user_id"]},
        {"productive": ["user_id=a*"]},
    ],
)
def test_no_option_shows_ids_as_something_else(options: dict[str, object], reader: Reader) -> None:
    with pytest.raises(UsageError, match="holds ids of people") as refused:
        reader.analyze(["log.parquet"], options, [])
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["log.csv", "log.parquet"])
def test_a_column_with_the_values_of_the_id_is_refused(tmp_path: Path, name: str) -> None:
    rows = [
        {
            "user_id": f"anna{user}",
            "timestamp": f"2026-03-02T{hour:02}:00:0{user}Z",
            "event": "edit",
            "who": f"anna{user}",
            "team": "red1" if user % 2 else "blue",
            "target": f"field{hour}",
        }
        for user in range(8)
        for hour in range(20)
    ]
    frame = pl.DataFrame(rows)
    frame.write_csv(tmp_path / name) if name.endswith("csv") else frame.write_parquet(
        tmp_path / name
    )
    reader = Reader(Permitted(tmp_path))
    for options in ({"map": {"user_id": "team", "event": "who"}}, {"by": ["who"]}):
        with pytest.raises(UsageError, match="column 'who' holds ids of people"):
            reader.analyze([name], options, [])
    for options in ({"map": {"user_id": "target"}, "by": ["team"]}, {"by": ["team", "target"]}):
        reader.analyze([name], options, [])


def test_options_that_name_files_are_not_allowed() -> None:
    assert not set(ALLOWED) & {"exclude_users", "assignments", "prediction", "rollout"}
    assert {"gap", "productive", "user", "time", "map", "tz"} <= set(ALLOWED)


def test_files_outside_are_refused(reader: Reader) -> None:
    for files in ([], ["../secret.csv"], ["link.csv"], ["folder"]):
        with pytest.raises((InputError, UsageError)):
            reader.analyze(files, {}, [])


def test_a_report_that_shows_ids_is_refused(reader: Reader) -> None:
    with pytest.raises(InputError, match="shows ids of users"):
        reader.report("open", [])
    for given in ("folder", "../served/report", "analysis-99"):
        with pytest.raises(InputError):
            reader.report(given, [])
    with pytest.raises(UsageError, match="has no part 'rows_of_users'"):
        reader.report("report", ["rows_of_users"])


@pytest.mark.parametrize("place", sorted(EDITED))
def test_an_edited_report_is_refused_in_one_line(
    place: str, shared_folder: Path, tmp_path: Path
) -> None:
    summary = json.loads((shared_folder / "report" / "summary.json").read_bytes())
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "summary.json").write_text(edited(summary, place))
    reader = Reader(Permitted(tmp_path))
    for ask in (
        lambda: reader.report("h", ["counts"]),
        lambda: reader.explain("h", "counts.users"),
    ):
        with pytest.raises(InputError, match="was changed since") as refused:
            ask()
        assert "\n" not in str(refused.value)


def test_a_figure_is_explained_with_its_interval_and_method(
    reader: Reader, shared_folder: Path
) -> None:
    mean = json.loads((shared_folder / "report" / "summary.json").read_bytes())["reorientation"][
        "mean"
    ]
    for name in ("reorientation.mean", "reorientation.mean.estimate"):
        found = reader.explain("report", name)
        assert found["figure"] == "reorientation.mean.estimate"
        assert (found["value"], found["ci_lower"], found["ci_upper"]) == (
            mean["estimate"],
            mean["ci_lower"],
            mean["ci_upper"],
        )
        assert found["unit"] == "seconds"
        assert "section 4 of docs/method.md" in found["method"]
    eligible = reader.explain("report", "reorientation.eligible")
    assert eligible["meaning"].startswith("Interruptions with return + cap inside the log")
    assert (eligible["ci_lower"], eligible["unit"]) == (None, "count")
    hit = reader.explain("report", "marker.policies[last_touched].hit")
    assert hit["ci_lower"] is not None
    shares = ("marker.policies[last_touched].hit", "reorientation.productive.estimate")
    assert {reader.explain("report", name)["unit"] for name in shares} == {"share"}
    with pytest.raises(UsageError, match=r"did you mean reorientation\.mean\.estimate"):
        reader.explain("report", "reorientation.mean.estimat")


def test_schemas_come_by_name(reader: Reader) -> None:
    assert reader.schema("prediction") == schema("prediction")
    with pytest.raises(UsageError, match="summary, prediction"):
        reader.schema("users")


@pytest.mark.parametrize(
    ("figure", "begins"),
    [
        ("reorientation.mean", "Mean re-orientation time of the followed-up interruptions"),
        ("excess.lower", "Extra time vs. uninterrupted work"),
        ("counts.interruptions", "Returns whose stop was in mid-task"),
        ("opportunity.search_upper_seconds", "The most that it could save per interruption"),
    ],
)
def test_the_most_read_figures_have_a_meaning_of_their_own(
    reader: Reader, figure: str, begins: str
) -> None:
    meaning = reader.explain("report", figure)["meaning"]
    assert meaning.startswith(begins)
    assert "None" not in meaning

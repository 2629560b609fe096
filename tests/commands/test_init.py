"""`resume-gap init`: a run with the file that it writes has the figures of a run without it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import resume_gap
from resume_gap import cli
from resume_gap.commands import init
from resume_gap.commands.analyze import run
from resume_gap.configfile import read_configuration
from resume_gap.errors import DataError, InputError, OutputError
from resume_gap.report.render import jsonfile
from resume_gap.settings import Settings, file_values, settle

LAYOUTS = Path(__file__).parents[1] / "sources" / "layouts"
OF_SETTINGS = ("source_recognized", "time_unit", "time_format_found")
"""Checks that say where a setting comes from."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def small_log(folder: Path) -> Path:
    """Six users at work with a heartbeat, an idle word by another name, and odd column names."""
    start, rows = datetime(2026, 3, 20, 8, tzinfo=UTC), []
    for user in range(6):
        for session in range(12):
            begin = start + timedelta(hours=2 * session, minutes=user)
            names = ["resume_x", *["edit"] * 12, "veil_x"]
            rows += [
                (f"u{user}", begin + timedelta(seconds=37 * n + (n * n) % 11), name, f"doc-{n % 4}")
                for n, name in enumerate(names)
            ]
            rows += [
                (f"u{user}", begin + timedelta(seconds=30 * n), "tick", None) for n in range(16)
            ]
    columns = list(zip(*rows, strict=True))
    table = pa.table(
        {
            'uid"\n\x1b[31m': columns[0],
            "ts": [f"{at:%d/%m/%Y %H:%M:%S}" for at in columns[1]],
            "action": columns[2],
            "element": columns[3],
        }
    )
    path = folder / "log.parquet"
    pq.write_table(table, path)
    return path


def summary(log: Path, settings: Settings) -> Any:
    found = json.loads(
        jsonfile.summary(run([str(log)], settings, out=None, on_progress=lambda _: None))
    )
    found["generated_from"].pop("settings")
    found["data_quality"] = [
        one for one in found["data_quality"] if one["check"] not in OF_SETTINGS
    ]
    return found


def of_file(path: Path) -> Settings:
    return settle({}, file_values(read_configuration(path), str(path)))


@pytest.mark.full
def test_a_plain_log_has_the_same_figures_with_the_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = small_log(here)
    user = 'uid"\n\x1b[31m'
    assert cli.main(["init", str(log), "--user", user]) == 0
    printed = capsys.readouterr()
    assert printed.out == "resume-gap.toml\n"
    path = here / "resume-gap.toml"
    text = path.read_text(encoding="utf-8")
    assert "\x1b" not in text
    found = of_file(path)
    assert found.source == "plain"
    assert found.mapping == {
        "user_id": user,
        "timestamp": "ts",
        "event": "action",
        "target": "element",
    }
    assert found.time_format == "%d/%m/%Y %H:%M:%S"
    assert '# productive = ["edit"]\n' in text
    assert '# ignore = ["tick"]\n' in text
    assert '# away = ["resume_x", "veil_x"]\n' in text
    assert summary(log, found) == summary(log, Settings(mapping={"user_id": user}))
    assert sorted(one.name for one in here.iterdir()) == ["log.parquet", "resume-gap.toml"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resume-gap.toml", "commands in its folder and below it read it"),
        ("found.toml", "commands read it with --config found.toml"),
    ],
)
def test_what_to_do_with_the_file_is_said_to_people_alone(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    log = str(LAYOUTS / "plain.csv")
    assert cli.main(["init", log, "-o", name]) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{name}\n"
    assert printed.err == f"resume-gap: check the roles in {name}; {words}\n"
    assert cli.main(["init", log, "-o", name, "--force", "-q"]) == 0
    assert capsys.readouterr().err == ""
    assert (here / name).is_file()


def test_a_tracker_is_a_setting_and_its_columns_follow(here: Path) -> None:
    found = of_file(resume_gap.init(LAYOUTS / "ga4.jsonl", out=here / "found.toml"))
    assert (found.source, found.mapping, found.time_unit) == ("ga4", {}, None)


@pytest.mark.full
@pytest.mark.parametrize("name", ["ga4.jsonl", "mixpanel.jsonl"])
def test_a_tracker_has_the_same_figures_with_the_file(here: Path, name: str) -> None:
    path = resume_gap.init(LAYOUTS / name, out=here / "found.toml")
    found = of_file(path)
    assert found.source == name.partition(".")[0]
    assert summary(LAYOUTS / name, found) == summary(LAYOUTS / name, Settings())


def test_nothing_is_overwritten_or_left_half_written(here: Path) -> None:
    log, path = LAYOUTS / "plain.csv", here / "resume-gap.toml"
    path.write_text("# mine\n")
    with pytest.raises(OutputError, match="is there already; give --force"):
        resume_gap.init(log)
    broken = here / "broken.csv"
    broken.write_text("a,b\n1,2\n")
    with pytest.raises(InputError):
        resume_gap.init(broken, force=True)
    with pytest.raises(OutputError, match=r"broken\.csv"):
        resume_gap.init(broken, out=broken, force=True)
    assert path.read_text() == "# mine\n"
    assert sorted(one.name for one in here.iterdir()) == ["broken.csv", "resume-gap.toml"]
    resume_gap.init(log, force=True)
    assert of_file(path).mapping["user_id"] == "user_id"


def test_numbers_in_one_unit_are_a_setting(here: Path) -> None:
    rows = "".join(f"u{n % 3},{1_772_438_400_000 + 9_000 * n},edit\n" for n in range(30))
    (here / "log.csv").write_text(f"user,time,event\n{rows}")
    assert of_file(resume_gap.init("log.csv")).time_unit == "ms"


@pytest.mark.parametrize(("streams", "expected"), [(0, False), (1, True)])
def test_one_stream_with_a_timer_is_enough_to_know_that_work_is_sent_on_one(
    here: Path, monkeypatch: pytest.MonkeyPatch, streams: int, *, expected: bool
) -> None:
    taken = []

    def sampled(*, is_sent_on_timer: bool, **_: object) -> None:
        taken.append(is_sent_on_timer)
        raise InputError("enough is seen")

    monkeypatch.setattr(init, "SampleMeasurement", sampled)
    monkeypatch.setattr(init.late_sending, "send_timer", lambda _: SimpleNamespace(streams=streams))
    with pytest.raises(InputError, match="enough"):
        resume_gap.init(LAYOUTS / "plain.csv", out=here / "found.toml")
    assert taken == [expected]


def test_users_who_are_only_idle_keep_nothing_from_being_written(here: Path) -> None:
    lines = "".join(f"u{n % 3},{1_772_445_600 + 60 * n},idle\n" for n in range(60))
    (here / "log.csv").write_text(f"user_id,timestamp,event\n{lines}")
    resume_gap.init("log.csv")
    text = (here / "resume-gap.toml").read_text()
    assert "60 rows" in text
    assert 'time_unit = "s"' in text
    assert "Resolution" not in text
    with pytest.raises(DataError, match="no event is left to measure"):
        resume_gap.analyze("log.csv")


def test_a_unit_is_written_where_all_times_are_numbers_in_one() -> None:
    def unit(*checks: str, layout: str = "plain", number: int = 3, **columns: str) -> str | None:
        source: Any = SimpleNamespace(
            columns=columns,
            checks=[SimpleNamespace(check=name) for name in checks],
            layout=layout,
            look=SimpleNamespace(times=SimpleNamespace(number=number), unit="ms"),
        )
        return init._time_unit(source)

    assert unit() == "ms"
    assert unit("other") == "ms"
    assert unit("other", "two_time_units") is None
    assert unit(layout="ga4") is None
    assert unit(number=0) is None
    assert unit(end="e") is None
    assert unit(received_at="r") is None


def test_a_form_is_written_where_one_was_found() -> None:
    def form(*checks: str) -> str | None:
        source: Any = SimpleNamespace(
            checks=[SimpleNamespace(check=name) for name in checks],
            look=SimpleNamespace(settings=SimpleNamespace(time_format="%Y")),
        )
        return init._time_format(source)

    assert form("other", "time_format_found") == "%Y"
    assert form("other") is None


@pytest.mark.parametrize("option", ["--memory-limit", "--temp-limit"])
def test_a_limit_that_is_advised_is_taken(here: Path, option: str) -> None:
    log = small_log(here)
    assert cli.main(["init", str(log), option, "2GB", "--user", 'uid"\n\x1b[31m']) == 0
    found = of_file(here / "resume-gap.toml")
    assert "2GB" in (found.memory_limit, found.temp_limit)

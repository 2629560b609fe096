"""Options over configuration over defaults."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from factories.command_line import call, refusal

from resume_gap.errors import DataError
from resume_gap.results.common import plain

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.settings import Settings


def taken(folder: Path, *options: str) -> dict[str, Any]:
    """The settings that a run would take; it ends where its work would begin."""
    seen: list[Settings] = []

    def run(_: object, given: Settings, **__: object) -> None:
        seen.append(given)
        raise DataError("this is enough")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resume_gap.commands.analyze.run", run)
        refusal(call("analyze", "office.parquet", *options, cwd=folder), 1)
    whole: dict[str, Any] = plain(seen[0].shown("analyze"))
    return whole


def recorded(folder: Path, *options: str) -> dict[str, object]:
    """The settings that the report of a run shows."""
    done = call("analyze", "office.parquet", "--json", "-q", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    settings_of_run: dict[str, object] = json.loads(done.stdout)["generated_from"]["settings"]
    return settings_of_run


def test_options_over_the_file_over_defaults(here: Path) -> None:
    (here / "resume-gap.toml").write_text(
        'gap = "20m"\nproductive = ["edit_cell", "submit"]\nseed = 5\nthreads = 1\n'
        'tz = "Europe/Berlin"\nstrict = false\n[map]\ntarget = "context"\n'
    )
    of_file = taken(here)
    assert recorded(here) == json.loads(json.dumps(of_file))
    assert of_file["gap_us"] == 1_200_000_000
    assert of_file["productive"] == ["edit_cell", "submit"]
    assert (of_file["seed"], of_file["threads"], of_file["tz"]) == (5, 1, "Europe/Berlin")
    assert of_file["mapping"] == {"target": "context"}
    assert of_file["complete"] == []
    over = taken(
        here,
        "--gap",
        "45m",
        "--productive",
        "submit",
        "--seed",
        "0",
        "--tz",
        "UTC",
        "--map",
        "target=target,task=task",
    )
    assert over["gap_us"] == 2_700_000_000
    assert over["productive"] == ["submit"]
    assert (over["seed"], over["tz"], over["threads"]) == (0, "UTC", 1)
    assert over["mapping"] == {"target": "target", "task": "task"}
    alone = taken(here, "--isolated")
    assert (alone["gap_us"], alone["seed"], alone["mapping"]) == (None, 0, {})


def test_the_nearest_file_above_counts(here: Path) -> None:
    (here / "resume-gap.toml").write_text('gap = "20m"')
    below = here / "a" / "b"
    below.mkdir(parents=True)
    (below / "office.parquet").symlink_to(here / "office.parquet")
    assert taken(below)["gap_us"] == 1_200_000_000
    (here / "a" / "pyproject.toml").write_text('[tool.resume-gap]\ngap = "25m"\n')
    assert taken(below)["gap_us"] == 1_500_000_000
    (below / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert taken(below)["gap_us"] == 1_500_000_000
    (below / "mine.toml").write_text('gap = "40m"')
    assert taken(below, "--config", "mine.toml")["gap_us"] == 2_400_000_000


def test_a_column_of_the_file_that_the_log_lacks_names_the_file(here: Path) -> None:
    path = here / "resume-gap.toml"
    path.write_text('[map]\ntask = "ticket"\n')
    said = refusal(call("analyze", "office.parquet", cwd=here), 1)
    assert said.startswith(f"resume-gap: {path}: task = 'ticket': there is no such column")
    assert said.endswith("; mend the file, or give --map task=COL or --isolated\n")
    said = refusal(call("analyze", "office.parquet", "--map", "task=job", cwd=here), 1)
    assert said.startswith("resume-gap: --map task=job: there is no such column")
    assert str(path) not in said


CONFIGURATIONS: dict[str, tuple[str | bytes, str]] = {
    "unknown key": ('produktive = ["edit"]', "did you mean productive"),
    "no toml": ("gap = ", "not valid TOML"),
    "no utf-8": (b'gap = "\xff"', "resume-gap.toml"),
    "wrong gap": ('gap = "soon"', "toml: gap must be auto, or a duration"),
    "number for text": ("gap = 30", "not 30"),
    "text for number": ('seed = "five"', "seed"),
    "text for a flag": ('strict = "no"', "strict"),
    "true for a number": ("threads = true", "threads"),
    "no threads": ("threads = 0", "threads"),
    "number for names": ("productive = 5", "productive"),
    "table for names": ("[productive]\nedit = 1", "productive"),
    "numbers in names": ("productive = [1, 2]", "productive"),
    "list for a map": ('map = ["user_id"]', "map"),
    "number in a map": ("[map]\nuser_id = 5", "map"),
    "unknown in a map": ('[map]\nusr_id = "u"', "did you mean user_id"),
    "table for text": ('[gap]\nx = "30m"', "gap"),
    "list for text": ('tz = ["UTC"]', "tz"),
}


@pytest.mark.parametrize(("text", "words"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_wrong_configurations_are_one_line(here: Path, text: str | bytes, words: str) -> None:
    (here / "resume-gap.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    assert words in refusal(call("analyze", "office.parquet", cwd=here), 2)
    assert not (here / "reports").exists()


def test_what_is_no_table_of_ours_in_pyproject_is_refused(here: Path) -> None:
    (here / "pyproject.toml").write_text("[tool]\nresume-gap = 5\n")
    assert "pyproject.toml" in refusal(call("analyze", "office.parquet", "-q", cwd=here), 2)


def test_what_is_no_table_of_tools_in_pyproject_is_left_alone(here: Path) -> None:
    (here / "pyproject.toml").write_text("tool = 5\n")
    assert call("analyze", "office.parquet", "-q", cwd=here).returncode == 0
    assert (here / "reports").exists()


def test_a_missing_configuration_is_one_line(here: Path) -> None:
    said = refusal(call("analyze", "office.parquet", "--config", "none.toml", cwd=here), 2)
    assert "none.toml" in said
    (here / "x.toml").write_text("")
    done = call("analyze", "office.parquet", "--config", "x.toml", "--isolated", cwd=here)
    assert "--isolated" in refusal(done, 2)


def test_dates_in_toml_are_dates(here: Path) -> None:
    (here / "resume-gap.toml").write_text("since = 2025-03-04\nuntil = 2025-03-06T12:00:00Z\n")
    found = taken(here)
    assert found["since_us"] == 1_741_046_400_000_000
    assert found["until_us"] == 1_741_262_400_000_000

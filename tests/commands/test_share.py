"""`resume-gap share`: the picture and the message of every report, and what cannot be shared."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from factories.pages import PAGES
from factories.results import ALL, changed, full
from factories.trial_results import LAUNCHES

import resume_gap
from resume_gap import cli
from resume_gap.errors import InputError, UsageError
from resume_gap.output.recognize import is_ours
from resume_gap.output.write import write_report

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.run import Run


def report(folder: Path, result: Run) -> Path:
    folder.mkdir()
    write_report(folder, result)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return report(tmp_path / "report", full())


@pytest.mark.parametrize("command", PAGES)
def test_every_report_can_be_shared(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = report(tmp_path / "report", PAGES[command]())
    assert cli.main(["share", str(place)]) == 0
    printed = capsys.readouterr()
    summary = json.loads((place / "summary.json").read_text())
    headline, sure = summary["headline"], summary["first_screen"]["sure"]
    assert printed.out.startswith(f"{headline} ({sure}). " if sure else f"{headline}. ")
    assert printed.out == (place / "share.txt").read_text(encoding="utf-8")
    assert "share.png, share.svg, share.txt are in" in printed.err
    drawing = ET.fromstring((place / "share.svg").read_text(encoding="utf-8"))  # noqa: S314 - ours
    drawn = " ".join(drawing.itertext()).replace("\n", " ")
    assert headline in drawn
    assert sure in drawn
    assert 20_000 < (place / "share.png").stat().st_size < 300_000
    names = [path.name for path in place.iterdir() if path.name.startswith("share")]
    assert sorted(names) == ["share.png", "share.svg", "share.txt"]


@pytest.mark.parametrize("name", ["empty", "one_user", "blind", "no_interruptions", "hostile"])
def test_empty_states_and_hostile_names(name: str, tmp_path: Path) -> None:
    place = report(tmp_path / "report", ALL[name]())
    found = resume_gap.share(place, scheme="dark")
    drawing = found.svg.read_text(encoding="utf-8")
    ET.fromstring(drawing)  # noqa: S314 - ours
    assert "<script" not in drawing
    assert found.message.count("\n") == 2
    assert not any(char in found.message for char in "\x1b\u202e\u200b\x07")


def test_a_withheld_result_shows_no_effect(tmp_path: Path) -> None:
    found = resume_gap.share(report(tmp_path / "report", LAUNCHES["withheld"]()))
    assert "Result withheld: " in found.message
    assert "passed" not in found.message
    assert "faster" not in found.message + found.svg.read_text(encoding="utf-8")


def test_another_folder_and_the_other_scheme(folder: Path, tmp_path: Path) -> None:
    light = resume_gap.share(folder)
    dark = resume_gap.share(folder, out=tmp_path / "pictures", scheme="dark")
    assert light.svg.parent == folder
    assert dark.png.parent == tmp_path / "pictures"
    assert light.svg.read_bytes() != dark.svg.read_bytes()
    assert light.message == dark.message


def test_a_later_run_knows_the_files_as_ours(folder: Path) -> None:
    found = resume_gap.share(folder)
    with os.scandir(folder) as entries:
        assert all(is_ours(one) for one in entries)
    first = found.png.read_bytes()
    assert resume_gap.share(folder).png.read_bytes() == first


def test_a_page_that_is_gone_or_was_changed_gives_no_chart(folder: Path) -> None:
    page = b'<figure><svg viewBox="0 0 100 50"><path d="M0,0"/></svg></figure>'
    (folder / "report.html").write_bytes(page)
    whole = resume_gap.share(folder).svg.read_text(encoding="utf-8")
    (folder / "report.html").write_bytes(page.replace(b"</svg>", b"<script/></svg>"))
    changed_page = resume_gap.share(folder).svg.read_text(encoding="utf-8")
    (folder / "report.html").unlink()
    bare = resume_gap.share(folder).svg.read_text(encoding="utf-8")
    assert changed_page == bare
    assert "<script" not in bare
    assert len(bare) < len(whole)


def test_what_cannot_be_shared_is_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no summary\.json of resume-gap"):
        cli.main(["share", str(tmp_path)])
    path = folder / "summary.json"
    summary = json.loads(path.read_text(encoding="utf-8"))
    for key, value in (("first_screen", {}), ("headline", 3), ("generated_from", {"subject": 1})):
        path.write_text(json.dumps({**summary, key: value}), encoding="utf-8")
        with pytest.raises(InputError, match=r"has no first screen \(.*\); make the report again"):
            cli.main(["share", str(folder)])
    del summary["first_screen"]
    path.write_text(json.dumps(summary), encoding="utf-8")
    with pytest.raises(InputError, match="first_screen is missing"):
        cli.main(["share", str(folder)])
    with pytest.raises(UsageError):
        cli.main(["share"])


def test_a_summary_of_a_stranger_is_only_text(folder: Path) -> None:
    path = folder / "summary.json"
    summary = json.loads(path.read_text(encoding="utf-8"))
    summary["headline"] = "<script>x</script>\u202e\x1b[31m" + "long " * 10_000
    path.write_text(json.dumps(summary), encoding="utf-8")
    found = resume_gap.share(folder)
    assert "\\u202e\\u001b[31m" in found.message
    assert len(found.message) < 2_000
    assert "<script" not in found.svg.read_text(encoding="utf-8")


def test_ids_of_small_groups_are_not_on_it(tmp_path: Path) -> None:
    some = changed(full(), day={"person": "anna@example.org"})
    found = resume_gap.share(report(tmp_path / "report", some))
    assert "anna" not in found.svg.read_text(encoding="utf-8") + found.message

"""`resume-gap check-text`: exit codes, lines, JSON, and what cannot be read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from factories.edited import EDITED, edited
from factories.pages import PAGES

import resume_gap
from resume_gap import cli
from resume_gap.errors import InputError, UsageError
from resume_gap.output.write import write_report

SUMMARY = {
    "schema_version": 2,
    "tool_version": resume_gap.__version__,
    "command": "analyze",
    "generated_from": {"inputs": [], "settings": {}},
    "excess": {"estimate": 60.8, "ci_lower": 54.3, "ci_upper": 67.2},
}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "summary.json").write_text(json.dumps(SUMMARY), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", sorted(EDITED))
def test_an_edited_report_is_one_line(
    name: str, report: Path, draft: Callable[[bytes], str]
) -> None:
    whole = {**SUMMARY, "counts": {"users": 3}}
    (report / "summary.json").write_text(edited(whole, name), encoding="utf-8")
    with pytest.raises(InputError, match="was changed since") as refused:
        cli.main(["check-text", draft(b"It took 61 s."), "--report", str(report)])
    assert "\n" not in str(refused.value)


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[bytes], str]:
    def write(text: bytes) -> str:
        path = tmp_path / "draft.md"
        path.write_bytes(text)
        return str(path)

    return write


def test_every_number_gets_a_line(
    report: Path, draft: Callable[[bytes], str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = b"It took 61 s longer.\n\nWe saved 99 %.\n"
    assert cli.main(["check-text", draft(text), "--report", str(report)]) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "line 1: 61 s: interval left out: excess.estimate is 60.8 [54.3, 67.2]\n"
        "line 3: 99 %: not in the report\n"
    )
    assert "2 numbers: 1 interval left out, 1 not in the report" in printed.err
    arguments = ["check-text", draft(text), "--report", str(report), "--strict", "-q", "--json"]
    assert cli.main(arguments) == 3
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out)[0] == {
        "line": 1,
        "text": "61 s",
        "finding": "interval_left_out",
        "path": "excess.estimate",
        "value": 60.8,
        "ci_lower": 54.3,
        "ci_upper": 67.2,
    }


@pytest.mark.parametrize("command", PAGES)
def test_what_share_writes_is_in_the_report(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    write_report(folder, PAGES[command]())
    found = resume_gap.check_text(resume_gap.share(folder).txt, report=folder)
    assert found
    assert {one.finding for one in found} == {"in_report"}


def test_strict_passes_what_is_whole(report: Path, draft: Callable[[bytes], str]) -> None:
    text = draft("\N{BYTE ORDER MARK}61 s [54, 67]".encode())
    assert cli.main(["check-text", text, "--report", str(report), "--strict"]) == 0
    assert [one.finding for one in resume_gap.check_text(text, report=report)] == ["in_report"] * 3


def test_a_text_without_numbers(
    report: Path, draft: Callable[[bytes], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check-text", draft(b""), "--report", str(report), "--strict"]) == 0
    assert "no number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [(b"\xff\xfe4\x00", "is not UTF-8 text"), (b"4" * (2**20 + 1), "cannot be read")],
)
def test_what_is_no_text_is_one_line(
    report: Path, draft: Callable[[bytes], str], text: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        cli.main(["check-text", draft(text), "--report", str(report)])


def test_the_report_must_be_one(tmp_path: Path, draft: Callable[[bytes], str]) -> None:
    with pytest.raises(UsageError, match="--report is missing"):
        cli.main(["check-text", draft(b"4 s")])
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="holds no summary"):
            cli.main(["check-text", draft(b"4 s"), "--report", str(folder)])
    with pytest.raises(UsageError, match="FILE is missing"):
        cli.main(["check-text", "--report", str(tmp_path)])

"""The figures of a report that anybody may have edited."""

import json
from pathlib import Path

import pytest
from factories.edited import EDITED, edited

from resume_gap.errors import InputError
from resume_gap.output.whole import whole_summary

SUMMARY = {
    "schema_version": 2,
    "tool_version": "1",
    "command": "plan",
    "generated_from": {"settings": {"show_ids": False}},
    "counts": {"users": 3, "share": None, "parts": [1, 2.5, True]},
}


def test_what_a_command_wrote_is_read(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text(json.dumps(SUMMARY))
    assert whole_summary(tmp_path, "x") == SUMMARY


@pytest.mark.parametrize("name", sorted(EDITED))
def test_what_was_edited_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text(edited(SUMMARY, name))
    with pytest.raises(InputError, match=r"x: its summary\.json was changed since") as refused:
        whole_summary(tmp_path, "x")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_no_report_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x: holds no summary\.json"):
        whole_summary(tmp_path, "x")

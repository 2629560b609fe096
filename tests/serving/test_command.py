"""`resume-gap mcp`: what is wrong is one line, and nothing is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.command_line import call, refusal

import resume_gap
from resume_gap.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "is no folder" in refusal(call("mcp", "nothing", cwd=tmp_path), 1)
    assert "FOLDER is missing" in refusal(call("mcp", cwd=tmp_path), 2)
    assert "one FOLDER at most" in refusal(call("mcp", "a", "b", cwd=tmp_path), 2)
    with pytest.raises(InputError):
        resume_gap.mcp(tmp_path / "nothing")

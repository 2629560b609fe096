"""Report folders that are published, and what a user puts into them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from resume_gap.output.publish import PREFIX, staging

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src">'


SEALED = '{"schema_version": 1, "tool_version": "0", "command": "analyze", "n": "sealed"}'


def write(folder: Path, text: str) -> None:
    (folder / "summary.json").write_text(
        json.dumps({"schema_version": 2, "tool_version": "0", "command": "analyze", "text": text})
    )


def text_of(folder: Path) -> str:
    return json.loads((folder / "summary.json").read_text())["text"]


def litter(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(PREFIX)]


def make(target: Path, text: str, *, force: bool = False) -> None:
    with staging(target, force=force) as folder:
        assert folder.is_dir()
        write(folder, text)
        (folder / "report.html").write_text(PAGE + text)


def users_files(folder: Path) -> dict[str, str]:
    """Puts into a report what a user may put there; each path with what must be found again."""
    (folder / "notes.md").write_text("notes")
    (folder / ".hidden").write_text("hidden")
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "sub" / "deep" / "b.csv").write_text("rows")
    (folder / "sub" / "empty").mkdir()
    (folder / "link").symlink_to("/nowhere/at/all")
    (folder / "sub" / "out").symlink_to("..")
    os.mkfifo(folder / "pipe")
    return kept(folder)


def kept(folder: Path) -> dict[str, str]:
    """Everything in a folder but our own files: kind and content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"link {path.readlink()}"
        elif path.is_dir():
            found[name] = "folder"
        elif not path.is_file():
            found[name] = "pipe"
        elif name not in ("summary.json", "report.html"):
            found[name] = path.read_text()
    return found

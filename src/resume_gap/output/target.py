"""Where a report goes, and what stands there already: a report of ours, the user's files, nothing.

Whatever a report folder holds besides the files in `OURS` was put there by the user.
"""

import json
import os
import stat
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final, NamedTuple

from resume_gap.errors import OutputError
from resume_gap.filesystem import read_small
from resume_gap.report.text.names import terminal_text

SUMMARY: Final = "summary.json"
PREDICTION: Final = "prediction.json"
OURS: Final = frozenset(
    {"report.html", SUMMARY, "data_quality.json", PREDICTION, "interruptions.parquet",
     "users.parquet"}
)  # fmt: skip
"""The files that a command may write into a report folder."""


class Standing(Enum):
    """What stands at the target."""

    NOTHING = "nothing, or an empty folder"
    REPORT = "a report and nothing else"
    SHARED = "a report and files of the user's"
    FOREIGN = "something that is no report"


class Target(NamedTuple):
    """Where a report goes.

    Attributes:
        path: Absolute, without links on the way; the last part may be a link.
        shown: As given, for messages.
    """

    path: Path
    shown: str


def target_of(out: str | Path) -> Target:
    """The target behind a path as given: `..` leads where the system says, also behind a link.

    Raises:
        OutputError: No folder can have this name.
    """
    given = Path(out)
    shown = terminal_text(str(out))
    try:
        os.fsencode(given).decode()
        if "\0" in str(given):
            raise ValueError(given)  # noqa: TRY301 - like a name that is not UTF-8
        if given.name in ("", ".."):
            return Target(Path(os.path.realpath(given)), shown)
        return Target(Path(os.path.realpath(given.parent)) / given.name, shown)
    except ValueError as error:
        raise OutputError(
            f"{shown}: cannot be written: its name is not UTF-8; name another folder with --out"
        ) from error
    except OSError as error:
        raise _unseen(shown, error) from error


def summary_of(folder: Path) -> dict[str, Any] | None:
    """The `summary.json` of ours in a folder; None: there is none.

    It is read only when it is a regular file of a size that we write, and is never trusted.
    """
    try:
        content = json.loads(read_small(folder / SUMMARY, follow=False))
    except (OSError, ValueError, RecursionError):
        return None
    kinds = {"schema_version": int, "tool_version": str, "command": str}
    if isinstance(content, dict) and all(
        isinstance(content.get(key), kind) for key, kind in kinds.items()
    ):
        return content
    return None


def command_of(folder: Path) -> str | None:
    """The command whose report stands in a folder; None: none does."""
    found = summary_of(folder)
    return None if found is None else str(found["command"])


def is_ours(entry: os.DirEntry[str]) -> bool:
    """Whether an entry of a report folder is one of the files that a command writes."""
    return entry.name in OURS and stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode)


def look_at(target: Target, *, force: bool) -> Standing:
    """What stands at the target.

    Raises:
        OutputError: It cannot be replaced; or something else than a report stands there and
            `force` is not given.
    """
    path, shown = target
    _refuse_place(path, shown)
    try:
        if path.is_symlink():
            what = "is a link"
        elif not path.exists():
            return Standing.NOTHING
        elif not path.is_dir():
            what = "is a file"
        else:
            with os.scandir(path) as found:
                entries = list(found)
            if not entries:
                return Standing.NOTHING
            if summary_of(path) is not None:
                return Standing.REPORT if all(map(is_ours, entries)) else Standing.SHARED
            what = "holds files that are not a report of resume-gap"
    except OSError as error:
        raise _unseen(shown, error) from error
    if force:
        return Standing.FOREIGN
    raise OutputError(
        f"{shown} {what}; name another folder with --out, or give --force to put the report "
        "there (what stands there is kept beside it)"
    )


def refuse_inside(target: Target, files: Mapping[str, Path]) -> None:
    """Refuse a target whose replacement would remove a file that the run reads.

    Args:
        target: Where the report goes.
        files: Every file that the run reads, by its name in messages. The prediction that
            stands in a report folder is kept with it and may be read.

    Raises:
        OutputError: One lies at the target or inside.
    """
    try:
        place = target.path.stat(follow_symlinks=False)
    except OSError:
        return
    ours = target.path / PREDICTION
    known: dict[Path, bool] = {}

    def at_target(folder: Path) -> bool:
        if folder not in known:
            try:
                known[folder] = os.path.samestat(place, folder.lstat())
            except OSError:
                known[folder] = False
        return known[folder]

    for name, given in files.items():
        spellings = {
            Path(os.path.realpath(given)),
            Path(os.path.realpath(given.parent)) / given.name,
        }
        if spellings == {ours}:
            continue
        if any(at_target(folder) for one in spellings for folder in (one, *one.parents)):
            raise OutputError(
                f"{terminal_text(name)} is read by this run and lies in {target.shown}, which the "
                "report would replace; move the file, or name another folder with --out"
            )


def _refuse_place(path: Path, shown: str) -> None:
    """Refuse the folder one stands in and those above, and what is mounted."""
    try:
        here = Path.cwd()
        above = path == here or path in here.parents
        mounted = os.path.ismount(path)
    except OSError as error:
        raise _unseen(shown, error) from error
    if above or mounted:
        what = "a mount point" if mounted else "the folder you are in or above it"
        raise OutputError(
            f"{shown} is {what}, which a report cannot replace; name a folder inside it with --out"
        )


def _unseen(shown: str, error: OSError) -> OutputError:
    return OutputError(
        f"{shown}: cannot be looked at: {error.strerror}; name another folder with --out"
    )

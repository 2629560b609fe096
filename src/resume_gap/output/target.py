"""Where a report goes, and what stands there already: a report of ours, the user's files, nothing.

Whatever a report folder holds besides what `recognize` knows was put there by the user.
"""

import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final, NamedTuple

from resume_gap.errors import OutputError
from resume_gap.output.recognize import PREDICTION, SUMMARY, content_of, is_ours
from resume_gap.report.text.names import terminal_text
from resume_gap.system.filesystem import read_small


class Standing(Enum):
    """What stands at the target."""

    NOTHING = "nothing, or an empty folder"
    REPORT = "a report and nothing else"
    SHARED = "a report and files of the user's"
    FOREIGN = "something that is no report"


_LONGEST: Final = 300
"""Characters of a path in a message."""


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
    shown = terminal_text(str(out), limit=_LONGEST)
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
        return content_of(read_small(folder / SUMMARY, follow=False))
    except OSError:
        return None


def command_of(folder: Path) -> str | None:
    """The command whose report stands in a folder; None: none does."""
    found = summary_of(folder)
    return None if found is None else str(found["command"])


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
            if not path.is_file():
                raise _is_special(shown)
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


def refuse_overlap(target: Target, state: Path) -> None:
    """Refuse a target and a state folder that lie in each other.

    Raises:
        OutputError: They do.
    """
    place = Path(os.path.realpath(state))
    if place == target.path or place in target.path.parents or target.path in place.parents:
        raise OutputError(
            f"{target.shown}: the report and the state folder lie in each other; name another"
            " folder with --out or --state"
        )


def _refuse_place(path: Path, shown: str) -> None:
    """Refuse the folder one stands in and those above, one's home, and what is mounted."""
    try:
        here = Path.cwd()
        above = path == here or path in here.parents
        home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - never fails
        mounted = os.path.ismount(path)
    except OSError as error:
        raise _unseen(shown, error) from error
    if mounted:
        what = "a mount point"
    elif above:
        what = "the folder you are in or above it"
    elif path == home or path in home.parents:
        what = "your home folder or above it"
    else:
        return
    raise OutputError(
        f"{shown} is {what}, which a report cannot replace; name a folder inside it with --out"
    )


def _is_special(shown: str) -> OutputError:
    """A device is the system's: everything else would write into the folder in its place."""
    return OutputError(
        f"{shown} is a device, pipe or socket, which a report never replaces; name another folder "
        "with --out"
    )


def _unseen(shown: str, error: OSError) -> OutputError:
    return OutputError(
        f"{shown}: cannot be looked at: {error.strerror}; name another folder with --out"
    )

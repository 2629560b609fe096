"""The one folder that another program may read, and nothing outside of it."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from resume_gap.errors import InputError
from resume_gap.fileformats import TABLE_MARK
from resume_gap.report.text.names import terminal_text
from resume_gap.sources.inputs import InputFile, printable

_MOST_ENTRIES: Final = 100_000
_PATTERN: Final = re.compile(r"[*?\[\]]")


class Permitted:
    """A folder whose files may be read by their paths in it.

    Args:
        folder: The folder.

    Raises:
        InputError: It is no folder.
    """

    def __init__(self, folder: Path) -> None:
        self.root = Path(os.path.realpath(folder))
        if not self.root.is_dir():
            raise InputError(f"{terminal_text(str(folder))}: is no folder; name the one to read")
        self._written_root = _written(self.root)

    def file(self, given: str) -> str:
        """The path of a log, `FILE::TABLE` too, for a command.

        Raises:
            InputError: It lies outside, passes a link, or is not there.
        """
        name, mark, table = given.partition(TABLE_MARK)
        if mark and "\0" not in given and os.path.lexists(self.root / given):
            # Like everywhere, what exists by this name is meant, not a table of it.
            name, mark, table = given, "", ""
        if _PATTERN.search(name):
            raise _refused(given, "is a pattern; name the files or their folder")
        path = self._inside(name)
        for entry in _below(path):
            if entry.is_symlink():
                raise _refused(given, "holds a link, which may lead outside")
        return f"{path}{mark}{table}"

    def refuse_outside(self, files: Iterable[InputFile]) -> None:
        """Refuse files that were found behind a path and lie elsewhere.

        Args:
            files: What will be read.

        Raises:
            InputError: One lies outside.
        """
        for one in files:
            if not Path(os.path.realpath(one.path)).is_relative_to(self.root):
                raise _refused(one.given, "leads outside; give a path in the permitted folder")

    def report(self, given: str) -> Path:
        """The folder of a report.

        Raises:
            InputError: It lies outside, passes a link, or is no folder.
        """
        path = self._inside(given)
        if not path.is_dir():
            raise _refused(given, "is no folder of a report")
        return path

    def without_root(self, text: str) -> str:
        """A text in which the paths of the folder are relative to it.

        Args:
            text: An answer or a message that may hold absolute paths.
        """
        if self.root == Path(self.root.anchor):
            return text
        return self._written_root.sub(lambda found: "" if found["below"] else ".", text)

    def _inside(self, given: str) -> Path:
        parts = Path(given).parts
        if not parts or "\0" in given:
            raise _refused(given, "is no path in the permitted folder")
        if Path(given).is_absolute() or ".." in parts or parts[0].startswith("~"):
            raise _refused(given, "leads outside; give a path in the permitted folder")
        path = self.root
        for part in parts:
            path /= part
            try:
                mode = path.lstat().st_mode
            except OSError as error:
                raise _refused(given, "is not in the permitted folder") from error
            if stat.S_ISLNK(mode):
                raise _refused(given, "passes a link, which may lead outside")
        if not path.resolve().is_relative_to(self.root):
            raise _refused(given, "leads outside; give a path in the permitted folder")
        return path


def _written(root: Path) -> re.Pattern[str]:
    """The root as it stands and as messages write it, with what separates a path below it."""
    ways = {str(root), terminal_text(str(root)), printable(str(root))}
    either = "|".join(map(re.escape, sorted(ways, key=len, reverse=True)))
    return re.compile(rf"(?:{either})(?:(?P<below>{re.escape(os.sep)})|(?![^\s:;,'\")]))")


def _below(path: Path) -> Iterator[os.DirEntry[str]]:
    """Everything in a folder and below; nothing of a file."""
    seen = 0
    folders = [path] if path.is_dir() else []
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                seen += 1
                if seen > _MOST_ENTRIES:
                    raise _refused(path.name, "holds too many files; name fewer")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                yield entry


def _refused(given: str, why: str) -> InputError:
    return InputError(f"{terminal_text(given, limit=300)}: {why}")

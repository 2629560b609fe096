"""The files of a simulation: written apart, then put into their folder, or nothing is left.

Nothing is written over that no simulation wrote: it would have left its truth beside it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from resume_gap.errors import OutputError
from resume_gap.output.target import target_of
from resume_gap.report.text.names import terminal_text
from resume_gap.system import locked, signals
from resume_gap.system.filesystem import WritableFolder, disk_error, full_line

PREFIX: Final = ".resume-gap-simulated-"


@contextmanager
def placed(folder: Path, name: str) -> Iterator[Path]:
    """A fresh folder whose files go into `folder` when the block ends well.

    Args:
        folder: Where the files of the simulation go; made with its parents.
        name: What the simulation is called: its files are `<name>.<format>`, `<name>_*.csv` and
            those in `<name>_truth`.

    Raises:
        OutputError: The folder cannot be written, or holds such a file that is not ours.
    """
    target = target_of(folder)
    made: list[Path] = []
    box: locked.Locked | None = None
    try:
        with signals.shielded():
            made = [path for path in (target.path, *target.path.parents) if not path.exists()]
            target.path.mkdir(parents=True, exist_ok=True)
            for old in locked.dead(target.path, PREFIX):
                old.remove()
            box = locked.make(target.path, PREFIX)
        signals.check()
        new = box.path / "files"
        new.mkdir()
        yield new
        signals.check()
        _refuse_foreign(new, folder, name)
        with signals.shielded():
            made = []
            _move(new, target.path)
            signals.finished(f"the files in {target.shown} were written")
    except OSError as error:
        code = disk_error(error)
        place = WritableFolder(
            target.shown, target.path, "free some space, or name another with --out"
        )
        reason = f"{error.strerror or error}; name another folder with --out"
        raise OutputError(
            f"{target.shown}: cannot be written: {reason}"
            if code is None
            else full_line(code, place)
        ) from error
    finally:
        with signals.shielded():
            if box is not None:
                box.remove()
            for path in made:
                with suppress(OSError):
                    path.rmdir()


def _refuse_foreign(new: Path, folder: Path, name: str) -> None:
    """Refuse to write over what is not ours, or through a link.

    Raises:
        OutputError: There is such a file.
    """
    earlier = (folder / f"{name}_truth" / "truth.json").exists()
    for path in sorted(new.rglob("*")):
        there = folder / path.relative_to(new)
        if there.is_symlink() or (there.exists() and not earlier):
            raise OutputError(
                f"{terminal_text(str(there))} is there already and no simulation wrote it; name "
                "other files with --name, or another folder with --out"
            )


def _move(new: Path, folder: Path) -> None:
    """Put every file into its place; the truth, which says that they are ours, comes first."""
    paths = sorted(new.rglob("*"), key=lambda path: (path.parent == new, path.name != "truth.json"))
    for path in paths:
        if path.is_file():
            there = folder / path.relative_to(new)
            there.parent.mkdir(exist_ok=True)
            os.replace(path, there)  # noqa: PTH105 - the name is ours, or free

"""A mess, given to the tool."""

from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.messes.logs import GAP, WORK
from benchmarks.messes.mess import Made, Mess
from resume_gap.commands import analyze
from resume_gap.errors import ResumeGapError
from resume_gap.results.analyze import Analysis
from resume_gap.settings import resolve


def outcome(mess: Mess, made: Made) -> Analysis | ResumeGapError:
    """What the tool finds, or the line with which it refuses.

    Args:
        mess: What is given besides the files.
        made: The files.
    """
    options = {"productive": WORK} | dict(mess.options)
    with laid_out(made):
        try:
            given = {name: value for name, value in options.items() if value is not None}
            settings = replace(resolve({"gap": GAP} | given, {}), typed=frozenset(given))
            events = list(made.given or sorted(made.files))
            return analyze.run(events, settings, out=None, on_progress=lambda _: None)
        except ResumeGapError as error:
            return error


@contextmanager
def laid_out(made: Made) -> Iterator[Path]:
    """A folder with the files, which is the working folder meanwhile."""
    with TemporaryDirectory() as name, chdir(name):
        folder = Path(name)
        for path, data in made.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        yield folder

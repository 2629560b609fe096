"""What the functions of Python return: the frozen result, and what is done with one.

A report is the result itself (every field of `Analysis` and the like is one of its own), with the
published tables beside it. Figures are those of the command line, bit for bit: the same code
writes both.
"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, fields
from functools import cached_property
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

from resume_gap.errors import UsageError
from resume_gap.results.run import Run

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

    from resume_gap.report.page.model import Block, Figure, Page

_INTERRUPTIONS: Final = "interruptions.parquet"
_USERS: Final = "users.parquet"
_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})


class Report(Run):
    """The result of a command that reads a log.

    Beside what is listed here it has the fields of the command's result: of every command `rows`,
    `columns`, `roles`, `threshold`, `counts`, `reorientation` and `data_quality`. In a notebook it
    shows the first screen of its page.
    """

    _files: Mapping[str, bytes] = _NOTHING
    _folder: Path | None = None

    @classmethod
    def of(cls, found: Run, files: Mapping[str, bytes], folder: Path | None = None) -> Self:
        """The report of a result.

        Args:
            found: The result.
            files: The published tables: name of the file to its bytes.
            folder: Where the report was written; None: nowhere.
        """
        made = cls(**{one.name: getattr(found, one.name) for one in fields(found)})
        object.__setattr__(made, "_files", dict(files))
        object.__setattr__(made, "_folder", folder)
        return made

    @cached_property
    def interruptions(self) -> "pl.DataFrame":
        """One row per return, as in `interruptions.parquet`; it holds the ids as given.

        Raises:
            UsageError: The result was made by hand and has no tables.
        """
        return self._table(_INTERRUPTIONS)

    @cached_property
    def users(self) -> "pl.DataFrame":
        """One row per user, as in `users.parquet`; it holds the ids as given.

        Raises:
            UsageError: The result was made by hand and has no tables.
        """
        return self._table(_USERS)

    def summary(self) -> dict[str, Any]:
        """`summary.json` as a dict; docs/schema.md says what is in it."""
        from resume_gap.report.render import jsonfile

        content: dict[str, Any] = json.loads(jsonfile.summary(self))
        return content

    @property
    def charts(self) -> tuple[str, ...]:
        """The names that `chart` takes, in the order of the page."""
        return tuple(self._charts)

    def chart(self, name: str) -> "alt.LayerChart":
        """A chart of the page as Altair draws it, to be changed, shown or saved.

        Args:
            name: One of `charts`.

        Raises:
            UsageError: The page has no such chart.
        """
        from resume_gap.options.names import nearest
        from resume_gap.report.charts.live import as_altair

        found = self._charts.get(name)
        if found is None:
            listed = ", ".join(self._charts)
            raise UsageError(
                f"no chart is called {name!r}{nearest(name, self.charts)}; there are: {listed}"
            )
        return as_altair(found.chart)

    def save(
        self, folder: str | PathLike[str], *, force: bool = False, interactive: bool = False
    ) -> Path:
        """Write the folder that the command line writes.

        Args:
            folder: Where; its parents are made. A report of ours that is there is replaced.
            force: Take a folder that holds no report of ours; it is kept beside.
            interactive: Give the page its script.

        Returns:
            The page, `report.html`.

        Raises:
            OutputError: The folder cannot be written, or holds something else or an input.
            UsageError: The result was made by hand and has no tables.
        """
        from resume_gap.output import publish, target, write

        place = Path(folder)
        read = (*self.generated_from.inputs, *self.generated_from.beside)
        target.refuse_inside(
            target.target_of(place), {one.path: Path(one.path).absolute() for one in read}
        )
        self._table_bytes(_INTERRUPTIONS)
        with publish.staging(place, force=force) as new:
            for name, data in self._files.items():
                (new / name).write_bytes(data)
            write.write_report(new, self, interactive=interactive)
        object.__setattr__(self, "_folder", place)
        return place / "report.html"

    def open(self) -> Path:
        """Show the page in the browser; it is where it was saved, else in a temporary folder.

        Returns:
            The page that was opened. A temporary one goes when Python ends.

        Raises:
            OutputError: The page cannot be written.
        """
        import atexit
        import shutil
        import tempfile
        import webbrowser

        page = self._folder / "report.html" if self._folder is not None else None
        if page is None or not page.is_file():
            from resume_gap.report.page import build
            from resume_gap.report.render import html

            made = Path(tempfile.mkdtemp(prefix="resume-gap-page-"))
            atexit.register(shutil.rmtree, made, ignore_errors=True)
            page = made / "report.html"
            page.write_bytes(html.render(build.page(self)))
        webbrowser.open(page.absolute().as_uri())
        return page

    def __repr__(self) -> str:
        """One line: what was read and what was found."""
        from resume_gap.report.text.numbers import many

        page = self._page
        found = page.headline.decision.word if page.headline.decision else page.headline.sentence
        read = many(self.counts.interruptions, "interruption")
        return f"<{type(self).__name__} {', '.join(page.subject[:2])}, {read}: {found}>"

    def _repr_html_(self) -> str:
        """The first screen of the page, for a notebook: no script, no request, escaped names."""
        from resume_gap.report.render import html

        return html.first_screen(self._page)

    @property
    def _page(self) -> "Page":
        from resume_gap.report.page import build

        return build.page(self)

    @cached_property
    def _charts(self) -> "dict[str, Figure]":
        from resume_gap.report.charts.live import is_chart

        return {one.name: one for one in figures_of(self._page) if is_chart(one.chart)}

    def _table(self, name: str) -> "pl.DataFrame":
        import polars as pl

        return pl.read_parquet(io.BytesIO(self._table_bytes(name)))

    def _table_bytes(self, name: str) -> bytes:
        if name not in self._files:
            raise UsageError(f"this result has no {name}: it was not made by running the command")
        return self._files[name]

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a result is frozen. Python 3.11 fails otherwise in a class with slots below."""
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        """Refuse, likewise."""
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> dict[str, Any]:
        """What a pickle holds: the fields and the tables."""
        return {
            "values": {one.name: getattr(self, one.name) for one in fields(self)},
            "files": dict(self._files),
            "folder": self._folder,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The report of a pickle."""
        for name, value in state["values"].items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_files", state["files"])
        object.__setattr__(self, "_folder", state["folder"])


def figures_of(page: "Page") -> "Iterator[Figure]":
    """The pictures of a page from its top to its end."""
    if page.headline.picture is not None:
        yield page.headline.picture
    for section in page.sections:
        yield from _figures(section.blocks)
        for part in section.parts:
            yield from _figures(part.blocks)


def _figures(blocks: "tuple[Block, ...]") -> "Iterator[Figure]":
    from resume_gap.report.page.model import Figure

    yield from (block for block in blocks if isinstance(block, Figure))

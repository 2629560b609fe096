"""The commands that read a log. Imports nothing heavy: a command's module is loaded when it runs.

A new command is one entry here, its module with a `run`, its options in `options.table`, and its
page, screen and keys in the tables by result type of `report` (and, where it writes a prediction,
of `output.write`).
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from resume_gap.results.run import Run
    from resume_gap.settings import Settings


class Runner(Protocol):
    """A command with checked settings."""

    def __call__(
        self,
        events: Sequence[str],
        settings: "Settings",
        *,
        out: Path | None,
        force: bool = False,
        on_progress: "Callable[[str], None]",
        config: Path | None = None,
    ) -> "Run":
        """Carry it out; with `out`, write its folder."""


class Command(NamedTuple):
    """One command.

    Attributes:
        name: On the command line and in `Run.command`.
        module: Where its `run` is.
    """

    name: str
    module: str

    def load(self) -> Runner:
        """Its `run`; loads the engines."""
        run: Runner = import_module(self.module).run
        return run


COMMANDS: Final = {
    command.name: command
    for command in (
        Command("analyze", "resume_gap.commands.analyze"),
        Command("evaluate", "resume_gap.commands.evaluate"),
        Command("plan", "resume_gap.commands.plan"),
    )
}

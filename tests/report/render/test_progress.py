"""The line on a terminal: quick steps show their name, slow ones how far they are."""

from __future__ import annotations

import io
import re

from rich.console import Console

from resume_gap.report.render.progress import progress_line
from resume_gap.system import progress

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A terminal of 80 columns, and a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self._stream = io.StringIO()
        self.console = Console(
            file=self._stream, force_terminal=True, width=80, color_system="standard"
        )

    def clock(self) -> float:
        return self.now

    def shown(self) -> str:
        """The last line that was drawn."""
        text = ESCAPES.sub("", self._stream.getvalue()).replace("\r", "\n")
        return [line for line in text.splitlines() if line.strip()][-1].strip()


def drawn(terminal: Terminal) -> str:
    """The line as it is now."""
    for live in terminal.console._live_stack:
        live.refresh()
    return terminal.shown().lstrip("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ ")  # what turns


def test_a_slow_step_says_how_far_it_is() -> None:
    terminal = Terminal()
    with progress_line(terminal.console, terminal.clock) as announce:
        assert drawn(terminal) == "starting"
        announce("ordering [the] events")
        progress.expect(10_000_000)
        progress.add(500_000)
        terminal.now += 1
        progress.add(500_000)
        assert drawn(terminal) == "ordering [the] events"
        terminal.now += 1
        progress.add(500_000)
        line = drawn(terminal)
        assert line.startswith("ordering [the] events ━╸━")
        assert line.endswith("1.5M of 10.0M rows, 500k/s, 0:17 left")
        assert len(terminal.shown()) < 80
        terminal.now += 70
        progress.add(8_500_000)
        assert drawn(terminal) == "ordering [the] events  1:12"
    progress.add(1)  # nobody listens any more


def test_without_counts_a_slow_step_shows_its_time() -> None:
    terminal = Terminal()
    with progress_line(terminal.console, terminal.clock) as announce:
        announce("ordering the events")
        progress.expect(1_000)
        progress.add(10)
        announce("measuring returns")
        terminal.now += 1.9
        assert drawn(terminal) == "measuring returns"
        terminal.now += 3_700
        assert drawn(terminal) == "measuring returns  1:01:41"
        progress.add(5)  # rows of a step that does not know how many there are
        assert drawn(terminal) == "measuring returns  1:01:41"


def test_rows_are_short_and_their_line_fits() -> None:
    terminal = Terminal()
    with progress_line(terminal.console, terminal.clock) as announce:
        announce("ordering the events")
        progress.expect(999_500)
        progress.add(1)
        terminal.now += 2
        progress.add(9_998)
        assert drawn(terminal).endswith(" 9,999 of 1.0M rows, 4,999/s, 3:18 left")
        progress.add(1)
        assert " 10k of 1.0M rows" in drawn(terminal)
        announce("replaying the marker")
        progress.expect(1_234_567_890)
        progress.add(1_000)
        terminal.now += 3_600
        progress.add(123_456_789)
        line = drawn(terminal)
        assert line.endswith("123.5M of 1234.6M rows, 34k/s, 9:00:00 left")


def test_the_line_is_gone_at_the_end() -> None:
    terminal = Terminal()
    with progress_line(terminal.console, terminal.clock) as announce:
        announce("reading")
    written = terminal._stream.getvalue()
    assert written.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")

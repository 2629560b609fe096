"""The screen of text: the page's first screen, nothing wider than the terminal, nothing cut."""

from __future__ import annotations

import io
import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from factories.results import ALL, changed, full
from factories.trial_results import LAUNCHES
from rich.cells import cell_len

from resume_gap.report.page import build
from resume_gap.report.render import terminal
from resume_gap.report.text.names import hidden
from resume_gap.results.common import Check, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from resume_gap.report.page.model import Headline
    from resume_gap.results.run import Run

EVERY: dict[str, Callable[[], Run]] = {**ALL, **LAUNCHES}


def lines(result: Run, path: str | None = "r", **size: int) -> list[str]:
    return terminal.screen(result, path, **size).plain.split("\n")


def words(result: Run, **size: int) -> str:
    return " ".join(terminal.screen(result, "r", **size).plain.split())


def warning(message: str, severity: Severity = "warn", action: str = "") -> Check:
    return Check(check="x", severity=severity, count=1, share=None, action=action, message=message)


def warned(*checks: Check) -> list[str]:
    shown = lines(changed(full(), data_quality=checks))
    first = next(i for i, line in enumerate(shown) if line.startswith(("caution", "error")))
    return shown[
        first : next(i for i, line in enumerate(shown) if line.startswith("plan the test"))
    ]


@pytest.mark.parametrize("name", EVERY)
def test_the_first_screen_is_whole_at_every_width(name: str) -> None:
    result = EVERY[name]()
    head = build.page(result).headline
    for width in (60, 80, 140):
        is_whole(lines(result, "reports/x/report.html", width=width), width, head)


def is_whole(shown: list[str], width: int, head: Headline) -> None:
    """The same words as on the page, in its order, no figure cut; rows as wide as there is room."""
    assert max(map(cell_len, shown)) <= width
    assert max(map(cell_len, shown)) > min(width, 120) - 20
    assert not any(hidden(char) for line in shown for char in line)
    if width >= 80:
        assert len(shown) <= terminal.HEIGHT
    assert shown[-1].split() == ["report", "reports/x/report.html"]
    text = " ".join(" ".join(shown).split())
    facts = head.figures.items if head.figures else ()
    box = head.decision
    parts = [
        *([f"{box.sign} {box.word}"] if box else []),
        f"{head.sentence}.",
        *(fact.value for fact in facts),
        *([box.whole_reason or box.reason] if box else []),
    ]
    at = 0
    for part in parts:
        plain = " ".join(part.split())
        assert plain in text[at:], plain
        at = text.index(plain, at)
    for fact in facts:
        assert " ".join(fact.detail.split()) in text


def test_a_wider_terminal_shows_more() -> None:
    narrow, wide = lines(full(), width=80), lines(full(), width=140)
    assert len(wide) < len(narrow)
    assert "no natural boundary: the valley shows in only 43 %" in " ".join(wide)
    assert lines(full(), width=1_000) == lines(full(), width=120)
    assert lines(full(), width=1) == lines(full(), width=40)


def test_names_and_figures_stand_in_a_column_of_their_own() -> None:
    shown = lines(full())
    assert shown[-1] == "report          r"
    names = {line[:16].strip() for line in shown[6:]}
    assert {"", "22 a week", "73 s", "58 %", "2.6 minutes", "next", "caution"} < names
    assert {"plan the test", "read", "work", "threshold", "report"} < names


def test_a_long_figure_has_a_row_of_its_own() -> None:
    shown = lines(EVERY["coarse_trial"]())
    assert shown[shown.index("under 2 min faster") + 1].startswith(f"{'':16}All returns")


def test_a_command_is_words_where_there_is_no_room_for_it() -> None:
    row = next(line for line in lines(full()) if line.startswith("plan the test"))
    assert row[16:] == "`resume-gap plan`, the same log and options, `-o reports/plan`"


def test_a_command_that_goes_on_in_the_next_row_can_be_pasted() -> None:
    made = full().generated_from
    made = replace(made, settings={**made.settings, "gap_us": 90_000_000, "productive": ["a b"]})
    shown = lines(changed(full(), generated_from=made), width=60, height=60)
    first = next(i for i, line in enumerate(shown) if line.startswith("plan the test"))
    rows = [row[16:] for row in shown[first : first + 8]]
    last = next(i for i, row in enumerate(rows) if not row.endswith(" \\"))
    assert last
    line = shlex.split("\n".join(rows[: last + 1]).replace("\\\n", ""))
    assert line[:2] == ["resume-gap", "plan"]
    assert line[-2:] == ["-o", "reports/plan"]
    assert line[line.index("--gap") + 1] == "90s"
    assert line[line.index("--productive") + 1] == "a b"


def test_nothing_written_is_no_path() -> None:
    assert not any(line.startswith("report") for line in lines(full(), None))


def test_wide_letters_count_for_two_and_of_a_long_path_the_end_is_shown() -> None:
    shown = lines(full(), "\N{CJK UNIFIED IDEOGRAPH-6F22}" * 100 + "/report.html")[-3:]
    assert shown[0].startswith(
        "report          \N{HORIZONTAL ELLIPSIS}\N{CJK UNIFIED IDEOGRAPH-6F22}"
    )
    assert shown[2].endswith("/report.html")
    assert all(cell_len(line) <= 80 for line in shown)


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    shown = warned(warning("X" * 61 + " 40% of all"))
    assert shown[:2] == ["caution         " + "X" * 61, " " * 16 + "40 % of all."]


def test_a_warning_says_what_to_do_where_there_is_room() -> None:
    assert warned(warning("It rains.", action="take an umbrella")) == [
        "caution         It rains; take an umbrella"
    ]


def test_an_error_comes_in_red_and_a_warning_in_yellow() -> None:
    for severity, name, style in (("error", "error", "red"), ("warn", "caution", "yellow")):
        run = changed(full(), data_quality=(warning("it rains", severity),))  # type: ignore[arg-type]
        text = terminal.screen(run, "r")
        styles = {text.plain[span.start : span.end]: str(span.style) for span in text.spans}
        assert styles["It rains."] == style
        assert f"{name:<16}" in styles


def test_cautions_without_room_are_counted() -> None:
    many = [
        warning(f"finding {n} of many, each with words enough for a line") for n in "abcdefghij"
    ]
    shown = warned(*many)
    counted = sum(line.startswith("caution") for line in shown)
    assert 1 < counted < 10
    assert shown[-1].strip() == f"+{10 - counted} more cautions in the report"
    assert len(lines(changed(full(), data_quality=tuple(many)))) <= terminal.HEIGHT


def test_a_tall_terminal_shows_all_and_a_low_one_what_matters() -> None:
    tall, low = words(full(), height=60), words(full(), height=24)
    assert "user_id=uid" in tall
    assert "kept the first of each" in tall
    assert 22 < len(lines(full(), height=24)) <= 24
    for part in (
        "Run an A/B test",
        "20 s to 49 s",
        "[54 %, 62 %]",
        "how much it would save",
        "4,100 rows",
    ):
        assert part in low


def printed(monkeypatch: pytest.MonkeyPatch, *, tty: bool, **environment: str) -> str:
    """What a stream that may be a terminal gets."""
    out = io.StringIO()
    out.isatty = lambda: tty  # type: ignore[method-assign]
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stderr", out)
    terminal.print_screen(full(), None)
    return out.getvalue()


def test_colors_only_on_a_terminal_and_where_they_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    color = re.compile(r"\x1b\[(?:\d+;)*3\d(?:;\d+)*m")
    assert color.search(printed(monkeypatch, tty=True))
    assert not color.search(printed(monkeypatch, tty=True, NO_COLOR="1"))
    assert "\x1b" not in printed(monkeypatch, tty=False)
    assert "\x1b" not in printed(monkeypatch, tty=True, TERM="dumb")


def test_the_terminal_says_how_much_room_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, widest in (("80", 80), ("140", 120)):
        shown = printed(monkeypatch, tty=False, COLUMNS=columns).splitlines()
        assert widest - 20 < max(map(cell_len, shown)) <= widest
    tall = printed(monkeypatch, tty=True, COLUMNS="80", LINES="60", NO_COLOR="1")
    assert "user_id=uid" in tall

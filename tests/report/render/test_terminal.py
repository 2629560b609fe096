"""The screen of text: names in one column, whole warnings, nothing wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.results import changed, full
from rich.cells import cell_len

from resume_gap.report.render import terminal
from resume_gap.results.common import Check, Severity

if TYPE_CHECKING:
    from resume_gap.results.run import Run


def lines(result: Run, path: str | None = "r") -> list[str]:
    return terminal.screen(result, path).plain.split("\n")


def warning(message: str, severity: Severity = "warn", action: str = "") -> Check:
    return Check(check="x", severity=severity, count=1, share=None, action=action, message=message)


def warned(*checks: Check) -> list[str]:
    shown = lines(changed(full(), data_quality=checks))
    first = next(i for i, line in enumerate(shown) if line.startswith(("warning", "error")))
    return shown[first:-1]


def test_names_stand_in_a_column_of_their_own() -> None:
    shown = lines(full())
    assert shown[0].startswith("read            1,245,210 rows from 2 files; 1,240,002 used, ")
    assert shown[-1] == "report          r"
    names = {line[:16].strip() for line in shown}
    assert {"", "read", "columns", "work", "threshold", "recommendation", "report"} <= names


def test_nothing_written_is_no_path() -> None:
    assert not any(line.startswith("report") for line in lines(full(), None))


def test_wide_letters_count_for_two_and_a_long_path_ends_in_an_ellipsis() -> None:
    shown = lines(full(), "\N{CJK UNIFIED IDEOGRAPH-6F22}" * 100)[-2:]
    assert shown[0] == "report          " + "\N{CJK UNIFIED IDEOGRAPH-6F22}" * 32
    assert shown[1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert all(cell_len(line) <= 80 for line in shown)


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    shown = warned(warning("x" * 61 + " 40% of all"))
    assert shown == ["warning         " + "x" * 61, " " * 16 + "40 % of all"]


def test_a_warning_says_what_to_do_where_there_is_room() -> None:
    assert warned(warning("it rains", action="take an umbrella")) == [
        "warning         it rains; take an umbrella"
    ]


def test_an_error_comes_in_red_and_a_warning_in_yellow() -> None:
    for severity, name, style in (("error", "error", "red"), ("warn", "warning", "yellow")):
        run = changed(full(), data_quality=(warning("it rains", severity),))  # type: ignore[arg-type]
        text = terminal.screen(run, "r")
        styles = {text.plain[span.start : span.end]: str(span.style) for span in text.spans}
        assert styles["it rains"] == style
        assert f"{name:<16}" in styles


def test_warnings_without_room_are_counted() -> None:
    many = [
        warning(f"finding {n} of many, each with words enough for a line") for n in "abcdefghij"
    ]
    shown = warned(*many)
    assert shown[-1].strip().startswith("+")
    assert shown[-1].strip().endswith(" more warnings in the report")
    assert len(lines(changed(full(), data_quality=tuple(many)))) <= terminal.HEIGHT
    counted = sum(line.startswith("warning") for line in shown)
    assert shown[-1].strip() == f"+{10 - counted} more warnings in the report"

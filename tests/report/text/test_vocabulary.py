"""Warnings of one kind are one warning on page and screen."""

from factories.results import changed, full

from resume_gap.report.render import terminal
from resume_gap.report.text import vocabulary
from resume_gap.results.common import Check


def warning(code: str, message: str, action: str, severity: str = "warn") -> Check:
    return Check(
        check=code,
        severity=severity,
        count=1,
        share=None,
        message=message,
        action=action,
    )  # type: ignore[arg-type]


def shown(*checks: Check) -> list[tuple[str, str]]:
    run = changed(full(), data_quality=checks)
    return [(check.message, check.action) for check in vocabulary.warnings(run)]


def test_warnings_of_one_kind_are_merged() -> None:
    assert shown(
        warning("machine_events", "ping ticks", "--ignore ping"),
        warning("short_log", "short", "look at a longer one"),
        warning("machine_events", "poll ticks", "--ignore poll"),
    ) == [
        ("ping ticks; poll ticks", "--ignore ping; --ignore poll"),
        ("short", "look at a longer one"),
    ]


def test_warnings_with_one_remedy_are_merged() -> None:
    remedy = "give the order with --map sequence=COL"
    found = [warning("order_unknown", "ties", remedy), warning("arrows", "targets", remedy)]
    assert shown(*found) == [("ties; targets", remedy)]


def test_errors_stay_apart_and_come_first() -> None:
    found = [warning("a", "one", "do"), warning("a", "two", "do", "error")]
    assert shown(*found) == [("two", "do"), ("one", "do")]
    assert shown(warning("a", "one", ""), warning("b", "two", "")) == [("one", ""), ("two", "")]


def test_the_caution_stands_before_the_names() -> None:
    name = "an_event_with_a_name_that_is_rather_long"
    run = changed(full(), roles={"productive": (name,) * 9, "completing": (name,) * 3})
    assert "work            guessed from names: " in terminal.screen(run, "r").plain

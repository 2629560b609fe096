"""What events mean, as sentences."""

from __future__ import annotations

from factories.findings import SAYS_BOTH, action, check, compared, message


def test_likely_idle_events_are_named_and_the_others_counted() -> None:
    some = compared("dark", "blur", figures={"names": 1, "unnamed": 2})
    assert message("likely_idle_events", some) == (
        "12% of the 1,204 events called dark and 2 that few users have are the last before or the "
        f"first after a long gap, so they may mark idle time. {SAYS_BOTH.format('them')}"
    )
    assert action("likely_idle_events", some) == (
        "--show-ids shows the names; --away NAMES takes them for idle events"
    )
    named = compared("dark", "blur", figures={"names": 2, "unnamed": 0})
    assert "events called dark, blur are the last" in message("likely_idle_events", named)
    assert action("likely_idle_events", named) == "--away dark,blur takes them for idle events"


def test_task_ends_that_may_be_a_machines() -> None:
    assert message("doubtful_task_ends", compared("tiles_done")) == (
        "1,204 events (tiles_done) were taken for ends of tasks because they say that something "
        "is done, which may be a machine's work. " + SAYS_BOTH.format("them")
    )
    assert "(events that few users have)" in message("doubtful_task_ends", compared())
    assert action("doubtful_task_ends", compared("tiles_done")) == (
        "--ignore tiles_done leaves them out; if people end tasks so, say it with --productive "
        "and --complete"
    )
    assert action("doubtful_task_ends", compared()).startswith("--ignore NAMES leaves")


def test_days_without_elements() -> None:
    assert message("elements_end", compared(count=1)) == (
        "on 1 day with 12% of the rows hardly any has an element, on other days many have. "
        + SAYS_BOTH.format("that day")
    )
    assert message("elements_end", compared(count=3)).endswith(SAYS_BOTH.format("those days"))


def test_days_without_elements_are_counted() -> None:
    assert check("elements_end", count=1).message.startswith("on 1 day with 12% of the rows")
    assert check("elements_end", count=3).message.startswith("on 3 days with 12% of the rows")


def test_idle_events_by_name_are_named() -> None:
    assert check("idle_by_name", names=tuple("abcd")).message.endswith("names alone: a, b, c")
    assert check("idle_by_name").message.endswith("by their names alone")

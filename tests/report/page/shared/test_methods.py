"""Methods and settings on every page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.pages import rendered
from factories.results import changed, full

from resume_gap.report.page.shared import methods


def test_settings_go_by_their_options() -> None:
    screen_text = rendered(full()).visible.split("Settings of this run")[1]
    assert "--gap auto" in screen_text
    assert "gap_us" not in screen_text
    assert "until_us" not in screen_text
    assert "--until 2026-03-29T22:00:00Z" in screen_text
    assert "--map" in screen_text
    given = changed(full(), settings={**full().generated_from.settings, "gap_us": 90_000_000})
    assert "--gap 1 min 30 s" in rendered(given).visible


def test_constants_and_settings_are_tables_where_there_are_any() -> None:
    constants = {"MID_TASK_WINDOW": "600 s - close to the stop", "<b>": "1 - odd"}
    run = replace(full(), methods=replace(full().methods, constants=constants))
    settings, named = methods._settings(run)
    assert settings.table.columns == ("setting", "value")
    assert settings.table.rows[:2] == (
        ("resume-gap", run.tool_version),
        ("command", run.command),
    )
    assert named.table.columns == ("name", "value and reason")
    assert named.table.rows == (
        ("MID_TASK_WINDOW", "600 s - close to the stop"),
        ("<b>", "1 - odd"),
    )
    bare = replace(run, methods=replace(run.methods, constants={}))
    assert len(methods._settings(bare)) == 1


@pytest.mark.parametrize(
    ("name", "value", "flag", "shown"),
    [
        ("gap_us", 90_000_000, "--gap", "1 min 30 s"),
        ("gap_us", None, "--gap", "auto"),
        ("until_us", 1_774_821_600_000_000, "--until", "2026-03-29T22:00:00Z"),
        ("since_us", 0, "--since", "1970-01-01T00:00:00Z"),
        ("seed", 5, "--seed", "5"),
        ("threads", 1_800_000_000, "--threads", "1800000000"),
    ],
)
def test_a_setting_is_shown_as_it_is_given(name: str, value: object, flag: str, shown: str) -> None:
    assert methods._setting(name, value) == (flag, shown)

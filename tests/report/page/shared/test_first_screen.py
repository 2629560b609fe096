"""What a page is about, and whether its data can be trusted."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from factories.results import changed, full, sensitive

from resume_gap.report.page import build
from resume_gap.results.common import Check

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis


def test_the_page_names_its_subject() -> None:
    subject = build.page(full()).subject
    assert subject[1:] == ("260 users", "2\N{EN DASH}29 March 2026")
    assert subject[0].endswith(" and 1 more file")

    def dates(begin: str, end: str) -> str:
        used = {"first_at": f"{begin}T01:02:03Z", "last_at": f"{end}T03:04:05Z"}
        return build.page(changed(full(), counts=used)).subject[2]

    assert dates("2026-03-02", "2026-03-02") == "2 March 2026"
    assert dates("2026-03-02", "2026-04-01") == "2 March \N{EN DASH} 1 April 2026"
    assert dates("2025-12-30", "2026-01-02") == "30 December 2025 \N{EN DASH} 2 January 2026"
    assert "1 user" in build.page(changed(full(), counts={"users": 1})).subject


def test_the_dates_are_those_of_the_zone() -> None:
    used = {"first_at": "2026-03-01T23:00:00.25Z", "last_at": "2026-03-31T15:30:00Z"}
    settings = {**full().generated_from.settings, "tz": "Asia/Tokyo"}
    subject = build.page(changed(full(), counts=used, settings=settings)).subject
    assert subject[2] == "2 March \N{EN DASH} 1 April 2026"


def test_a_log_without_a_known_period_names_none() -> None:
    subject = build.page(changed(full(), counts={"first_at": None, "last_at": None})).subject
    assert subject[1:] == ("260 users",)


def test_a_title_stands_for_the_files_and_simulated_logs_say_so() -> None:
    run = full()
    simulated = dataclasses.replace(run.generated_from.inputs[0], simulated=True)
    settings = {**run.generated_from.settings, "title": "ACME <Budget>"}
    subject = build.page(changed(run, inputs=(simulated, simulated), settings=settings)).subject
    assert subject[0] == "ACME <Budget>"
    assert subject[-1] == "simulated data"
    assert "simulated" not in build.page(run).subject


def test_one_line_says_whether_the_data_can_be_trusted() -> None:
    warning = Check(
        check="x", severity="warn", message="Stamps are odd", action="mend", count=1, share=None
    )
    note = dataclasses.replace(warning, check="y", severity="note", message="It rains")

    def line(*checks: Check, run: Analysis | None = None) -> str:
        found = build.page(changed(run or full(), data_quality=checks)).trust
        assert found is not None
        return f"{found.severity}: {found.word} {found.text}"

    assert line() == "note: \N{CHECK MARK} All checks of the data passed."
    assert line(note, note) == (
        "note: \N{CHECK MARK} All checks of the data passed. 2 notes below."
    )
    assert line(warning, note) == "warn: 1 caution: Stamps are odd. 1 note below."
    other = dataclasses.replace(warning, check="z", action="ask")
    assert line(other, warning) == ("warn: Cautions: Stamps are odd. 1 more caution below.")
    below = sensitive()
    assert line(warning, run=below) == "warn: 1 more caution: Stamps are odd."
    assert line(other, warning, run=below).startswith("warn: More cautions: Stamps are odd.")

"""Pages, screens, summaries and pictures of made results are those that were reviewed: `golden/`.

A change of a word, a figure, a limit or a mark shows there as a changed line. Where it is meant:

    RESUME_GAP_GOLDEN=write python -m pytest tests/report/test_golden.py

then look at the difference and commit it. Pages that vary another one hold what differs from it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from factories import charts, golden, launch_results, plan_results, results, trial_results

from resume_gap.commands import registry

if TYPE_CHECKING:
    from resume_gap.results.run import Run

FOLDER = Path(__file__).parent / "golden"
WRITE = os.environ.get("RESUME_GAP_GOLDEN") == "write"

ANALYZE = {
    "full": results.full,
    "no_interruptions": results.no_interruptions,
    "one_user": results.one_user,
    "no_controls": lambda: results.matching("no_controls"),
    "unordered": results.unordered,
    "no_elements": results.no_elements,
    "less": results.less,
    "set_by_cap": results.set_by_cap,
    "all_zero": results.all_zero,
    "coarse": results.coarse,
    "sensitive": results.sensitive,
    "blind": results.blind,
    "fleeting": results.fleeting,
    "no_productive": results.no_productive,
    "empty": results.empty,
}
EVALUATE = {
    "better": trial_results.better,
    "worse": trial_results.worse,
    "none_seen": trial_results.none_seen,
    "changing": trial_results.changing,
    "with_sham": trial_results.with_sham,
    "many_looks": trial_results.many_looks,
    "no_elements": trial_results.no_elements,
    "coarse": trial_results.coarse,
    "withheld": trial_results.withheld,
    "twelve_users": trial_results.twelve_users,
    "nobody": trial_results.nobody,
    "nothing_productive": trial_results.nothing_productive,
}
COMPARE = {
    "with_prediction": launch_results.with_prediction,
    "shorter": launch_results.shorter,
    "longer": launch_results.longer,
    "unchanged": launch_results.unchanged,
    "another_change": launch_results.another_change,
    "other_people": launch_results.other_people,
    "longer_gaps": launch_results.longer_gaps,
    "short": launch_results.short,
    "few_dates": launch_results.few_dates,
    "no_control": launch_results.no_control,
    "blind": launch_results.blind,
    "units": launch_results.units,
    "units_alike": launch_results.units_alike,
    "methods_part": launch_results.methods_part,
    "slow_before": launch_results.slow_before,
    "all_launched": launch_results.all_launched,
    "young_units": launch_results.young_units,
}
PLAN = {
    "plan": plan_results.plan,
    "enough_users": plan_results.enough_users,
    "no_history": plan_results.no_history,
    "few_users": lambda: plan_results.no_plan("few_users"),
}
COMMANDS = {"analyze": ANALYZE, "evaluate": EVALUATE, "compare": COMPARE, "plan": PLAN}
PAGES = [(command, name) for command, made in COMMANDS.items() for name in made]


def test_every_command_has_a_page_to_review() -> None:
    assert list(COMMANDS) == [name for name, one in registry.COMMANDS.items() if one.result]


def compare(name: str, text: str) -> None:
    """Compare a text with the one that was reviewed, or write it."""
    path = FOLDER / f"{name}.txt"
    if WRITE:
        path.write_text(text, encoding="utf-8")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines(), (
        f"{path.name} differs; if that is meant: RESUME_GAP_GOLDEN=write python -m pytest"
        " tests/report/test_golden.py"
    )


def made(command: str, name: str) -> Run:
    return COMMANDS[command][name]()


@pytest.mark.parametrize(("command", "name"), PAGES, ids=map("-".join, PAGES))
def test_a_page_and_its_screen_are_those_that_were_reviewed(command: str, name: str) -> None:
    text = golden.page_text(made(command, name))
    first = next(iter(COMMANDS[command]))
    if name != first:
        text = golden.differing(text, golden.page_text(made(command, first)))
    compare(f"{command}-{name}", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_summary_is_the_one_that_was_reviewed(command: str) -> None:
    first = next(iter(COMMANDS[command]))
    compare(f"{command}-summary", golden.summary_text(made(command, first)))


def test_the_first_picture_of_each_kind_is_the_one_that_was_reviewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    firsts = [made(command, next(iter(pages))) for command, pages in COMMANDS.items()]
    compare("pictures", golden.pictures_text(firsts, monkeypatch))


def test_charts_at_their_edges_are_those_that_were_reviewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compare("charts", golden.charts_text(charts.CHARTS, monkeypatch))


def test_no_text_is_left_of_a_page_that_is_gone() -> None:
    names = {path.stem for path in FOLDER.iterdir()}
    summaries = (f"{command}-summary" for command in COMMANDS)
    assert names == {"charts", "pictures", *summaries, *("-".join(page) for page in PAGES)}

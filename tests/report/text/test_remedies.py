"""No sentence names an option; those who run the command find it beside the sentence."""

from __future__ import annotations

import ast
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from factories.pages import plain_spaces, rendered
from factories.results import ALL, changed, full
from factories.trial_results import LAUNCHES, better

import resume_gap.report
from resume_gap.report.render import terminal
from resume_gap.report.text import remedies
from resume_gap.results.run import Measurability

if TYPE_CHECKING:
    from resume_gap.results.evaluate import Evaluated

EVERY = {name: make for name, make in {**ALL, **LAUNCHES}.items() if "hostile" not in name}
EVERY["no_columns"] = ALL["no_elements"]
EVERY["arms_by_name"] = lambda: changed_trust(better(), named_by="inferred")
APPENDIX = "Appendix, for those who check"
REPORT = Path(resume_gap.report.__file__).parent
NAMES_OPTIONS = {
    "text/remedies.py",
    "text/history.py",
    "text/threshold.py",
    "page/shared/data.py",
    "page/shared/threshold.py",
    "page/evaluate/trust.py",
}
"""Modules with texts for the appendix and the terminal only: actions beside what was found."""
TABLES = {"findings", "trialchecks", "launchchecks"}
"""Folders of entries, each with what to do about a check."""


def changed_trust(found: Evaluated, **more: Any) -> Evaluated:
    trust = replace(found.evaluation.trust, **more)
    return replace(found, evaluation=replace(found.evaluation, trust=trust))


def opened(name: str) -> str:
    parts = takewhile(lambda text: APPENDIX not in text, rendered(EVERY[name]()).text)
    return plain_spaces(" ".join(parts))


def names_an_option(path: Path) -> bool:
    """Whether a text of a module, no comment and no docstring, names an option."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node not in notes and isinstance(node.value, str)
    ]
    return any(
        word[2:3].isalpha()
        for text in texts
        for word in text.replace("(--", " --").split()
        if word.startswith("--") and "var(" not in text  # a variable of the style sheet is none
    )


@pytest.mark.parametrize("name", EVERY)
def test_a_manager_meets_no_option(name: str) -> None:
    shown = opened(name)
    assert shown
    assert "--" not in shown
    assert "`" not in shown
    assert ".md" not in shown


def test_options_are_named_in_few_modules_only() -> None:
    found = [path.relative_to(REPORT) for path in REPORT.rglob("*.py") if names_an_option(path)]
    assert {str(path) for path in found if path.parent.name not in TABLES} == NAMES_OPTIONS


@pytest.mark.parametrize(
    ("name", "asked", "option"),
    [
        ("no_productive", "Say which events are work;", "--productive NAME,NAME says which"),
        ("no_interruptions", "task end that only marks a step.", "--complete NAME,NAME says"),
        ("no_interruptions", "Every return can be looked at", "--all-returns looks at every"),
        ("no_columns", "say which column holds them", "--target COLUMN names the column"),
    ],
)
def test_what_is_asked_for_stands_above_and_its_option_in_the_appendix_and_the_terminal(
    name: str, asked: str, option: str
) -> None:
    result = EVERY[name]()
    assert asked in opened(name)
    assert option in plain_spaces(rendered(result).visible)
    shown = terminal.screen(result, None, width=500, height=99).plain
    assert option in " ".join(plain_spaces(shown).split())


def test_a_result_without_gaps_in_it_asks_for_nothing() -> None:
    assert remedies.of(full()) == ()
    assert "Options for another run" not in rendered(full()).visible
    assert "options" not in terminal.screen(full(), None, height=99).plain


def test_a_log_that_cannot_be_measured_has_the_remedy_of_its_reason() -> None:
    (guide,) = remedies.of(ALL["blind"]())
    assert "docs/tracking-plan.md" in guide
    reason = Measurability(reason="several_people", figures={})
    found = remedies.of(changed(ALL["blind"](), measurability=reason))
    assert found[0].startswith("--user COLUMN")
    message = remedies.message(reason)
    assert message is not None
    assert "--user COLUMN" in message
    assert guide in message
    assert remedies.message(Measurability()) is None


def test_the_appendix_says_how_arms_are_named() -> None:
    shown = rendered(EVERY["arms_by_name"]()).visible
    assert "was taken from the names; --control and --treatment say it." in shown


def test_a_page_with_ids_says_so_without_an_option() -> None:
    settings = {**full().generated_from.settings, "show_ids": True}
    shown = rendered(changed(full(), settings=settings)).visible
    assert "shows user ids and names of small groups: be careful who gets it" in shown

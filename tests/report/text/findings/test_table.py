"""Every check of the data as one sentence and an action, with the figures it was found by."""

from __future__ import annotations

import pytest
from factories.findings import NAMES, check, codes, usual, worded_codes

from resume_gap.report.text.findings import intake
from resume_gap.report.text.findings.table import FAMILIES, FINDINGS
from resume_gap.results.common import plain


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_check_has_a_sentence_and_an_action(code: str) -> None:
    found = usual(code)
    assert found.message
    assert found.action
    assert "_" not in found.message
    assert "{" not in found.message + found.action


def test_every_check_has_one_entry_and_every_entry_is_of_a_check_that_something_makes() -> None:
    every = [code for family in FAMILIES for code in family.FINDINGS]
    assert len(every) == len(set(every))
    assert set(FINDINGS) == set(every) == codes()


def test_a_short_text_beside_the_entries_is_of_a_check_that_brings_its_sentence() -> None:
    assert set(intake.SHORT) <= worded_codes() - codes()


def test_what_has_a_sentence_keeps_it() -> None:
    found = check("anything", message="As it is.", action="as it was")
    assert (found.message, found.action) == ("As it is.", "as it was")
    with pytest.raises(KeyError):
        check("anything")


def test_json_has_the_sentence_and_not_its_parts() -> None:
    found = plain(check("short_log", figures={"days": 3.25}, names=("a",)))
    assert list(found) == ["check", "severity", "count", "share", "action", "message"]


@pytest.mark.parametrize("code", sorted(codes()))
def test_no_sentence_begins_with_a_name_that_would_be_capitalized(code: str) -> None:
    names = ("page_ping",) * max(2, len(NAMES.get(code, ())))
    names = ("no_user", "page_ping") if code == "rows_dropped" else names
    assert not usual(code, names=names).message.startswith("page")

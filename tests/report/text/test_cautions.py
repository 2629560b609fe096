"""Warnings in a few words: each fits, and none is cut where its meaning would come."""

from __future__ import annotations

import pytest
from factories.findings import usual, warning_codes

from resume_gap.report.text.cautions import in_short, passed
from resume_gap.report.text.clauses import ELLIPSIS, clipped
from resume_gap.report.text.findings import intake
from resume_gap.report.text.findings.table import FINDINGS, worded
from resume_gap.report.text.vocabulary import whole
from resume_gap.results.common import Check

WORDS = 9
SHORT = intake.SHORT | {code: one.short for code, one in FINDINGS.items() if one.short}


@pytest.mark.parametrize("code", sorted(warning_codes()))
def test_every_warning_fits_and_is_whole(code: str) -> None:
    said, message = in_short(usual(code), WORDS), whole(usual(code).message)
    assert ELLIPSIS not in said
    assert said == (message if clipped(message, WORDS) == message else whole(SHORT[code]))


@pytest.mark.parametrize("code", SHORT)
def test_a_short_warning_is_one_sentence_of_few_words_without_a_figure(code: str) -> None:
    text = SHORT[code]
    assert clipped(text, WORDS) == text
    assert text.endswith(".")
    assert not any(map(str.isdigit, text))


def test_a_warning_without_words_of_its_own_is_cut_at_a_clause() -> None:
    message = "the column starts anew, as often as a session of the same user does, in every file"
    other = Check(check="of_its_own", severity="warn", count=1, share=None, message=message)
    assert in_short(other, 5) == f"The column starts anew {ELLIPSIS}"


@pytest.mark.parametrize("code", intake.SHORT)
def test_a_long_warning_of_the_intake_has_words_of_its_own(code: str) -> None:
    message = "308 rows have a time before the first year that is believed: a clock that is wrong"
    other = worded(Check(check=code, severity="warn", count=308, share=0.1, message=message))
    assert in_short(other, WORDS) == whole(SHORT[code])


def test_what_passed_is_called_the_log_where_a_trial_has_checks_of_its_own() -> None:
    assert passed("evaluate") == "The logged events passed their checks"
    assert passed("plan") == passed("analyze") == "All checks of the data passed"

"""The terminal's lines of a history, for standard error."""

from resume_gap.report.text import history as words
from resume_gap.report.text import unknown
from resume_gap.report.text.names import terminal_text
from resume_gap.results.history import History, Trend


def lines(history: History) -> tuple[str, ...]:
    """One line a trend, one for each reason why runs do not know it, the ledger, the cautions."""
    found = [line for trend in history.trends for line in _trend(trend)]
    found += [words.ledger_finding(history)] if history.ledger else []
    found += [f"Caution: {words.caution(one)}" for one in history.cautions]
    return tuple(terminal_text(line) for line in found or (words.headline(history),))


def _trend(trend: Trend) -> tuple[str, ...]:
    return (words.finding(trend), *(f"  {one}" for one in unknown.sentences(trend)))

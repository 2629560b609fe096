"""The terminal's lines of a history, for standard error."""

from resume_gap.report.text import history as words
from resume_gap.report.text.names import terminal_text
from resume_gap.results.history import History


def lines(history: History) -> tuple[str, ...]:
    """One line a trend, the ledger, the cautions."""
    found = [words.finding(trend) for trend in history.trends]
    found += [words.ledger_finding(history)] if history.ledger else []
    found += [f"Caution: {words.caution(one)}" for one in history.cautions]
    return tuple(terminal_text(line) for line in found or (words.headline(history),))

"""The screen of a command that has none of its own."""

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.report.screen.layout import Line, read, whole
from resume_gap.results.run import Run


def lines(found: Run) -> tuple[Line, ...]:
    """What was read, then what the headline of the page says."""
    headline = load(COMMANDS[found.command].page)(found).headline
    decision = headline.decision
    decided = () if decision is None else (decision.word, decision.proviso, decision.reason)
    return (
        *read(found),
        whole("result", headline.sentence),
        whole("decision", " ".join(filter(None, decided))),
    )

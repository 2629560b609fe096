"""The line that says what a run found in its state folder, or why it left nothing there."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.numbers import count
from resume_gap.system.state import Outcome
from resume_gap.system.state_index import Fault

_FAULTS: Final = {
    Fault.VERSION: "what another version left",
    Fault.DAMAGE: "what is damaged there",
}


def reused(outcomes: Mapping[Outcome, int], fault: Fault | None) -> str:
    """`state: 30 of 31 files as read before, 1 is new or changed`.

    Args:
        outcomes: How many files came to what; those that are read where they lie are not counted.
        fault: Why some or all of what was there is not used; None: there is no reason.
    """
    files = sum(outcomes.values())
    if not files:
        return "state: nothing to keep: Parquet files, databases and frames are read where they lie"
    new, changed = outcomes.get(Outcome.NEW, 0), outcomes.get(Outcome.CHANGED, 0)
    parts = [f"{count(files - new - changed)} of {count(files)} files as read before"]
    if fault is not None:
        parts.append(f"{_FAULTS[fault]} is not used")
    elif new:
        parts.append(f"{count(new)} {agreeing(new, 'is', 'are')} new or changed")
    if changed:
        parts.append(f"{count(changed)} had to be read anew, as options or other files changed")
    return f"state: {', '.join(parts)}"


def not_kept(why: str) -> str:
    """`state: nothing new is kept: the state folder x: ...; the report is whole`."""
    return f"state: nothing new is kept: {why}; the report is whole"

"""Which option of a command does what a sentence asks for.

Sentences name no option, as most of their readers never see a command line. Those who run the
command find the option beside them: in the terminal, in the appendix and in `summary.json`.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from resume_gap.commands.registry import load
from resume_gap.report.text import measurability
from resume_gap.results.analyze import Analysis
from resume_gap.results.run import Measurability, Run

if TYPE_CHECKING:
    from resume_gap.results.trust import TrustStatus

GUIDE: Final = "the page docs/tracking-plan.md in the repository of resume-gap says what to log"
_WORK: Final = "--productive NAME,NAME says which events are work"
_THRESHOLD: Final = "--gap tries another inactivity threshold"
_OPTION: Final = {
    "no_productive_events": _WORK,
    "roles_too_thin": _WORK,
    "mostly_idle": _WORK,
    "mostly_completed": "--complete NAME,NAME says which events end a task",
    "unnamed_events": "--show-ids lists event names of few users, too",
    "several_people": "--user COLUMN names the column that tells people apart",
    "no_elements": "--target COLUMN names the column of elements",
    "no_interruptions": "--all-returns looks at every return",
    "no_controls": _THRESHOLD,
    "early_controls_differ": _THRESHOLD,
    "order_unknown": "--map sequence=COLUMN names a column that orders the events",
    "futile": "--worth sets the saving that is worth it",
}


def of(run: Run, *statuses: "TrustStatus") -> tuple[str, ...]:
    """A clause for each option that does what the sentences about a result ask for.

    Args:
        run: The result.
        statuses: Of the checks of a trial whose options belong to them.
    """
    checks = load(_CHECKS.get(run.command, ""))(run, *statuses)
    return tuple(dict.fromkeys((*_of_run(run), *(checks or ()))))


def _of_run(run: Run) -> tuple[str, ...]:
    if run.measurability.reason is not None:
        # What is missing then is missing for that one reason, which has its own remedy.
        return _of_blind(run.measurability)
    return tuple(_OPTION[reason] for reason in _reasons(run) if reason in _OPTION)


def message(found: Measurability) -> str | None:
    """Why nothing can be measured, and the option that helps; None where something can."""
    text = measurability.message(found)
    if text is None:
        return None
    return " ".join((text, *(f"{remedy}." for remedy in _of_blind(found))))


def _of_blind(found: Measurability) -> tuple[str, ...]:
    """What helps a log that cannot be measured."""
    own = {"roles_too_thin", "several_people"} & {found.reason}
    return (*(_OPTION[reason] for reason in own), GUIDE)


def _reasons(run: Run) -> Iterator[str]:
    """Codes for what is missing or doubtful, as often as they are met."""
    if run.reorientation.reason is not None:
        yield run.reorientation.reason
    if run.roles.unnamed and not run.roles.leading:
        yield "unnamed_events"
    for mostly in ("completed", "idle"):
        if run.counts.returns and run.counts.is_mostly(mostly):
            yield f"mostly_{mostly}"
    yield from load(_OWN.get(run.command, ""))(run) or ()


def of_analysis(found: Analysis) -> tuple[str, ...]:
    """Codes for what only an analysis lacks."""
    reasons = (found.excess.reason, found.marker.reason, found.opportunity.reason)
    return tuple(reason for reason in reasons if reason is not None)


_HERE: Final = "resume_gap.report.text"
_OWN: Final[Mapping[str, str]] = {
    "analyze": f"{_HERE}.remedies:of_analysis",
    "evaluate": f"{_HERE}.futility:reasons",
}
"""By command, where the codes are found that only its result has."""
_CHECKS: Final[Mapping[str, str]] = {
    "evaluate": f"{_HERE}.check_remedies:of",
    "compare": f"{_HERE}.launch_remedies:of",
}
"""By command, where the options of its checks are found: an analysis loads no text of a launch."""

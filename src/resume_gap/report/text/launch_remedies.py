"""Which option of `compare` does what the sentence of a check asks for; see `remedies`."""

from typing import Final

from resume_gap.report.text import launch_checks
from resume_gap.results.compare import Compared
from resume_gap.results.trust import TrustCheck, TrustStatus

_INSTALL: Final = "pip install 'resume-gap[causal]'"
"""What makes a second estimate of a roll-out possible."""


def option(check: TrustCheck) -> str:
    """Which option does what a check asks for, a clause; empty where there is none."""
    if check.code == "not_logged":
        return "--marker shown=NAME says which event shows that a marker was shown"
    if check.name == "units_compared" and check.code == "few":
        return "--rollout-by COL names the column of teams or companies"
    if check.code == "not_installed":
        return f"{_INSTALL} installs it"
    if check.name == "changed_events" and check.code == "some":
        return "--marker shown=NAME names one that the marker writes, --ignore leaves others out"
    if check.name == "marker_at_control" and check.code == "elsewhere":
        return "--gap and --productive set the threshold and the work as the product does"
    return ""


def whole(check: TrustCheck) -> str:
    """What a check found with the option that does what it asks for, for `summary.json`."""
    text, more = launch_checks.found(check), option(check)
    if not more:
        return text
    return f"{text} {more}" if text.endswith("?") else f"{text}; {more}"


def of(compared: Compared, *statuses: TrustStatus) -> tuple[str, ...]:
    """The options of all checks with one of these statuses, each once."""
    some = [option(one) for one in compared.comparison.trust.checks if one.status in statuses]
    return tuple(dict.fromkeys(filter(None, some)))

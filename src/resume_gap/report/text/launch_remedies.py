"""Which option of `compare` does what the sentence of a check asks for; see `remedies`."""

from resume_gap.report.text import launch_checks
from resume_gap.report.text.launchchecks.table import outcome
from resume_gap.results.compare import Compared
from resume_gap.results.trust import TrustCheck, TrustStatus


def option(check: TrustCheck) -> str:
    """Which option does what a check asks for, a clause; empty where there is none."""
    known = outcome(check)
    return "" if known is None else known.option_for(check)


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

"""Which option of `evaluate` does what the sentence of a check asks for; see `remedies`."""

from resume_gap.report.text import trust
from resume_gap.report.text.trialchecks.table import outcome
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.trust import TrustCheck, TrustStatus


def option(check: TrustCheck) -> str:
    """A clause on the option, names from the data in it untrusted; empty where there is none."""
    known = outcome(check)
    return "" if known is None else known.option_for(check)


def found(check: TrustCheck) -> str:
    """What a check found with the option that does what it asks for, for `summary.json`."""
    text, more = trust.found(check), option(check)
    if not more:
        return text
    return f"{text} {more}" if text.endswith("?") else f"{text}; {more}"


def of(trial: Evaluated, *statuses: TrustStatus) -> tuple[str, ...]:
    """The options of all checks with one of these statuses, each once."""
    checks = trial.evaluation.trust.checks
    some = [option(check) for check in checks if check.status in statuses]
    return tuple(dict.fromkeys(filter(None, some)))

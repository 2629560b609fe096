"""Which option of `evaluate` does what the sentence of a check asks for; see `remedies`."""

from collections.abc import Callable, Mapping
from typing import Final

from resume_gap.report.text import trust
from resume_gap.report.text.names import label
from resume_gap.report.text.trust_events import Figures
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.trust import TrustCheck, TrustStatus

_MARKER: Final = "--marker shown=NAME says which event shows that a marker was shown"
_ONE_BY_ONE: Final = "--unit user says that users were assigned one by one"
_NEW: Final = "--new-users says that nothing came before"
_CLICKED: Final = "--marker clicked=NAME says which event shows who clicked the marker"
_BY: Final = "--by COLUMN compares more of them"


def _one_arm(f: Figures) -> str:
    if not f["events"]:
        return "--show-ids shows their names"
    return (
        f"--marker shown={f['events'][0].event} names one that the marker writes, --ignore leaves"
        " others out"
    )


def _written(f: Figures) -> str:
    """Events that carry much of the work elsewhere are never proposed to be left out."""
    peoples = f.get("peoples", ())
    own = [event for event in f["events"] if event not in peoples]
    if own or not peoples:
        return f"--ignore {own[0] if own else 'NAME'} leaves it out"
    return _CLICKED


def _columns(f: Figures) -> str:
    """More columns to look at, where none was found that users get lost in."""
    return _BY if "columns" in f and not f["places"] else ""


_OPTIONS: Final[Mapping[tuple[str, str], Callable[[Figures], str]]] = {
    ("assigned_ratio", "sample_ratio_mismatch"): _columns,
    ("triggered_ratio", "sample_ratio_mismatch"): _columns,
    ("allocation_over_time", "changes"): lambda _: (
        "--stratify-by-day compares users within days of assignment only"
    ),
    ("unit_of_randomization", "mixed"): lambda _: _ONE_BY_ONE,
    ("unit_of_randomization", "together"): lambda f: (
        f"--unit {label(f['column'])} compares the arms by it; {_ONE_BY_ONE} all the same"
    ),
    ("unit_of_randomization", "together_unnamed"): lambda _: (
        f"--unit COLUMN compares the arms by that column; {_ONE_BY_ONE} all the same"
    ),
    ("log_begins_late", "no_history"): lambda _: _NEW,
    ("log_begins_late", "at_assignment"): lambda _: _NEW,
    ("one_arm_events", "some"): _one_arm,
    ("early_markers", "not_logged"): lambda _: _MARKER,
    ("marker_in_control", "not_logged"): lambda _: _MARKER,
    ("marker_elsewhere", "not_logged"): lambda _: _MARKER,
    ("marker_missing", "not_logged"): lambda _: _MARKER,
    ("marker_elsewhere", "elsewhere"): lambda _: (
        "--gap and --productive set the threshold and the work as the product does"
    ),
    ("arms_before", "differ"): lambda _: (
        "--exclude-users FILE leaves users out, --unit COLUMN compares groups that were assigned"
    ),
    ("other_returns", "differ"): lambda _: "--all-returns counts every return",
    ("first_step", "alike"): lambda _: "--ignore NAME leaves an event out",
    ("first_step", "written"): _written,
    ("first_step", "quick_before"): lambda _: "--exclude-users FILE leaves users out",
    ("first_step", "unclear"): _written,
    ("first_step", "only_at_once"): _written,
    ("first_step", "at_one_delay"): _written,
    ("first_step", "steps_as_usual"): _written,
}


def option(check: TrustCheck) -> str:
    """A clause on the option, names from the data in it untrusted; empty where there is none."""
    worded = _OPTIONS.get((check.name, check.code))
    return "" if worded is None else worded(check.figures)


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

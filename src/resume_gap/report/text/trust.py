"""What a check of a trial found and why a verdict has its word: codes to sentences."""

from collections.abc import Callable, Mapping

from resume_gap.constants import BOTH_ARMS_MOST, HISTORY_DAYS, USE_EXPOSURES
from resume_gap.report.text import measurability, mismatch, unnamed_units
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import exact, p_value
from resume_gap.report.text.trust_events import EVENT_CHECKS, Figures, Sentence
from resume_gap.report.text.trust_unaffected import UNAFFECTED_CHECKS
from resume_gap.results.evaluate import Verdict
from resume_gap.results.trust import TrustCheck


def found(check: TrustCheck) -> str:
    """What a check found, a clause; names from the data in it are untrusted text."""
    sentence = _CHECKS.get((check.name, check.code))
    if sentence is None:
        return label(check.code.replace("_", " "))
    return sentence(check, check.figures)


def reason(verdict: Verdict, checks: tuple[TrustCheck, ...]) -> str:
    """Why a verdict has its word, in sentences; where it is withheld, what the checks found.

    Args:
        verdict: Of the trial.
        checks: All checks of the trial.
    """
    if verdict.reason == "check_failed":
        return " ".join(_whole(found(check)) for check in checks if check.status == "failed")
    if measurability.is_known(verdict.reason):
        return measurability.sentence(verdict.reason, _plain(verdict.figures))
    sentence = _VERDICTS.get(verdict.reason)
    return (
        label(verdict.reason.replace("_", " ")) if sentence is None else sentence(verdict.figures)
    )


def _plain(figures: Figures) -> Mapping[str, float]:
    return {name: float(value) for name, value in figures.items()}


def _whole(clause: str) -> str:
    ended = clause if clause.endswith("?") else f"{clause}."
    return ended[0].upper() + ended[1:]


def _assigned(f: Figures) -> str:
    sham = f", {f['sham']:,} to the sham" if "sham" in f else ""
    return (
        f"{f['control']:,} {_counted(f)} assigned to control, {f['treatment']:,} to treatment{sham}"
    )


def _counted(f: Figures) -> str:
    return str(f.get("counted", "users"))


def _triggered(f: Figures) -> str:
    return (
        f"{f['control']:,} {_counted(f)} of control came back from an interruption,"
        f" {f['treatment']:,} of treatment"
    )


def _intended(f: Figures) -> str:
    sham = f" to {f['intended_sham']:g}" if "intended_sham" in f else ""
    return f"{f['intended_control']:g} to {f['intended_treatment']:g}{sham}"


def _mismatch(seen: str, check: TrustCheck, f: Figures) -> str:
    chance = p_value(check.p or 0.0)
    return f"{seen}; with an intended {_intended(f)} this is a sample ratio mismatch ({chance})"


def _as_intended(seen: str, check: TrustCheck, f: Figures) -> str:
    return f"{seen}, as an intended {_intended(f)} may give (p = {check.p:.2g})"


def _units(f: Figures) -> str:
    own = f"; {f['without']:,} users without one count as units" if f["without"] else ""
    more = f"; {f['several']:,} users with several count in the first" if f["several"] else ""
    return (
        f"arms are compared by {label(f['column'])}: {f['control']:,} in control,"
        f" {f['treatment']:,} in treatment{own}{more}"
    )


def _both_arms(f: Figures) -> str:
    n = f["users"]
    who = f"{n:,} users are" if n > 1 else "one user is"
    found = f"{who} assigned to more than one variant ({f['share']:.1%}) and left out"
    if f["share"] <= BOTH_ARMS_MOST.value:
        return found
    return (
        f"{found}: do ids change after the assignment (at a login, say)? Assign by one that stays"
    )


def _from_one_arm(check: TrustCheck, f: Figures) -> str:
    return (
        f"{f['users']:,} users are assigned to more than one variant ({f['share']:.1%}) and left"
        f" out, and they are no random part: {f['control']:,} were in control first,"
        f" {f['treatment']:,} in treatment (p = {check.p:.1g}), as when users switch the marker"
        " off; give each user's first assignment alone, so that all count in the arm they were"
        " assigned to"
    )


def _alike(f: Figures) -> str:
    n = f["alike"]
    return f"; {n:,} of them differ from an id of the log by case or blanks only" if n else ""


def _unusable(f: Figures) -> str:
    return (
        f"{f['rows']:,} of {f['of']:,} assignments ({f['share']:.1%}) have no readable time, no"
        f" variant or no user and were left out ({f['control']:,} of control, {f['treatment']:,} of"
        " treatment)"
    )


def _staged(check: TrustCheck, f: Figures) -> str:
    return (
        "the share assigned to treatment changes over time, from"
        f" {f['least_share']:.0%} to {f['greatest_share']:.0%} (p = {check.p:.1g})"
    )


def _moved(f: Figures) -> str:
    n = f["moved"]
    return f"; {n:,} assignments just after a return count as made by it" if n else ""


_IN_TIME = "assignments do not fall into a re-orientation, where a first return would be lost"


def _late(f: Figures) -> str:
    return (
        f"{f['users']:,} users ({f['control']:,} in control, {f['treatment']:,} in treatment) were"
        " assigned while they were in re-orientation: their first return with the marker is"
        " not counted; log the assignment at the return itself"
    )


_CHECKS: dict[tuple[str, str], Sentence] = {
    ("assigned_ratio", "one_arm_only"): lambda _, f: (
        f"{_assigned(f)}: there is nobody to compare with"
    ),
    ("assigned_ratio", "sample_ratio_mismatch"): lambda c, f: (
        f"{_mismatch(_assigned(f), c, f)}{mismatch.where(f)}"
    ),
    ("assigned_ratio", "as_intended"): lambda c, f: _as_intended(_assigned(f), c, f),
    ("triggered_ratio", "nobody"): lambda *_: (
        "nobody came back from an interruption after the assignment"
    ),
    ("triggered_ratio", "not_compared"): lambda _, f: _triggered(f),
    ("triggered_ratio", "sample_ratio_mismatch"): lambda c, f: (
        f"{_mismatch(_triggered(f), c, f)}{mismatch.where(f)}"
    ),
    ("triggered_ratio", "as_intended"): lambda c, f: _as_intended(_triggered(f), c, f),
    ("allocation_over_time", "one_block"): lambda *_: "users were assigned at about the same time",
    ("allocation_over_time", "steady"): lambda c, f: (
        f"the split of the arms stays the same over time ({f['blocks']:,} blocks of days,"
        f" p = {c.p:.2g})"
    ),
    ("allocation_over_time", "changes"): lambda c, f: (
        f"{_staged(c, f)}, so early and late users differ between the arms; they can be"
        " compared within days of assignment only"
    ),
    ("allocation_over_time", "by_day"): lambda c, f: (
        f"{_staged(c, f)}; users are compared within days of assignment only"
    ),
    ("unit_of_randomization", "user"): lambda *_: "users were assigned one by one",
    ("unit_of_randomization", "no_column"): lambda *_: (
        "users share no column that could have been assigned as a whole"
    ),
    ("unit_of_randomization", "one_by_one"): lambda *_: (
        "users who share a value of a column were assigned one by one"
    ),
    ("unit_of_randomization", "units"): lambda _, f: _units(f),
    ("unit_of_randomization", "mixed"): lambda _, f: (
        f"{f['mixed']:,} of {f['users']:,} users are of a {label(f['column'])} that has users in"
        " both arms, so that it was not assigned as a whole: were users assigned one by one?"
    ),
    ("unit_of_randomization", "together"): lambda c, f: (
        f"users with the same {label(f['column'])} are in the same arm more often than one by one"
        f" ({f['values']:,} values, {f['users']:,} users, p = {c.p:.1g}): was it assigned as"
        " a whole? Then the arms are to be compared by it"
    ),
    ("unit_of_randomization", "together_unnamed"): lambda c, f: (
        f"{unnamed_units.whose(f)} are in the same arm more often than one by one"
        f" ({f['values']:,} groups, {f['users']:,} users, p = {c.p:.1g}):"
        f" {unnamed_units.question(f)}"
    ),
    ("both_arms", "none"): lambda *_: "no user is assigned to more than one variant",
    ("both_arms", "some"): lambda _, f: _both_arms(f),
    ("both_arms", "from_one_arm"): _from_one_arm,
    ("unusable_assignments", "none"): lambda *_: "every assignment could be read",
    ("unusable_assignments", "some"): lambda _, f: _unusable(f),
    ("unknown_users", "none"): lambda *_: "every assigned user has events in the log",
    ("unknown_users", "some"): lambda _, f: (
        f"{f['users']:,} of {f['assigned']:,} assigned users have no event in the log{_alike(f)};"
        " they count as assigned"
    ),
    ("unknown_users", "most"): lambda _, f: (
        f"{f['users']:,} of {f['assigned']:,} assigned users ({f['share']:.0%}) have no event in"
        f" the log{_alike(f)}: are these the same ids, and is the log whole?"
    ),
    ("unknown_users", "uneven"): lambda _, f: (
        f"assigned users without an event in the log are unevenly split: {f['control']:,} in"
        f" control, {f['treatment']:,} in treatment"
    ),
    ("log_begins_late", "own_clocks"): lambda *_: "every stream of the log has its own clock",
    ("log_begins_late", "new_users"): lambda *_: "users are new: nothing came before",
    ("log_begins_late", "no_history"): lambda _, f: (
        f"{f['without']:,} of {f['users']:,} users have no event before their assignment: the first"
        " return is the first one in the log; give the days before the launch, too, unless"
        " nothing came before"
    ),
    ("log_begins_late", "in_time"): lambda *_: "the log begins well before the assignments",
    ("log_begins_late", "short_history"): lambda _, f: (
        f"the log begins less than {HISTORY_DAYS.value:g} days before {f['close']:,} of"
        f" {f['users']:,} users were assigned: who was away for longer came back unseen"
    ),
    ("log_begins_late", "at_assignment"): lambda _, f: (
        f"the log begins when {f['blind']:,} of {f['users']:,} users were assigned, or later:"
        " whoever was away then came back unseen, so the first return is the first one in the log;"
        " give the days before the launch, too, unless nothing came before"
    ),
    ("assigned_late", "none"): lambda _, f: f"{_IN_TIME}{_moved(f)}",
    ("assigned_late", "few"): lambda _, f: f"{_IN_TIME} ({f['users']:,} users do){_moved(f)}",
    ("assigned_late", "late"): lambda _, f: f"{_late(f)}{_moved(f)}",
    **EVENT_CHECKS,
    **UNAFFECTED_CHECKS,
}


def _seconds(value: float) -> str:
    return f"{abs(value):.3g} s {'faster' if value < 0 else 'slower'}"


def _few_users(f: Figures) -> str:
    before = f["before_assignment"]
    past = f" ({before:,} interruptions came before the assignment)" if before else ""
    return (
        f"Interrupted after their assignment, and back: {f['control']:,} in control,"
        f" {f['treatment']:,} in treatment{past}; each arm needs {f['least']}."
    )


_VERDICTS: dict[str, Callable[[Figures], str]] = {
    "few_users": _few_users,
    "few_units": lambda f: f"Each arm needs {f['least']} of the units that were assigned.",
    "no_variation": lambda _: "The first returns do not vary, so that nothing can be compared.",
    "interval_below_0": lambda _: (
        "Chance alone does not explain that people were back at work sooner."
    ),
    "interval_above_0": lambda _: (
        "Chance alone does not explain that people were back at work later."
    ),
    "changes_with_use": lambda f: (
        f"At the first return the marker makes people {_seconds(f['first'])}, at the"
        f" {USE_EXPOSURES.value:.0f}th and later ones {_seconds(f['later'])}: the effect changes"
        " with use, so that the first return alone would mislead."
    ),
    "depends_on_cap": lambda f: (
        "The result turns around where more of a return is counted: up to"
        f" {exact(f['longer_seconds'])}, the marker makes people {_seconds(f['longer'])}. A short"
        " cap hides what happens after it."
    ),
    "interval_includes_0": lambda _: (
        "The interval of the difference includes 0: whatever lies inside of it fits these data, no"
        " effect at all included."
    ),
}

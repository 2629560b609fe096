"""Whether a trial can be believed: who was assigned, who counts, and every check of it."""

from typing import Final

from resume_gap.report.page.model import Block, Note, Paragraph, Part, Section, Table
from resume_gap.report.page.shared import data
from resume_gap.report.text import evaluation
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, many, part
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.trust import TrustStatus

_BOXED: Final[tuple[TrustStatus, ...]] = ("failed", "warned")


def trust(found: Evaluated) -> Section:
    """Whether it can be believed: the arms, then failed checks, then those that warn."""
    return Section(
        name="trust",
        topic="Can this trial be believed?",
        title=_finding(found),
        blocks=(_arms(found), *_loud(found)),
    )


def checked(found: Evaluated) -> Section:
    """Who was left out, the checks that passed, and what the checks of the data warn of."""
    return Section(
        name="checks",
        title="The checks of the trial in detail",
        blocks=(*_left_out(found), *_quiet(found)),
        parts=(Part(title="The data behind it", blocks=data.warned(found)),),
        appendix=True,
    )


def _finding(found: Evaluated) -> str:
    """How many checks failed, warned and passed."""
    made = evaluation.checks(found, "failed", "warned", "passed")
    if not made:
        return "Nothing of this trial was checked"
    failed = len(evaluation.checks(found, "failed"))
    warned = len(evaluation.checks(found, "warned"))
    if failed:
        return f"{many(failed, 'check')} of the trial failed"
    if warned:
        return f"No check of the trial failed, {count(warned)} warned"
    open_ = len(evaluation.checks(found, "not_checked"))
    if open_:
        return f"{many(len(made), 'check')} of the trial passed, {count(open_)} could not be made"
    if len(made) == 1:
        return "The one check of the trial passed"
    return f"All {count(len(made))} checks of the trial passed"


def _loud(found: Evaluated) -> tuple[Block, ...]:
    """A box for each check that failed or warned."""
    if not evaluation.checks(found, "failed", "warned"):
        made = bool(found.evaluation.trust.checks)
        text = "No check of the trial failed, and none warned." if made else "Nothing was checked."
        return (Paragraph(text=text),)
    return tuple(
        Note(
            severity="error" if check.status == "failed" else "warn",
            head=f"{evaluation.STATUS[check.status]}: {evaluation.check_name(check)}",
            text=evaluation.message(check),
        )
        for check in evaluation.checks(found, *_BOXED)
    )


def _arms(found: Evaluated) -> Table:
    """Who was assigned to each arm, and who counts."""
    trust = found.evaluation.trust
    rows = (
        ("assigned", trust.assigned_control, trust.assigned_treatment),
        (
            "interrupted afterwards, and followed up",
            trust.triggered_control,
            trust.triggered_treatment,
        ),
    )
    shares = tuple(
        part(n, of)
        for n, of in (
            (trust.triggered_control, trust.assigned_control),
            (trust.triggered_treatment, trust.assigned_treatment),
        )
    )
    named = "" if trust.named_by == "given" else " Which arm is which was taken from the names."
    return Table(
        caption="Users by arm: control works without the marker, treatment with it. From "
        f"{label(trust.source)}.{named}",
        columns=(
            "users",
            evaluation.arm("control", found),
            evaluation.arm("treatment", found),
        ),
        rows=(
            *((name, count(one), count(two)) for name, one, two in rows),
            ("share of the assigned", *shares),
        ),
        numeric=(1, 2),
    )


def _left_out(found: Evaluated) -> tuple[Block, ...]:
    """When they were assigned, and what does not count."""
    trust = found.evaluation.trust
    texts = []
    if trust.named_by != "given":
        texts.append(
            "Which arm is which was taken from the names; --control and --treatment say it."
        )
    if trust.first_assigned_at and trust.last_assigned_at:
        ends = (label(trust.first_assigned_at), label(trust.last_assigned_at))
        at = f"at {ends[0]}" if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"
        texts.append(f"Assigned {at}.")
    out = [
        f"{many(n, one, more)} {why}"
        for n, one, more, why in (
            (trust.both_arms, "user", "users", "in more than one arm"),
            (trust.other_variants, "user", "users", "of another variant"),
            (trust.unassigned_users, "user", "users", "of the log without an assignment"),
            (
                trust.without_time,
                "assignment",
                "assignments",
                "without a readable time, a variant or a user",
            ),
        )
        if n
    ]
    if out:
        texts.append(f"Left out: {', '.join(out)}.")
    if trust.unknown_users:
        texts.append(
            f"{many(trust.unknown_users, 'assigned user has', 'assigned users have')} no event in "
            "the log and count as assigned."
        )
    if trust.before_assignment:
        texts.append(
            f"{many(trust.before_assignment, 'interruption')} ended before the user's assignment. "
            "They are not compared; they only show what the user was like before."
        )
    return (Paragraph(text=" ".join(texts)),) if texts else ()


def _quiet(found: Evaluated) -> tuple[Block, ...]:
    """The checks that have no box."""
    boxed = evaluation.checks(found, *_BOXED)
    checks = [check for check in evaluation.checks(found, *evaluation.STATUS) if check not in boxed]
    if not checks:
        return ()
    return (
        Table(
            caption="The other checks of the trial" if boxed else "The checks of the trial",
            columns=("check", "status", "what was found"),
            rows=tuple(
                (
                    evaluation.check_name(check),
                    evaluation.STATUS[check.status],
                    evaluation.message(check),
                )
                for check in checks
            ),
        ),
    )

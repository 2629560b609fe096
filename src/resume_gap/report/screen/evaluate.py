"""The screens after `evaluate` and `plan`."""

from resume_gap.report.screen.layout import Line, read, whole
from resume_gap.report.text import evaluation
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import count, or_dash
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.plan import Planned


def evaluated(found: Evaluated) -> tuple[Line, ...]:
    """What was read, who was assigned, the checks, the difference, the guardrails, the verdict."""
    told = evaluation.seconds(found, found.evaluation.primary)
    adjusted = evaluation.seconds(found, found.evaluation.adjusted)
    return (
        *read(found),
        Line("users", evaluation.assigned(found), most=3, turn=2),
        Line("checks", _checks(found), most=4, least=2, style="bold", turn=7),
        Line("first return", _arms(found), turn=3),
        Line("difference", told or "", most=3, least=2, style="bold", turn=6),
        Line("adjusted", adjusted or "", turn=0),
        Line("", (evaluation.looked(found) or "") if told else "", turn=1),
        Line("guardrails", _guardrails(found), most=4, least=2, style="bold", turn=5),
        whole("verdict", _verdict(found)),
    )


def _checks(found: Evaluated) -> str:
    """How many passed, and what those say that did not."""
    # When withheld, the verdict says what failed.
    withheld = evaluation.withheld(found)
    loud = evaluation.checks(found, *(() if withheld else ("failed",)), "warned")
    told = [f"{evaluation.check_name(c)} {c.status}: {evaluation.message(c)}" for c in loud]
    return " ".join([f"{evaluation.trusted(found)}.", *told])


def _arms(found: Evaluated) -> str:
    """The measure in both arms; with too few users none, as it would read like a result."""
    return "" if evaluation.few(found) else evaluation.arms(found) or ""


def _guardrails(found: Evaluated) -> str:
    """Their numbers, and of the open ones what may be worst."""
    told = evaluation.guardrails(found)
    if told is None:
        return ""
    unsure = evaluation.unsure(found)
    return f"{told}. {unsure}" if unsure else told


def _verdict(found: Evaluated) -> str:
    word = evaluation.WORD[found.evaluation.verdict.word]
    little = evaluation.few(found) or not evaluation.people(found)
    few = f"{evaluation.too_few(found)}. " if little else ""
    broken = evaluation.broken(found)
    beside = f", {broken}" if broken else ""
    return f"{word}{beside}. {few}{evaluation.because(found)}"


def planned(found: Planned) -> tuple[Line, ...]:
    """What was read, the assumptions, what so many weeks find, how many users it takes."""
    plan = found.plan
    if planphrases.asked(found) is None:
        return (*read(found), whole("plan", planphrases.sentence(found)))
    needs = [
        f"{name} {told}"
        for name, told in (
            ("one look:", planphrases.taken(plan.needed) if plan.looks > 1 else None),
            (
                "adjusted:",
                planphrases.taken(plan.needed_cuped) if planphrases.adjusts(found) else None,
            ),
            ("range:", _range(found)),
        )
        if told
    ]
    return (
        *read(found),
        Line("asked for", f"{planphrases.effect(found)}; {planphrases.terms(found)}", turn=2),
        Line("spread", _spread(found), turn=3),
        Line("found by week", _rows(found), most=3, turn=5),
        Line("beside that", "; ".join(needs), most=3, turn=4),
        whole("plan", f"{planphrases.sentence(found)}."),
    )


def _range(found: Planned) -> str | None:
    ends = (found.plan.needed_lower, found.plan.needed_upper)
    if ends[0] is None or ends[1] is None:
        return None
    return f"{count(ends[0].triggered_per_arm)} to {count(ends[1].triggered_per_arm)} an arm"


def _spread(found: Planned) -> str:
    plan = found.plan
    if plan.pilot.sd_seconds is None or plan.pilot.mean_seconds is None:
        return ""
    spread, mean = (
        planphrases.seconds(value, found, like=max(plan.pilot.sd_seconds, plan.pilot.mean_seconds))
        for value in (plan.pilot.sd_seconds, plan.pilot.mean_seconds)
    )
    return f"{spread} between users around a mean of {mean}, {count(plan.pilot.users)} users"


def _rows(found: Planned) -> str:
    """The smallest effect found at each number of weeks."""
    rows = found.plan.rows
    like = max((row.mde_seconds or 0.0 for row in rows), default=0.0)
    told = ", ".join(
        f"{planphrases.weeks(row.weeks)}{'*' if row.extrapolated else ''}: "
        + or_dash(row.mde_seconds, lambda s: planphrases.seconds(s, found, like=like))
        for row in rows
    )
    beyond = any(row.extrapolated for row in rows)
    return f"{told} (* beyond the log, extrapolated)" if beyond else told

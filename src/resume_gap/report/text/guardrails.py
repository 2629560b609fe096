"""What must not get worse, in words."""

from resume_gap.report.text import estimates, evaluation, measures
from resume_gap.report.text.numbers import about, many, points
from resume_gap.results.evaluate import Evaluated, Guardrail, GuardrailStatus

GUARDED: dict[GuardrailStatus, str] = {
    "harmed": "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}harmed",
    "not_shown": "?\N{NO-BREAK SPACE}not\N{NO-BREAK SPACE}shown",
    "kept": "\N{CHECK MARK}\N{NO-BREAK SPACE}kept",
}


def shown(found: Evaluated) -> tuple[Guardrail, ...]:
    """The guardrails that may be shown: none when withheld; with few users those with figures."""
    if evaluation.withheld(found):
        return ()
    rails = found.evaluation.guardrails
    known = evaluation.few(found) or not found.evaluation.trust.triggered
    return tuple(g for g in rails if g.effect.estimate is not None) if known else rails


def harmed(found: Evaluated) -> str:
    """The measures that got worse, named; empty where none did."""
    some = (guard.effect.estimand for guard in shown(found) if guard.status == "harmed")
    return ", ".join(map(measures.measure, some))


def broken(found: Evaluated) -> str | None:
    """`productive minutes per assigned user got worse`, beside the verdict; or None."""
    names = harmed(found)
    return f"{names} got worse" if names else None


def summary(found: Evaluated) -> str | None:
    """`2 kept, 1 harmed (productive minutes)`, one line; None where there are none."""
    parts = []
    for status in GUARDED:
        some = [g for g in shown(found) if g.status == status]
        names = ", ".join(measures.measure(g.effect.estimand) for g in some)
        if some:
            which = "" if status == "kept" else f" ({names})"
            parts.append(f"{len(some)} {status.replace('_', ' ')}{which}")
    return ", ".join(parts) or None


def judged(guard: Guardrail) -> str:
    """The status of a guardrail with its sign."""
    return GUARDED[guard.status]


def unsure(found: Evaluated) -> str | None:
    """Of the guardrails not shown to hold the one that may be worst, a sentence; or None.

    Beside a verdict that a reader may act on only: better, or no difference seen.
    """
    some = _unsettled(found)
    if not some:
        return None
    _, worst, guard = max(some, key=lambda one: one[0])
    effect = guard.effect
    falls = "fall" if guard.higher_is_better else "rise"
    asked = measures.kept(effect.estimand, falls=falls)
    change = effect.estimate if effect.unit == "share" else effect.relative
    seen = "" if change is None else f"{worded(change, guard)}, "
    way = "down" if guard.higher_is_better else "up"
    more = f", and {many(len(some) - 1, 'other guardrail')}" if len(some) > 1 else ""
    return f"Not yet shown: that {asked} ({seen}{way} to {worded(worst, guard)} is possible){more}."


def settled(found: Evaluated) -> str:
    """What to do until that guardrail is settled, a clause; empty without one."""
    some = _unsettled(found)
    if not some:
        return ""
    *_, guard = max(some, key=lambda one: one[0])
    way = "fall" if guard.higher_is_better else "rise"
    shares = guard.effect.unit == "share"
    margin = points(guard.margin) if shares else estimates.share(guard.margin)
    measure = measures.measure(guard.effect.estimand)
    if guard.users_per_arm is None:
        return f"keep the trial running until a {way} of {margin} or more in {measure} is ruled out"
    worst = points(abs(guard.worst or 0.0)) if shares else estimates.share(abs(guard.worst or 0.0))
    return (
        f"decide whether a possible {way} of {worst} in {measure} is acceptable; ruling out"
        f" {margin} takes about {about(guard.users_per_arm)} users in each group"
    )


def _unsettled(found: Evaluated) -> list[tuple[float, float, Guardrail]]:
    """The guardrails not shown to hold with how bad each may be: in margins, and as it is."""
    if found.evaluation.verdict.word not in ("better", "no_difference_seen"):
        return []
    return [
        (guard.worst_in_margins, guard.worst, guard)
        for guard in shown(found)
        if guard.status == "not_shown"
        and guard.worst_in_margins is not None
        and guard.worst is not None
    ]


def worded(value: float, guard: Guardrail) -> str:
    """A change in the measure of the margin: points of a share, else relative to control."""
    if guard.effect.unit == "share":
        return points(value)
    reported = estimates.share(value)
    return f"+{reported}" if value > 0 else reported

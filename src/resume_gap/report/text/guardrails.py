"""What must not get worse, in words."""

from resume_gap.report.text import estimates, evaluation, measures
from resume_gap.results.evaluate import Evaluated, Guardrail, GuardrailStatus

GUARDED: dict[GuardrailStatus, str] = {
    "failed": "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}failed",
    "open": "?\N{NO-BREAK SPACE}open",
    "passed": "\N{CHECK MARK}\N{NO-BREAK SPACE}passed",
}


def shown(found: Evaluated) -> tuple[Guardrail, ...]:
    """The guardrails that may be shown: none when withheld; with few users those with figures."""
    if evaluation.withheld(found):
        return ()
    rails = found.evaluation.guardrails
    known = evaluation.few(found) or not found.evaluation.trust.triggered
    return tuple(g for g in rails if g.effect.estimate is not None) if known else rails


def broken(found: Evaluated) -> str | None:
    """`but a guardrail failed: interruptions per user`, beside the verdict; or None."""
    failed = [g for g in shown(found) if g.status == "failed"]
    if not failed:
        return None
    names = ", ".join(measures.measure(g.effect.estimand) for g in failed)
    joined = "but" if found.evaluation.verdict.word == "better" else "and"
    what = "a guardrail" if len(failed) == 1 else f"{len(failed)} guardrails"
    return f"{joined} {what} failed: {names}"


def summary(found: Evaluated) -> str | None:
    """`2 passed; failed: interruptions per user`, one line; None where there are none."""
    parts = []
    for status in GUARDED:
        some = [g for g in shown(found) if g.status == status]
        names = ", ".join(measures.measure(g.effect.estimand) for g in some)
        if some:
            parts.append(f"{len(some)} {status}{'' if status == 'passed' else f' ({names})'}")
    return ", ".join(parts) or None


def judged(guard: Guardrail) -> str:
    """The status of a guardrail with its sign."""
    return GUARDED[guard.status]


def unsure(found: Evaluated) -> str | None:
    """Of the guardrails that are open the one that may be worst, a sentence; None where none is.

    Beside a verdict that a reader may act on only: better, or no difference seen.
    """
    if found.evaluation.verdict.word not in ("better", "no_difference_seen"):
        return None
    some = [
        (guard.worst_in_margins, guard.worst_relative, guard)
        for guard in shown(found)
        if guard.status == "open"
        and guard.worst_in_margins is not None
        and guard.worst_relative is not None
    ]
    if not some:
        return None
    _, worst, guard = max(some, key=lambda one: one[0])
    effect = guard.effect
    falls = "fall" if guard.higher_is_better else "rise"
    asked = measures.kept(effect.estimand, falls=falls)
    seen = "" if effect.relative is None else f"{_change(effect.relative)}, "
    way = "down" if guard.higher_is_better else "up"
    return f"Not yet shown: that {asked} ({seen}{way} to {_change(worst)} is possible)."


def _change(value: float) -> str:
    reported = estimates.share(value)
    return f"+{reported}" if value > 0 else reported

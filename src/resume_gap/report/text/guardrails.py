"""What must not get worse, in words."""

from resume_gap.report.text import estimates, evaluation, measures
from resume_gap.report.text.numbers import about, many, points
from resume_gap.results.evaluate import Evaluated, Guardrail, GuardrailStatus

GUARDED: dict[GuardrailStatus, str] = {
    "harmed": "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}harmed",
    "not_shown": "?\N{NO-BREAK SPACE}not\N{NO-BREAK SPACE}shown",
    "kept": "\N{CHECK MARK}\N{NO-BREAK SPACE}kept",
}
_SIGN: dict[GuardrailStatus, str] = {
    status: words.partition("\N{NO-BREAK SPACE}")[0] for status, words in GUARDED.items()
}
SIGNS = (
    f"{_SIGN['kept']}: kept, {_SIGN['not_shown']}: not shown to be kept, {_SIGN['harmed']}: harmed"
)
"""What the signs before a change mean."""

_NAMED = 2
"""Side effects on a first screen that are named."""


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


def sign(guard: Guardrail) -> str:
    """The sign of its status alone."""
    return _SIGN[guard.status]


def unsure(found: Evaluated) -> str | None:
    """`up to 21 % fewer productive minutes per user`: what is not ruled out, a clause; or None.

    Beside a verdict that a reader may act on only: better, or no difference seen.
    """
    some = [_harm(worst, guard) for _, worst, guard in _unsettled(found)]
    if not some:
        return None
    named = " and ".join(some[:_NAMED])
    more = len(some) - _NAMED
    return f"{named} and {many(more, 'more side effect')}" if more > 0 else named


def settled(found: Evaluated) -> str:
    """What to decide where guardrails are not settled, a clause; empty without one."""
    harms, some = unsure(found), [guard for *_, guard in _unsettled(found)]
    if harms is None:
        return ""
    accept = f"decide whether you can risk {harms}; if yes, ship the marker; if not,"
    users = [guard.users_per_arm for guard in some if guard.users_per_arm is not None]
    if len(users) < len(some):
        return f"{accept} keep the trial running"
    what = {1: "it", 2: "both"}.get(len(some), "all")
    return f"{accept} do not: ruling {what} out takes about {about(max(users))} users per group"


def _harm(worst: float, guard: Guardrail) -> str:
    size = abs(worst)
    shown = estimates.share(size)
    if guard.effect.unit == "share":
        shown = points(size).replace("point", "percentage point")
    return f"up to {shown} {direction(guard)}"


def direction(guard: Guardrail) -> str:
    """`fewer productive minutes per user`: which change is for the worse."""
    return measures.harm(guard.effect.estimand, less=guard.higher_is_better)


def _unsettled(found: Evaluated) -> list[tuple[float, float, Guardrail]]:
    """The guardrails not shown to hold with how bad each may be: in margins, and as it is.

    The worst in margins comes first.
    """
    if found.evaluation.verdict.word not in ("better", "no_difference_seen"):
        return []
    some = [
        (guard.worst_in_margins, guard.worst, guard)
        for guard in shown(found)
        if guard.status == "not_shown"
        and guard.worst_in_margins is not None
        and guard.worst is not None
    ]
    return sorted(some, key=lambda one: one[0], reverse=True)


def worded(value: float, guard: Guardrail) -> str:
    """A change in the measure of the margin: points of a share, else relative to control."""
    if guard.effect.unit == "share":
        return points(value)
    reported = estimates.share(value)
    return f"+{reported}" if value > 0 else reported

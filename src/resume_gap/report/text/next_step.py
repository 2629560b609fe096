"""What to do after a trial, in words."""

from resume_gap.report.text import (
    doubts,
    evaluation,
    failed_checks,
    guardrails,
    later_returns,
    measurability,
    pointing,
    visits,
)
from resume_gap.results.evaluate import Evaluated, VerdictWord

_NEXT: dict[VerdictWord, str] = {
    "better": "show the marker to everyone",
    "worse": "turn the marker off, and see below where it pointed at the wrong element",
    "no_difference_seen": "plan how many users narrow this down",
    "changes_with_use": "keep the trial running: what later returns show will stay",
    "depends_on_cap": "keep the trial running until long returns settle",
    "withheld": "fix what the check names; then make this report again",
    "not_enough_data": "wait for more first returns; a plan shows how many it takes",
}
_HOLD = "Do not ship yet"
_OPEN_VERDICTS: frozenset[VerdictWord] = frozenset(
    {"no_difference_seen", "changes_with_use", "depends_on_cap"}
)
_UNRESOLVED = "side effects unresolved"
_UNEXPLAINED = "it is not shown that pointing made it so"
_FEWER = "fewer interruptions in treatment, so visits may be missing"
_LOST = (
    "find out whether visits of people with the marker are missing from the log, as when a page"
    " breaks before it sends anything, or whether these people stay away"
)
_OTHERS = (
    "find out which interruptions people with the marker no longer have, before the marker is"
    " judged by the others"
)
_WHY = (
    "find out what made people faster before more people see the marker; a third arm with a marker"
    " at a random element would show it"
)


def holds_back(found: Evaluated) -> bool:
    """Whether anything speaks against shipping yet.

    A guardrail is harmed or not shown to hold, visits may be missing from the log, the arms
    differ where no marker can make them, or pointing does not explain what the verdict says.
    """
    beside_it = (
        guardrails.broken(found),
        visits.beside(found),
        doubts.beside(found),
        guardrails.unsure(found),
        pointing.beside(found),
    )
    return any(one is not None for one in beside_it)


def badge(found: Evaluated) -> tuple[str, str]:
    """The word of the badge and what follows it, which ask for the same.

    Where something speaks against shipping, that is the word, and the verdict stands beside it:
    `Do not ship yet`, `despite a faster return: side effects unresolved`.
    """
    word = found.evaluation.verdict.word
    harmed = guardrails.broken(found)
    if word == "better" and holds_back(found):
        why = harmed or _open(found)
        return _HOLD, f"despite a faster return: {why}"
    if word in _OPEN_VERDICTS and harmed:
        return _HOLD, f"as {harmed}"
    parts = [harmed] if harmed else []
    if word in ("better", "worse"):
        parts = ["at the first return", *parts]
    if word == "worse":
        parts += [*_beside_worse(found), "do not ship"]
    return evaluation.WORD[word], "; ".join(parts)


def _beside_worse(found: Evaluated) -> list[str]:
    """Why slower may not be the marker's doing; empty for nothing."""
    if visits.beside(found):
        return [visits.OTHERS]
    doubt = doubts.doubt(found)
    return [] if doubt is None else [doubt.badge]


def _open(found: Evaluated) -> str:
    """What is not settled where no guardrail is harmed."""
    if visits.beside(found):
        return _FEWER
    if (doubt := doubts.doubt(found)) is not None:
        return doubt.badge
    return _UNRESOLVED if guardrails.unsure(found) else _UNEXPLAINED


def clause(found: Evaluated) -> str:
    """`decide whether a possible fall of 21 % ... is acceptable; ...`; empty without any user."""
    if found.measurability.reason is not None:
        return measurability.to_record(found.measurability.reason)
    if not found.evaluation.trust.triggered:
        return ""
    word = found.evaluation.verdict.word
    if word == "withheld":
        return _mend(found) or _NEXT[word]
    if word == "worse":
        return _before_judging(found) or _NEXT[word]
    if later_returns.beside(found) is not None:
        return later_returns.TO_DO
    return (word == "better" and _before_shipping(found)) or _NEXT[word]


def _before_judging(found: Evaluated) -> str:
    """What to find out before a marker is blamed for slower people; empty for nothing."""
    if visits.beside(found) is not None:
        return _OTHERS
    doubt = doubts.doubt(found)
    return "" if doubt is None else doubt.to_do


def _before_shipping(found: Evaluated) -> str:
    """What to do before everyone gets a marker that makes people faster; empty for nothing."""
    if harmed := guardrails.harmed(found):
        return f"find out why {harmed} got worse before more people see the marker"
    if visits.beside(found) is not None:
        return _LOST
    if (doubt := doubts.doubt(found)) is not None:
        return doubt.to_do
    if pointing.beside(found) is not None:
        return _WHY
    return guardrails.settled(found)


def unsettled(found: Evaluated) -> str:
    """Which side effects are not ruled out, a sentence; empty where the next step says it."""
    known = found.measurability.reason is None and found.evaluation.trust.triggered
    open_ones = guardrails.unsure(found)
    if not known or open_ones is None:
        return ""
    better = found.evaluation.verdict.word == "better"
    doubt = visits.beside(found) or doubts.beside(found) or pointing.beside(found)
    if better and (guardrails.harmed(found) or doubt is None):
        return ""
    return f"{open_ones}."


def _mend(found: Evaluated) -> str:
    """What to do about the first check that failed, a clause; empty where that is not known."""
    failed = evaluation.checks(found, "failed")
    plain = failed_checks.plain(failed[0]) if failed else None
    return plain.next_step(failed[0].figures) if plain else ""

"""What a launch that was not randomized has shown, in sentences that page and terminal share."""

from typing import Final

from resume_gap.constants import ALPHA, COMPARED_DAYS, PLACEBOS_LEAST, SERIES_DAYS
from resume_gap.report.text import (
    estimates,
    evaluation,
    launch_checks,
    measurability,
    rollout,
    vocabulary,
)
from resume_gap.report.text.caps import SOURCE_BEFORE
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import DASH, MINUS, count, duration, exact, many, spaced
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.compare import Compared, HorizonEffect
from resume_gap.results.effect import Effect
from resume_gap.results.trust import TrustCheck, TrustStatus

NOT_CAUSAL: Final = "before/after, not causal"
_NEXT: Final = {
    "better": "hold the marker back from some users at random: only that shows its effect",
    "worse": "find out what else changed then, and hold the marker back from some users at random",
    "no_difference_seen": "hold the marker back from some users at random, which finds smaller"
    " effects",
}
_FEW: Final = (
    "But such dates share most of their days, which makes them few; the interval allows for it, and"
    " includes 0."
)
"""Why a small p is no change."""
_IN_SHORT: Final = {
    "few_placebos": "Too few earlier dates tell what changes without a launch: no p-value.",
    "no_control": "No returns are known that never get a marker: no p-value.",
}
"""Why there is no p, for a first screen."""


def withheld(found: Compared) -> bool:
    """Something else changed, so nothing of an effect may stand anywhere."""
    return found.comparison.verdict.word == "withheld"


def checks(found: Compared, *statuses: TrustStatus) -> tuple[TrustCheck, ...]:
    """The checks of these statuses, the failed first."""
    order = list(evaluation.STATUS)
    some = [one for one in found.comparison.trust.checks if one.status in statuses]
    return tuple(sorted(some, key=lambda one: order.index(one.status)))


def message(check: TrustCheck) -> str:
    """What a check found, a sentence."""
    return spaced(vocabulary.whole(launch_checks.found(check)))


def badge(found: Compared) -> tuple[str, str]:
    """The word of the badge and what follows it."""
    word = found.comparison.verdict.word
    shown = word in ("better", "worse", "no_difference_seen")
    beside = f"{NOT_CAUSAL}, and fragile" if rollout.fragile(found) else NOT_CAUSAL
    return evaluation.WORD[word], beside if shown else ""


def headline(found: Compared) -> str:
    """The finding as a person would say it, without a full stop."""
    word = found.comparison.verdict.word
    if word == "withheld":
        return f"{_what_failed(found)}, so no result is shown"
    if word == "not_enough_data":
        staggered = rollout.is_staggered(found)
        return rollout.too_little(found) if staggered else _too_little(found)
    if word == "no_difference_seen":
        return "No change detected with the launch"
    return f"Back at work {size(found.comparison.primary, found)} after the launch than expected"


def _what_failed(found: Compared) -> str:
    if found.measurability.reason is not None:
        return "This log cannot show how long people took"
    failed = checks(found, "failed")
    plain = launch_checks.plain(failed[0]) if failed else None
    return plain.finding if plain else "A check of the launch failed"


def _too_little(found: Compared) -> str:
    trust = found.comparison.trust
    before, after = (
        many(n, f"day {side} the launch is", f"days {side} the launch are")
        for n, side in ((trust.days_before, "before"), (trust.days_after, "after"))
    )
    known = {
        "short_history": f"{before} too few to know what was usual",
        "no_days_after": f"{after} too few for a result",
        "few_days": "Too few days have a return from an interruption",
        "few_placebos": f"{before} too few to tell a change from chance",
        "no_control": "Nothing tells the launch from other changes of that time",
    }
    return known.get(found.comparison.verdict.reason, "Too little data for a result")


def because(found: Compared) -> str:
    """Why this word, in a sentence or two."""
    comparison = found.comparison
    if found.measurability.reason is not None:
        return measurability.finding(found.measurability.reason, found.measurability.figures)
    if comparison.verdict.word == "withheld":
        return " ".join(
            f"{launch_checks.name(one)}: {message(one)}" for one in checks(found, "failed")
        )
    if comparison.verdict.word == "not_enough_data":
        return missing(found)
    return rank(found)


def because_in_short(found: Compared) -> str:
    """The same where a page says the rest further down, beside the figures."""
    if found.comparison.primary.p is not None:
        return ""  # stands among the figures
    if (short := _IN_SHORT.get(found.comparison.verdict.reason)) is not None:
        return short
    failed = checks(found, "failed")
    plain = launch_checks.plain(failed[0]) if failed and withheld(found) else None
    if plain is None or found.measurability.reason is not None:
        return because(found)
    others = len(failed) - 1
    more = f" {many(others, 'more check')} failed." if others else ""
    return f"{plain.why(failed[0].figures)}{more}"


def rank(found: Compared) -> str:
    """How the change compares with what chance does, a sentence; empty without a p."""
    primary = found.comparison.primary
    return rollout.ranked(primary) if rollout.is_staggered(found) else ranked(primary)


def missing(found: Compared) -> str:
    """Why there is no figure, or no p, a sentence; empty where there is."""
    reason = found.comparison.primary.reason
    own = rollout.why(reason) if rollout.is_staggered(found) else ""
    return own or why(reason)


def ranked(effect: HorizonEffect) -> str:
    """How the change compares with those at other dates, a sentence; empty without a p."""
    if effect.p is None or effect.as_large is None:
        return ""
    dates = f"Of {count(effect.placebos)} earlier dates without a launch"
    p = f"p = {estimates.chance(effect.p)}"
    few = f" {_FEW}" if effect.p <= ALPHA.value and estimates.includes_zero(effect.interval) else ""
    if not effect.as_large:
        return (
            f"{dates} none shows a change as large ({p}, the smallest that this many dates allow)."
            f"{few}"
        )
    least = f"the smallest that this many dates allow is {estimates.chance(effect.least_p)}"
    return f"{dates} {count(effect.as_large)} show a change as large ({p}; {least}).{few}"


def why(reason: str | None) -> str:
    """Why there is no figure, or no p, a sentence."""
    horizon = many(int(COMPARED_DAYS.value), "day")
    least = count(int(PLACEBOS_LEAST.value))
    known = {
        "withheld": "A check of the launch failed.",
        "short_history": f"What is usual takes {many(int(SERIES_DAYS.value), 'day')} before the"
        " launch.",
        "no_days_after": f"A result takes {horizon} from the launch on.",
        "few_days": "At least half of the days need a return from an interruption.",
        "few_placebos": f"A p-value needs {least} earlier dates of {horizon}"
        " each, to see how much changes without a launch; the figure is shown without one.",
        "no_control": "A p-value needs returns at which the marker is never shown (work had not"
        " stopped in mid-task): without them a change of the season or of the product passes for"
        " one of the marker. The figure is shown without one.",
    }
    if reason is None:
        return ""
    return known.get(reason) or f"{label(reason.replace('_', ' ')).capitalize()}."


def next_step(found: Compared) -> str:
    """What to do next, a clause."""
    if found.measurability.reason is not None:
        return measurability.to_record(found.measurability.reason)
    verdict = found.comparison.verdict
    if verdict.word == "withheld":
        failed = checks(found, "failed")
        plain = launch_checks.plain(failed[0]) if failed else None
        return f"{plain.next_step if plain else 'fix what the check names'}; then compare again"
    if verdict.word == "not_enough_data":
        if verdict.reason == "no_days_after":
            return "wait until the log holds enough days after the launch; then compare again"
        return "use a log that begins earlier, or hold the marker back from some users at random"
    return _NEXT[verdict.word]


def sure(found: Compared) -> str:
    """How sure the figure is, a clause; empty without an interval."""
    if found.measurability.reason is not None:
        return ""
    if withheld(found):
        failed = checks(found, "failed")
        return launch_checks.sure(failed[0]) if failed else ""
    ends = between(found.comparison.primary, found)
    return f"{LEVEL} confident of {ends}" if ends else ""


def size(effect: HorizonEffect, found: Compared) -> str | None:
    """`8.1 s faster`; None without a figure."""
    return estimates.size_worded(effect.interval, "seconds", found)


def between(effect: HorizonEffect, found: Compared) -> str | None:
    """`4.2 s to 12 s faster`; None without an interval."""
    return estimates.between(effect.interval, "seconds", found, joined=" to ")


def level(seconds: float | None, found: Compared, *, like: float = 0.0) -> str:
    """A mean time as printed, never above the cap; a dash for none."""
    if seconds is None:
        return DASH
    return duration(seconds, vocabulary.step(found), like=like, most=found.comparison.cap_seconds)


def levels(effect: HorizonEffect, found: Compared) -> tuple[str, str]:
    """What was measured after the launch, and what was expected, in one unit."""
    both = Effect(
        estimand="launch",
        unit="seconds",
        control=effect.expected,
        treatment=effect.measured,
        estimate=effect.estimate,
    )
    expected, measured = estimates.levels(both, found)
    return measured, expected


def cap(found: Compared) -> str:
    """`2 min`: up to which a return is counted."""
    return exact(found.comparison.cap_seconds)


def cap_source(found: Compared) -> str:
    """Where that is from, a clause."""
    return SOURCE_BEFORE[found.comparison.cap_source]


def day(instant: str) -> str:
    """An instant without its midnight."""
    return instant.removesuffix("T00:00:00Z")


def counted(place: int) -> str:
    """A day or week counted from the launch: those before it are below 0."""
    return f"{MINUS if place < 0 else ''}{count(abs(place))}"

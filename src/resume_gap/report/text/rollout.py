"""What a roll-out has shown, unit after unit: sentences that only it has."""

from resume_gap.constants import BREAKDOWN_FRAGILE, ROLLOUT_LEADS, ROLLOUT_PERIODS, ROLLOUT_UNITS
from resume_gap.report.text import estimates
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, many, percent
from resume_gap.results.common import Estimate
from resume_gap.results.compare import Compared, HorizonEffect


def is_staggered(found: Compared) -> bool:
    """Whether units got the marker one after the other."""
    return found.comparison.design == "staggered"


def unit(found: Compared) -> str:
    """What a unit is called: `team`, `user`."""
    return label(found.comparison.trust.unit or "unit", limit=40)


def too_little(found: Compared) -> str:
    """Why there is no word, without a full stop."""
    trust = found.comparison.trust
    weeks = many(int(ROLLOUT_PERIODS.value), "week")
    few = many(trust.units or 0, "unit is", "units are")
    known = {
        "short_history": f"No launched unit has {weeks} before its launch",
        "no_units_after": "No unit has a return after its launch",
        "no_comparison": "No unit without the marker is left to compare with",
        "all_launched": "Every unit got the marker, so no order of launches tells it from chance",
        "few_units": f"{few} too few to tell a change from chance",
        "few_orders": "Too few orders of the launches are possible to tell a change from chance",
    }
    return known.get(found.comparison.verdict.reason, "Too little data for a result")


def why(reason: str | None) -> str:
    """Why there is no figure, or no p, a sentence; empty where the reason is not one of these."""
    weeks = many(int(ROLLOUT_PERIODS.value), "week")
    known = {
        "short_history": f"A unit's own trend takes {weeks} with returns before its launch.",
        "no_units_after": "A result takes returns of launched units.",
        "no_comparison": "A result takes units that do not have the marker yet while others have.",
        "all_launched": "A p-value needs units that never got the marker; the figure is shown"
        " without one.",
        "few_units": f"A p-value needs {many(int(ROLLOUT_UNITS.value), 'unit')}; the figure is"
        " shown without one.",
        "few_orders": "A p-value needs launches that could have come in more orders; the figure is"
        " shown without one.",
    }
    return known.get(reason or "", "")


def ranked(effect: HorizonEffect) -> str:
    """How the change compares with other orders of the launches, a sentence; empty without a p."""
    if effect.p is None or effect.as_large is None:
        return ""
    orders = f"Of {count(effect.placebos)} other orders of the launches, drawn at random,"
    large = count(effect.as_large) if effect.as_large else "none"
    shows = "show" if effect.as_large > 1 else "shows"
    return f"{orders} {large} {shows} a change as large (p = {estimates.chance(effect.p)})."


def second(found: Compared) -> str:
    """What the other method says, in sentences; empty where it was not asked."""
    other = found.comparison.second
    if other is None:
        return ""
    if other.estimate is None:
        return (
            "Another method was not asked, as its library is not installed."
            if other.reason == "not_installed"
            else "Another method finds too few units and weeks to compare."
        )
    words = estimates.worded(other.interval, "seconds", found)
    text = (
        "Another method (Callaway and Sant'Anna), which compares units with those not launched "
        f"yet and does not model each unit's own trend, finds: {words}."
    )
    return f"{text} {honest(found)}".strip()


def honest(found: Compared) -> str:
    """What is left of that where units part after the launch as they did before; or empty."""
    other = found.comparison.second
    if other is None or other.breakdown is None or other.honest_lower is None:
        return ""
    ends = Estimate(estimate=0.0, ci_lower=other.honest_lower, ci_upper=other.honest_upper)
    between = estimates.between(ends, "seconds", found, joined=" to ")
    weeks = many(other.honest_weeks, "week")
    leads = many(int(ROLLOUT_LEADS.value), "week")
    text = (
        f"If from one week to the next units part by as much as ever in the {leads} before their "
        f"launch (HonestDiD), the first {weeks} fit anything from {between}"
    )
    if other.is_least:
        return f"{text}; not even {times(other.breakdown)} as much would make that include 0."
    if other.breakdown:
        return f"{text}; {times(other.breakdown)} as much would make that include 0."
    return f"{text}."


def fragile(found: Compared) -> str:
    """That units need hardly part for the change to be no more than that; empty where they do."""
    other, word = found.comparison.second, found.comparison.verdict.word
    if other is None or other.breakdown is None or word not in ("better", "worse"):
        return ""
    if other.is_least or other.breakdown >= BREAKDOWN_FRAGILE.value:
        return ""
    name, weeks = unit(found), many(other.honest_weeks, "week")
    if not other.breakdown:
        return (
            "another method, which does not model each unit's own trend, finds no change by"
            f" {name} at all."
        )
    return (
        f"if units (by {name}) drift apart after their launch only {times(other.breakdown)} as"
        f" much as before it, that alone could explain the change of the first {weeks}."
    )


def times(value: float) -> str:
    """`1.4 times`, below 1 in percent: `7.3 %`; "as much" follows."""
    return percent(value) if value < 1 else f"{value:.2g} times"


def chosen(found: Compared) -> str:
    """How many units are compared, and which are left out, in sentences."""
    trust = found.comparison.trust
    name = unit(found)
    text = (
        f"{count(trust.launched_units or 0)} of {many(trust.units or 0, 'unit')} (by {name}) got "
        "the marker within the log."
    )
    out = [
        f"{many(n, one, more)} {reason}"
        for n, one, more, reason in (
            (trust.short_units or 0, "unit", "units", "with too few weeks before the launch"),
            (trust.unknown_units or 0, "unit", "units", "without an event in the log"),
            (trust.unnamed_units or 0, "unit", "units", "that the roll-out does not name"),
            (trust.without_unit or 0, "user", "users", "without a unit"),
        )
        if n
    ]
    return f"{text} Left out: {', '.join(out)}." if out else text

"""What could be saved under the assumptions of the scenarios, in sentences."""

from resume_gap.report.text.numbers import MINUS, assumed, assumed_interval, exact, percent
from resume_gap.results.opportunity import Opportunity, Scenario


def at_least(found: Opportunity, least: str) -> str:
    """What the middle scenario allows at the lower end of its interval, a clause in few words.

    Args:
        found: The scenarios.
        least: The lower end as printed, per interruption.
    """
    under = f"under the middle assumptions{_assumptions(found)}"
    if least.startswith(MINUS):
        return f"{under} the marker may cost {least.removeprefix(MINUS)}"
    return f"{under} at least {least} could be saved"


def expected(
    found: Opportunity, saving: str, least: str, *, each: str = "interruption", short: bool = False
) -> str:
    """What the middle scenario allows and the lower end of its interval, a clause in few words.

    Args:
        found: The scenarios.
        saving: What it allows as printed, per interruption.
        least: The lower end as printed.
        each: Of what it is.
        short: Whether the assumptions stand elsewhere only.
    """
    beside = "" if short else _assumptions(found)
    would = "cost" if saving.startswith(MINUS) else "save"
    size = f"it would {would} {saving.removeprefix(MINUS)} per {each}"
    return f"with middle assumptions{beside} {size}{_perhaps(saving, least)}"


def _perhaps(saving: str, least: str) -> str:
    """`, perhaps only 3.5 s`, `, or cost 0.3 s`; empty where both are printed alike."""
    if saving == least:
        return ""
    if not least.startswith(MINUS):
        return f", perhaps only {least}"
    cost = least.removeprefix(MINUS)
    return f", perhaps {cost}" if saving.startswith(MINUS) else f", or cost {cost}"


def _assumptions(found: Opportunity) -> str:
    """` (50 % noticed, 60 % less search, 2 s per miss)`; empty without a middle scenario."""
    middle = _scenario(found, "middle")
    if middle is None:
        return ""
    return (
        f" ({percent(middle.noticed)} noticed, {percent(middle.removed)} less search, "
        f"{exact(middle.wrong_cost_seconds)} per miss)"
    )


def middle_and_low(found: Opportunity) -> str:
    """The middle scenario with its assumptions, the low one beside it, a sentence; or empty."""
    middle, low = _scenario(found, "middle"), _scenario(found, "low")
    if middle is None or low is None:
        return ""
    interval = assumed_interval(found.middle)
    return (
        f"Under the middle assumptions ({percent(middle.noticed)} of markers noticed, "
        f"{percent(middle.removed)} of the search removed by a hit, "
        f"{exact(middle.wrong_cost_seconds)} lost by a miss) it could save "
        f"{assumed(middle.saving_seconds)}{f' {interval}' if interval else ''} per interruption, "
        f"in the low scenario {assumed(low.saving_seconds)}."
    )


def _scenario(found: Opportunity, name: str) -> Scenario | None:
    return next((one for one in found.scenarios if one.name == name), None)

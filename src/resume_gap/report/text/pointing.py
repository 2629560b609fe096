"""What the mechanism says beside the verdict, in sentences."""

from typing import Final

from resume_gap.report.text import estimates
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Evaluated, MechanismReading

_SAYS: Final[dict[MechanismReading, str]] = {
    "not_seen": (
        "But people were not seen to return to the marked element more often or sooner ({}): the"
        " trial does not show that pointing made them faster."
    ),
    "opposite": (
        "But with the marker people return to the marked element less often or later ({}):"
        " something else than pointing made them faster."
    ),
    "elsewhere": (
        "But the marker helps less where it was likely a hit than elsewhere ({}): pointing does not"
        " explain it."
    ),
    "not_faster": (
        "Yet people do return to the marked element more often or sooner ({}): the marker is"
        " followed, and it is not shown to make them faster."
    ),
}
_IN_SHORT: Final[dict[MechanismReading, str]] = {
    "not_seen": "Not shown: that people return to the marked element more often or sooner.",
    "opposite": "But people return to the marked element less often or later with the marker.",
    "elsewhere": "But the marker helps less where it was likely a hit than elsewhere.",
    "not_faster": "People follow the marker, yet it is not shown to make them faster.",
}


def in_short(found: Evaluated) -> str | None:
    """Where the mechanism contradicts the verdict, a sentence without figures; else None."""
    reading = found.evaluation.mechanism.reading
    return None if reading is None else _IN_SHORT.get(reading)


def beside(found: Evaluated) -> str | None:
    """Where the mechanism contradicts the verdict, a sentence with its figures; else None."""
    mechanism = found.evaluation.mechanism
    if mechanism.reading is None or mechanism.reading not in _SAYS:
        return None
    if mechanism.reading == "elsewhere":
        reported = estimates.figures(mechanism.difference, "seconds", found)
    else:
        reported = "; ".join(
            f"{name} {estimates.in_figures(effect, found)}" for name, effect in measured(found)
        )
    return _SAYS[mechanism.reading].format(reported)


def measured(found: Evaluated) -> tuple[tuple[str, Effect], ...]:
    """How often and how soon people return to the marked element, with their names."""
    mechanism = found.evaluation.mechanism
    named = (("how often", mechanism.hits), ("how soon", mechanism.to_target))
    return tuple((name, one) for name, one in named if one is not None)

"""How each part of a report came about, in two sentences, with the section of the method."""

from typing import Final, NamedTuple

_INTERVALS: Final = (
    "Intervals are two-sided 95 % confidence intervals with the user as the unit; with under 25"
    " users there is none."
)


class PartMethod(NamedTuple):
    """How the figures of one part come about.

    Attributes:
        text: In plain words.
        section: The section of docs/method.md.
    """

    text: str
    section: int


METHODS: Final[dict[str, PartMethod]] = {
    "rows": PartMethod("Rows read are rows used plus rows dropped, each with its reason.", 1),
    "roles": PartMethod(
        "Which events are work is given by options, or suggested by their names and stated.", 1
    ),
    "resolution": PartMethod("How fine the stamps are, as most of the gaps show it.", 1),
    "threshold": PartMethod(
        "The inactivity threshold is given, or learned from the valley between short and long gaps"
        " of people, or a default where the log has no such valley.",
        2,
    ),
    "counts": PartMethod(
        "A gap longer than the threshold that the user came back from is a return; an interruption"
        " is one whose work was open when it stopped.",
        3,
    ),
    "reorientation": PartMethod(
        "The time from the first event back to the first productive event, counted up to a cap;"
        " returns that never reach work count as the cap.",
        4,
    ),
    "measurability": PartMethod(
        "Checks of whether the log can show re-orientation at all; where it cannot, figures are"
        " null with the reason.",
        1,
    ),
    "excess": PartMethod(
        "Re-orientation time less the time to the next work at matched moments without an"
        " interruption, of the same user and kind of work.",
        5,
    ),
    "recovery": PartMethod("The pace of the first productive steps after a return.", 5),
    "marker": PartMethod(
        "Each target rule is replayed over the log, looking only before the gap: a hit is an"
        " element at which work went on. Lift is the hit rate less that of chance.",
        6,
    ),
    "opportunity": PartMethod(
        "Upper bounds of what a marker could save, each with its assumption, and scenarios; no"
        " figure here is a measured effect.",
        7,
    ),
    "primary_cap": PartMethod("Up to where the primary effect of a trial should count.", 7),
    "segments": PartMethod("The same figures by group; exploration, not adjusted.", 7),
    "evaluation": PartMethod(
        "After a randomized launch: trust checks first, then treatment less control in each user's"
        " first return, in seconds. Where a check fails nothing is computed.",
        8,
    ),
    "comparison": PartMethod(
        "After a launch without randomization: an association that placebo launches put into"
        " proportion, not a proof.",
        8,
    ),
    "plan": PartMethod("Users and weeks of a trial, from the spread between users in this log.", 8),
}
"""By the key of `summary.json`."""


def method_of(part: str) -> str:
    """How a part came about, and where the whole method stands."""
    found = METHODS.get(part)
    if found is None:
        return "This part describes the report itself."
    return f"{found.text} {_INTERVALS} Method: section {found.section} of docs/method.md."

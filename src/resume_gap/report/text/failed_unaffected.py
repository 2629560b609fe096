"""Why no result is shown where groups differ that the marker cannot have changed."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text.plain_check import GROUPS, LOG, Plain, as_
from resume_gap.report.text.trust_unaffected import SAME_MOMENTS

UNAFFECTED: Final[Mapping[tuple[str, str], Plain]] = {
    ("arms_before", "differ"): Plain(
        GROUPS,
        as_(
            "The groups differed in how fast people are back at work before anybody was assigned,"
            " more than chance makes them."
        ),
        "the groups differed before anybody was assigned",
        as_("find out who was put into one of the groups otherwise than by chance"),
    ),
    ("other_returns", "differ"): Plain(
        LOG,
        lambda f: (
            f"Also where there is nothing to resume, work starts {abs(f['estimate']):.2g} s"
            f" {'later' if f['estimate'] > 0 else 'earlier'} in the group with the marker:"
            " something else than the marker makes the groups differ."
        ),
        "the groups differ where there is nothing to resume",
        as_(f"check {SAME_MOMENTS}"),
    ),
    ("first_step", "quick_before"): Plain(
        GROUPS,
        lambda f: (
            f"Within {f['seconds']:.2g} s of the return, more people with the marker than without"
            " it were at work, and so they were before anybody was assigned."
        ),
        "more people with the marker were quick before anybody was assigned",
        as_("find out who these quick people are (machines, employees) and leave them out"),
    ),
}
"""By check and code; see `failed_checks`."""

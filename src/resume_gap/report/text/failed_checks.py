"""Why no result is shown, in words of a first screen: what is wrong and what to do about it.

The full sentences with their figures are those of `trust`; they stand further down the page.
"""

from collections.abc import Callable, Mapping
from typing import Final

from resume_gap.report.text.failed_unaffected import UNAFFECTED
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import one_in, percent
from resume_gap.report.text.plain_check import GROUPS, LOG, Plain, as_
from resume_gap.report.text.trust_events import Figures
from resume_gap.report.text.unnamed_units import whose
from resume_gap.results.trust import Stage, TrustCheck

_GROUP: Final = {"control": "without the marker", "treatment": "with the marker"}
_MARKER: Final = "The marker was not shown as planned"
_MISLEADS: Final = "those missing may differ from the rest"
_LOOK: Final[Mapping[Stage, str]] = {
    "assignment": "find out why fewer people are in the group {group}",
    "logging": "find out why people {group} are missing from the log",
    "trigger": "find out why returns of people {group} are missing from the log",
    "analysis": "find out why the log ends earlier for people {group}",
}
_REPEAT: Final = "then repeat the trial"
_RECOVER: Final = "restore what is missing and make this report again, or repeat the trial"


def _sizes(f: Figures) -> str:
    return f"{f['control']:,} without the marker and {f['treatment']:,} with it"


def _uneven(counted_are: str) -> Callable[[Figures], str]:
    """Sizes of both groups, of those that are counted, beside those that were intended."""

    def worded(f: Figures) -> str:
        counted = "people" if f.get("counted", "users") == "users" else f["counted"]
        counted = f"{counted_are} {counted}"
        one, two = f["intended_control"], f["intended_treatment"]
        meant = "equal groups were" if one == two else f"a split of {one:g} to {two:g} was"
        return (
            f"{counted[0].upper()}{counted[1:]}: {f['control']:,} without the marker,"
            f" {f['treatment']:,} with it; {meant} intended."
            f" {_MISLEADS[0].upper()}{_MISLEADS[1:]}."
        )

    return worded


def _where_uneven(f: Figures) -> str:
    """The stage at which one group loses more, and the value of a column that stands out."""
    first_uneven = next((one for one in f.get("stages", ()) if one.is_uneven), None)
    step = "find out where people of one group get lost"
    if first_uneven is not None:
        arm = first_uneven.smaller(f["intended_control"], f["intended_treatment"])
        step = _LOOK[first_uneven.stage].format(group=_GROUP[arm])
    first = next(iter(f.get("places", ())), None)
    if first is None or first.kind != "column" or first.value is None:
        return step
    return f"{step}, first where {label(first.column)} is {label(first.value)}"


def _fewer(f: Figures) -> str:
    """Of a check of people without an event: the group that has more of them."""
    arm = "treatment" if f["treatment"] > f["control"] else "control"
    return _LOOK["logging"].format(group=_GROUP[arm])


_WRITES_WORK: Final = Plain(
    LOG,
    as_(
        "Right after the return more people with the marker were at work than without it, before"
        " they can have worked: the feature itself seems to write events that count as work."
    ),
    "the feature itself seems to write work",
    as_("find out which event the feature writes, and log it under a name that can be left out"),
)
_PLAIN: Final[Mapping[tuple[str, str], Plain]] = {
    **UNAFFECTED,
    ("assigned_ratio", "one_arm_only"): Plain(
        GROUPS,
        lambda f: f"Only one group was assigned: {_sizes(f)}.",
        "only one group was assigned",
        as_("get the assignments of both groups"),
    ),
    ("assigned_ratio", "sample_ratio_mismatch"): Plain(
        GROUPS,
        _uneven("assigned"),
        "the sizes of the groups are not as intended",
        _where_uneven,
        _RECOVER,
    ),
    ("triggered_ratio", "sample_ratio_mismatch"): Plain(
        GROUPS,
        _uneven("interrupted"),
        "of people with an interruption, the sizes of the groups are not as intended",
        _where_uneven,
        _RECOVER,
    ),
    ("allocation_over_time", "changes"): Plain(
        GROUPS,
        lambda f: (
            f"The share of people who get the marker went from {percent(f['least_share'])} to"
            f" {percent(f['greatest_share'])} during the trial, so the groups differ in when their"
            " people joined."
        ),
        "the share of people who get the marker changed during the trial",
        as_("compare people within their days of assignment only"),
    ),
    ("unit_of_randomization", "mixed"): Plain(
        GROUPS,
        lambda f: (
            f"Each {label(f['column'])} was to be in one group as a whole, but"
            f" {f['mixed']:,} people are of one that is in both."
        ),
        "people of one unit are in both groups",
        as_("ask how people were put into groups"),
    ),
    ("unit_of_randomization", "together"): Plain(
        GROUPS,
        lambda f: (
            f"People with the same {label(f['column'])} are in the same group too often for"
            " people who were drawn one by one."
        ),
        "people seem to have been assigned together, not one by one",
        lambda f: f"ask whether each {label(f['column'])} was put into a group as a whole",
    ),
    ("unit_of_randomization", "together_unnamed"): Plain(
        GROUPS,
        lambda f: (
            f"{whose(f, 'people')} are in the same group too often for people who were drawn one by"
            " one."
        ),
        "people seem to have been assigned together, not one by one",
        as_("ask whether companies or teams were put into a group as a whole"),
    ),
    ("both_arms", "some"): Plain(
        GROUPS,
        lambda f: (
            f"{f['users']:,} people ({percent(f['share'])}) were put into both groups, as when ids"
            " change at a login."
        ),
        "some people are in both groups",
        as_("assign by an id that stays the same"),
        _REPEAT,
    ),
    ("both_arms", "from_one_arm"): Plain(
        GROUPS,
        lambda f: (
            f"{f['users']:,} people were put into both groups and are left out, but not by chance:"
            f" {f['control']:,} were without the marker first, {f['treatment']:,} with it, as when"
            f" people switch it off. {_MISLEADS[0].upper()}{_MISLEADS[1:]}."
        ),
        "people who changed groups come from one of them",
        as_("export each person's first assignment only"),
    ),
    ("unusable_assignments", "some"): Plain(
        GROUPS,
        lambda f: f"{f['rows']:,} of {f['of']:,} assignments cannot be read; {_MISLEADS}.",
        "some assignments cannot be read",
        as_("mend the file of assignments"),
    ),
    ("unknown_users", "most"): Plain(
        GROUPS,
        lambda f: (
            f"{percent(f['share'])} of the people who were assigned have no event in this log."
        ),
        "many assigned people have no event in the log",
        as_("check that assignments and log have the same ids, and that the log is whole"),
    ),
    ("unknown_users", "uneven"): Plain(
        GROUPS,
        lambda f: (
            f"Some people who were assigned have no event in this log: {_sizes(f)}. That is too"
            f" uneven for chance; {_MISLEADS}."
        ),
        "some assigned people have no event in the log",
        _fewer,
        _RECOVER,
    ),
    ("assigned_late", "late"): Plain(
        GROUPS,
        lambda f: (
            f"{f['users']:,} people were assigned while they were getting back to work, so their"
            " first return with the marker is not in the comparison."
        ),
        "people were assigned while they were getting back to work",
        as_("log each assignment at the return itself"),
        _REPEAT,
    ),
    ("never_triggered", "differ"): Plain(
        GROUPS,
        as_(
            "People who were never interrupted differ between the groups, although the marker was"
            " never due for them: the groups differed before."
        ),
        "the groups differ where the marker was never due",
        as_("find out what else differs between the groups"),
        _REPEAT,
    ),
    ("marker_in_control", "control_only"): Plain(
        _MARKER,
        lambda f: (
            f"All {f['control']:,} markers were shown to people of the group without the marker."
        ),
        "markers were shown to the group without the marker",
        as_("check which group is which"),
    ),
    ("marker_elsewhere", "elsewhere"): Plain(
        _MARKER,
        lambda f: (
            f"{f['elsewhere']:,} of {f['shown']:,} markers were shown where this log shows no"
            " return from an interruption, so the first return is not the first one with a marker."
        ),
        "markers were shown where the log shows no return",
        as_("use the product's own threshold, and a log that begins before the trial"),
    ),
    ("early_markers", "many"): Plain(
        _MARKER,
        lambda f: (
            f"{f['users']:,} of {f['treatment']:,} people saw a marker before they were assigned."
        ),
        "people saw a marker before they were assigned",
        as_("check the times of the assignments"),
    ),
    ("one_arm_events", "some"): Plain(
        LOG,
        as_("Some events are logged for one of the groups only, so its work is counted otherwise."),
        "some events are logged for one group only",
        as_("say which of these events the marker writes, and leave out the others"),
    ),
    ("first_step", "written"): _WRITES_WORK,
    ("first_step", "only_at_once"): _WRITES_WORK,
    ("first_step", "at_one_delay"): _WRITES_WORK,
}


def plain(check: TrustCheck) -> Plain | None:
    """A failed check in plain words; None of one that is not known."""
    return _PLAIN.get((check.name, check.code))


def sure(check: TrustCheck) -> str:
    """`chance alone makes groups this uneven in 1 of 50,000 trials`; empty without a p."""
    if check.p is None or check.code != "sample_ratio_mismatch":
        return ""
    return f"chance alone makes groups this uneven in {one_in(check.p)} trials"

"""What to paste where the names alone cannot say which events are work."""

from collections.abc import Callable, Mapping

from resume_gap.options.names import pasted
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import AWAY, COMPLETING, PRODUCTIVE
from resume_gap.sources.roles import RoleChoice

_MOST_NAMES = 5


def as_options(choice: RoleChoice) -> str:
    """The roles as options of the command line, with the undecided names as productive ones.

    All roles are there: once `--productive` is given, nothing is suggested by name.
    """
    roles = (("--productive", PRODUCTIVE), ("--complete", COMPLETING), ("--away", AWAY))
    names = {
        option: [name for name, bits in choice.bits.items() if bits & bit] for option, bit in roles
    }
    names["--productive"] += choice.undecided
    return " ".join(f"{option} {pasted(given)}" for option, given in names.items() if given)


def undecided_check(
    choice: RoleChoice, counts: Mapping[str, int], may_show: Callable[[str], bool]
) -> Check:
    """The names that are neither taken for work nor understood as anything else.

    Args:
        choice: The roles; at least one name is undecided.
        counts: Every event name of the log to its number of events.
        may_show: Whether enough users have an event for its name to be shown.
    """
    names = sorted(choice.undecided, key=lambda name: (-counts.get(name, 0), name))
    listed = list(filter(may_show, names))[:_MOST_NAMES]
    shown = ", ".join(listed)
    if more := len(names) - len(listed):
        shown = f"{shown} and {more:,} more" if shown else f"{more:,} that few users have"
    whole = all(map(may_show, (*choice.bits, *names)))
    paste = as_options(choice) if whole else "--productive NAMES (--show-ids lists all of them)"
    share = sum(counts.get(name, 0) for name in names) / max(1, sum(counts.values()))
    return Check(
        check="roles_undecided",
        severity="note",
        count=len(names),
        share=share,
        action="not taken for work",
        message=(
            f"the names alone do not say whether these events are work: {shown} ({share:.1%} of"
            f" the events); if they are: {paste}"
        ),
    )

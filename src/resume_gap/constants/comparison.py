"""Numbers behind a launch that was not randomized."""

from resume_gap.units import Constant

COMPARED_DAYS = Constant(14, "days", "from a launch on that decide what changed with it")
COMPARED_DAYS_SHORT = Constant(7, "days", "from a launch on that are shown beside them")
COMPARED_DAYS_LONG = Constant(28, "days", "from a launch on that are shown, too")
CONTROL_WITHHELD = Constant(
    0.05, "", "a control that jumps at the launch like no more launches by chance: no verdict"
)
CONTROL_WARNED = Constant(
    0.10, "", "a control that jumps at the launch like no more launches by chance: a warning"
)
CHANGED_ROWS = Constant(
    0.01, "", "an event name without a role that fewer events have may come and go"
)
CONTROL_MARKERS = Constant(
    0.05, "", "more markers where none is due: the returns without one are no control"
)
CHANGED_LEAST = Constant(20, "rows", "of an event name that fewer have around a launch is chance")
CHANGED_TIMES = Constant(2, "", "times as many rows of a name, or a part as small, may be a jump")
CHANGED_PLACEBOS = Constant(
    2, "", "a name's rows jump when they change this many times as much as at any earlier date"
)
NEW_USER_DAYS = Constant(7, "days", "after a user's first event returns are those of a new user")
MIX_ERROR = Constant(0.05, "", "a share of new users that jumps like no more by chance: a warning")
MIX_POINTS = Constant(
    0.25, "", "a share of new users that jumps by as much: other people are compared, no verdict"
)
GAPS_COUNTED = Constant(
    14_400, "s", "longer gaps count as such when gaps are compared: most are nights"
)
GAPS_WARNED = Constant(
    0.05, "", "gaps that change at the launch like no more by chance are worth a warning"
)
GAPS_TIMES = Constant(
    1.33, "", "times as long, or a part as small, and like at no earlier date: no verdict"
)
BREAKDOWN_MOST = Constant(10, "", "times the parting before a launch are tried after it, at most")
BREAKDOWN_FRAGILE = Constant(
    1, "", "times the parting before a launch: if less of it explains a change, that is fragile"
)
UNITS_LEFT_OUT = Constant(0.5, "", "more of the units of a roll-out left out are worth a warning")

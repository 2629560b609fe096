"""Numbers behind what is odd about the starts of returns, of names and of ids."""

from resume_gap.units import Constant

EARLY_WITHIN = Constant(2, "s", "nobody comes back and finds an element in less")
EARLY_SHARE = Constant(
    0.30, "", "a program may touch the last element where that share of returns begins so"
)
EARLY_ASTRAY = Constant(
    0.50, "", "people are not there yet where that share of them looks at other elements first"
)
RENAMED_WORK = Constant(
    0.10,
    "",
    "events with so small a part of the rows of all work are not looked for by other names",
)
RENAMED_EDGE = Constant(0.01, "", "an event begins and ends but for this share of its rows")
RENAMED_SIDE = Constant(0.10, "", "that many sessions lie before and after a name changes")
RENAMED_LEFT = Constant(0.5, "", "old clients leave so much of the work under its name at most")
RENAMED_RATE = Constant(2, "", "the same work is as frequent under both names, within this factor")
DAY_IDS = Constant(0.95, "", "ids may change daily when so many come back on their first day only")
DAY_IDS_ON_ONE = Constant(0.5, "", "unless more of them than that begin on one day")

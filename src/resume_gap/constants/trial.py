"""Numbers behind the recommendation, the plan and the trial."""

from resume_gap.units import Constant

DECISION_MIN_USERS = Constant(50, "users", "fewer users decide nothing")
DECISION_MIN_ELIGIBLE = Constant(200, "interruptions", "nor do fewer followed-up interruptions")
DECISION_MIN_EFFECTIVE_USERS = Constant(
    20, "users", "nor fewer equally active users than these are worth"
)
DECISION_ERROR = Constant(0.05, "", "one-sided error of a limit that decides")
DECISION_LIFT_WIDTH = Constant(5, "points", "a lift known this closely is known well enough")
DECISION_WORTH_SHARE = Constant(
    0.5, "", "a search known to this share of --worth is known well enough"
)
DECISION_LIST_SHARE = Constant(
    0.5, "", "part of --min-lift by which a list of elements must surely beat habit"
)
WORTH = Constant(5, "s", "least worthwhile saving per interruption (--worth)")
MIN_LIFT = Constant(10, "points", "least worthwhile lift over chance (--min-lift)")
LIFT_MIN_HITS = Constant(50, "hits", "a lift from fewer is printed without an interval")
SEARCH_REST = Constant(1, "s", "time that every re-orientation keeps, however good the marker")
NOTICED_LOW = Constant(0.2, "", "share of the markers that are noticed: low")
NOTICED_MIDDLE = Constant(0.5, "", "middle")
NOTICED_HIGH = Constant(0.8, "", "high")
REMOVED_LOW = Constant(0.3, "", "share of the search that a noticed hit removes: low")
REMOVED_MIDDLE = Constant(0.6, "", "middle")
REMOVED_HIGH = Constant(0.9, "", "high")
WRONG_COST_LOW = Constant(0, "s", "what a noticed miss costs: low")
WRONG_COST_MIDDLE = Constant(2, "s", "middle")
WRONG_COST_HIGH = Constant(5, "s", "high")

PRIMARY_CAP_1 = Constant(60, "s", "a trial's primary effect counts up to here, or up to")
PRIMARY_CAP_2 = Constant(120, "s", "here, or up to")
PRIMARY_CAP_3 = Constant(300, "s", "here, or up to")
PRIMARY_CAP_4 = Constant(600, "s", "here, or up to")
PRIMARY_CAP_5 = Constant(900, "s", "here, or up to the cap of all other figures")
PRIMARY_CAPS = (PRIMARY_CAP_1, PRIMARY_CAP_2, PRIMARY_CAP_3, PRIMARY_CAP_4, PRIMARY_CAP_5)
PRIMARY_CAP_STANDARD = Constant(120, "s", "lags are counted up to here where no cap can be chosen")
PRIMARY_CAP_RETURNS = Constant(200, "users", "a cap is chosen by the first returns of that many")
PRIMARY_CAP_OBSERVED = Constant(50, "users", "of whom that many are seen to get back to work")
PRIMARY_CAP_POINT = Constant(0.90, "", "of the lags before a trial: its cap, if none was predicted")

AT_ONCE_SHARE = Constant(0.95, "", "as many returns that begin with work hide the search for it")
STOPS_ALIKE_SHARE = Constant(0.90, "", "as many stops of one kind are worth a word about the roles")
PLACE_LEADS = Constant(
    0.2, "", "of a place where fewer interruptions stop than this a heading says that others follow"
)
PLACE_STANDS_OUT = Constant(0.05, "", "a place where less work stops than this is not listed first")

ALPHA = Constant(0.05, "", "two-sided error of an interval or a test")
CONFIDENCE = 1 - ALPHA.value
"""Confidence level of all two-sided intervals."""
POWER = Constant(0.8, "", "chance of finding a planned effect (--power)")
ACTIVE_BEFORE = Constant(14 * 86400, "s", "a trial begins with the users active in this time")
LAUNCH_EVERY = Constant(7 * 86400, "s", "from one pseudo-launch to the next: weekdays weigh alike")
LAUNCHES = Constant(12, "launches", "as many pseudo-launches at most, the latest ones")
TRIGGER_DRAWS = Constant(400, "draws", "resamples of users behind the range of a trigger rate")
LAUNCH_ERRORS = Constant(
    2, "", "standard errors by which the first and the latest launch differ where users change"
)
PLAN_WITHIN = Constant(8, "weeks", "a trial that takes longer is offered three ways out")

PERMUTATION_USERS = Constant(100, "users", "with fewer equally active an arm, permutation decides")
PERMUTATION_DRAWS = Constant(4999, "draws", "permutations of the users behind such a p-value")
QUANTILE_DRAWS = Constant(9999, "draws", "resamples of users behind a quantile's interval")
ATOM_SHARE = Constant(0.05, "", "a value that more users share is no place for a quantile")
ATOM_USERS = Constant(3, "users", "a value that fewer users share may be shared by chance")
SPREAD_DRAWS = Constant(999, "draws", "resamples of users behind a spread's interval")
GUARDRAIL_MARGIN = Constant(0.02, "", "worsening of a guardrail that would be put up with")
USE_EXPOSURES = Constant(4, "returns", "from this one on the marker is no novelty any more")
USE_LEFT = Constant(0.25, "", "less of the first effect left: it changes with use")
BLOCK_USERS = Constant(10, "users", "of each arm in a block of assignment days, at least")
UNIT_TABLES = Constant(20_000, "tables", "random assignments that a shared column is compared with")
UNIT_VALUES = Constant(10, "values", "fewer of a column shared by users are no unit of assignment")
UNIT_CONSTANT = Constant(0.95, "", "of the users have one value of a column that may be their unit")
UNIT_MIXED = Constant(0.05, "", "more users of units with both arms: not what was assigned")
RATIO_ERROR = Constant(0.001, "", "arms less likely than this at random are not believed")
DOUBT_ERROR = Constant(
    0.01, "", "what no marker can change differs by chance no more often: a doubt"
)
PLACE_ERROR = Constant(0.01, "", "where users are missing is named wrongly no more often than this")
PLACE_USERS = Constant(20, "users", "a value that fewer have is looked at with other rare ones")
PLACE_VALUES = Constant(50, "values", "of a column are looked at by themselves, the most frequent")
TABLE_EXPECTED = Constant(5, "users", "fewer expected in a field call for the exact test")

ONE_ARM_USERS = Constant(11, "users", "names that fewer have cannot differ at such odds")
ONE_ARM_SHARE = Constant(0.01, "", "an event of one arm that fewer users have is only noted")
MARKERS_EARLY = Constant(0.01, "", "more treated users with an earlier marker: no verdict")
SHOWING_QUANTILE = Constant(0.10, "", "of the delays after which markers are shown")
SHOWING_MARGIN = Constant(1, "s", "work this soon after an early showing is the feature's own")
FIRST_STEP = Constant(3, "s", "work this soon after a return is compared between the arms")
FIRST_SECONDS = Constant(
    10, "s", "an effect that work sooner than this makes alone is not called better"
)
IGNORED_WORK = Constant(
    0.10, "", "an event with more of control's work is not proposed for --ignore: people do it, too"
)
ONE_DELAY = Constant(
    2, "s", "work that only treatment does within a span of this length, later on, is looked at"
)
BOTH_ARMS = Constant(0.01, "", "more users in both arms are worth a warning")
BOTH_ARMS_MOST = Constant(0.05, "", "with more, ids change after the assignment: no verdict")
ASSIGNED_AT_RETURN = Constant(5, "s", "an assignment this soon after coming back was made by it")
ASSIGNED_LATE = Constant(0.05, "", "more users assigned during re-orientation are worth a warning")
ASSIGNED_LATE_MOST = Constant(0.20, "", "with more, first returns are lost: no verdict")
ASSIGNMENTS_LOST = Constant(0.01, "", "more assignments that cannot be read are worth a warning")
HISTORY_DAYS = Constant(3, "days", "a log that begins later before a trial misses first returns")
UNKNOWN_USERS_SOME = Constant(0.05, "", "more users without an event are worth a warning")
UNKNOWN_USERS = Constant(0.50, "", "more assigned users without an event: ids do not match")
MARKER_ELSEWHERE = Constant(0.01, "", "more markers at other returns are worth a warning")
MARKER_ELSEWHERE_MOST = Constant(0.10, "", "with more, the rule is not the product's: no verdict")
MARKER_MISSING = Constant(0.20, "", "more returns without their marker are worth a warning")
HISTORY_PRIOR = Constant(5, "interruptions", "weight of everybody's hits beside a person's own")

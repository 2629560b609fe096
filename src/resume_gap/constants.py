"""Every number that is a judgement rather than a result, with its unit and its reason.

They stand here once, are imported where they are used, and are printed in the methods part of
every report. A reader who disagrees with one knows where it lives.
"""

from typing import NamedTuple


class Judgement(NamedTuple):
    """One number somebody had to choose.

    Attributes:
        value: The number, in `unit`.
        unit: Unit of `value`; empty for a pure number.
        reason: Why this number, in one clause.
    """

    value: float
    unit: str
    reason: str

    @property
    def us(self) -> int:
        """The value as integer microseconds; only for a number in seconds."""
        if self.unit != "s":
            raise ValueError(f"a number in {self.unit!r} has no microseconds")
        return round(self.value * 1_000_000)


FALLBACK_GAP = Judgement(1800, "s", "pause limit where the data show no boundary of their own")
TAU_CAP = Judgement(900, "s", "longest re-orientation charged to one return")
MID_TASK_WINDOW = Judgement(600, "s", "productive work this close to the stop counts as mid-task")
BURST_CUT = Judgement(30, "s", "events closer than this are never looked at apart")
PRODUCTIVE_STEP_CAP = Judgement(30, "s", "longest productive time credited to one event")
FOLLOW_UP = Judgement(7 * 86400, "s", "time within which a return counts for the return rate")

MOMENT_STEP = Judgement(2, "s", "a comparison moment begins later than this after the event before")
MOMENT_EVENTS = Judgement(10, "events", "and at least so many events after a long gap")
MOMENT_LATE = Judgement(20, "events", "moments from here on are the control for the earlier ones")
MOMENT_SLOTS = Judgement(5, "", "comparison moments that each interruption asks for")
MOMENT_ROWS = Judgement(2_000_000, "events", "on longer logs moments are thinned to so many events")
MIN_OWN_SLOTS = Judgement(0.50, "", "fewer of them found in the user's own work say nothing")
WARN_OWN_SLOTS = Judgement(0.70, "", "fewer than this are worth a word")
CONTROL_SHARE = Judgement(0.50, "", "early moments that differ by this much of the result undo it")

RECOVERY_STEPS = Judgement(20, "steps", "productive steps after which work counts as steady")
RECOVERY_STEADY = Judgement(20, "steps", "steady steps that make a person's own pace")
RECENT_ELEMENTS = Judgement(10, "", "chance points at one of the last so many elements")
HABIT_WINDOW = Judgement(86400, "s", "time before the stop whose most used element is the habit")
ORDER_TIES = Judgement(0.05, "", "with more ties and no sequence, arrows are tried in two orders")
SHOWN_GROUPS = Judgement(10, "", "contexts and segments that are shown; the rest is merged")
ORDER_POINTS = Judgement(0.02, "", "and are not shown when their hits differ by more than this")

VALLEY_FROM = Judgement(60, "s", "shortest pause limit that is searched for")
VALLEY_TO = Judgement(7200, "s", "longest pause limit; a deeper valley beyond is the night")
VALLEY_DEPTH = Judgement(0.30, "", "a valley is this much lower than the lower of its two hills")
VALLEY_FLOOR = Judgement(0.05, "", "bins this close to the minimum belong to the valley's floor")
VALLEY_MIN_GAPS = Judgement(20, "gaps", "at least so many gaps right of a valley")
VALLEY_MIN_SHARE = Judgement(0.001, "", "and at least this share of all gaps")
VALLEY_MIN_RESOLUTIONS = Judgement(
    3, "", "a valley is at least so many times the stamps' resolution"
)
SMOOTHING_BINS = Judgement(5, "bins", "width (sigma) of the smoothing of the gap distribution")
USER_GAP_CAP = Judgement(2000, "gaps", "a user weighs as much as so many gaps at most")
BOOTSTRAP_DRAWS = Judgement(200, "draws", "resamples of users behind the interval of the limit")
STABLE_DRAWS = Judgement(0.90, "", "share of the resamples that must find a valley")
STABLE_RATIO = Judgement(4, "", "p90/p10 of the resampled limits that still counts as stable")
STABLE_COUNTS = Judgement(0.10, "", "or share of the long gaps that may hang on it")
GUARD_GAPS = Judgement(20, "gaps", "users with so many gaps are asked whether they have pauses")
GUARD_LONG_SHARE = Judgement(0.5, "", "a user with more long gaps than this has another rhythm")
GUARD_USERS = Judgement(0.10, "", "share of such users that turns a valley down")
GUARD_LONG_GAPS = Judgement(0.5, "", "or so many of all long gaps, if they are such users'")
GUARD_LONG_GAPS_FROM = Judgement(5, "gaps", "asked of users with so many gaps")
MIN_GAPS = Judgement(2000, "gaps", "fewer gaps than this teach no limit")
MIN_USERS = Judgement(50, "users", "fewer users than this teach no limit")
SENSITIVE_SHARE = Judgement(
    0.25, "", "a result that moves more than this with the limit is said to"
)

MIN_INTERVAL_USERS = Judgement(25, "users", "figures from fewer users stand without an interval")
ROLE_MIN_COUNT = Judgement(50, "events", "a role is suggested only for names this frequent")
ROLE_MIN_USERS = Judgement(5, "users", "and used by so many people")

AWAY_SHARE = Judgement(0.30, "", "more rows taken for absence by name alone are worth a word")
EVENT_ID_CONFLICTS = Judgement(0.01, "", "ids that come again with other content in more rows")
SHORT_LOG = Judgement(3, "days", "figures per week from a shorter log are extrapolated")
SHOWN_SHORT = Judgement(900, "s", "a pause limit that is always shown")
SHOWN_MIDDLE = Judgement(1800, "s", "another")
SHOWN_LONG = Judgement(3600, "s", "another")

HEARTBEAT_SHARE = Judgement(0.30, "", "gaps this alike look like a clock, not a person")
HEARTBEAT_SPREAD = Judgement(0.02, "", "alike means within this share of one value")
HEARTBEAT_MIN = Judgement(5, "s", "faster repetition than this is a person typing")
HEARTBEAT_RESOLUTIONS = Judgement(5, "", "and it must be so many times the stamps' resolution")
HEARTBEAT_MIN_GAPS = Judgement(20, "gaps", "fewer repetitions of one user are no evidence")
CHECK_EVENTS = Judgement(2_000_000, "events", "and have so many events at most")
CHECK_USERS = Judgement(2000, "users", "costly checks look at so many users, chosen by hash")
SHARED_ID_SHARE = Judgement(0.05, "", "one id with more of all events may be many people")
SHARED_ID_MEDIANS = Judgement(10, "", "and has so many times the median user's events")
SHARED_ID_USERS = Judgement(40, "users", "asked only where there are so many users")
BOT_HOURS = Judgement(20, "h", "nobody works more hours of a day than this")
BOT_DAYS = Judgement(3, "days", "on more days than this")
INDEXED_STAMPS_SHARE = Judgement(0.8, "", "gaps that are 1 s modulo 60 s: minute stamps, numbered")
INDEXED_STAMPS_GAPS = Judgement(10, "gaps", "and so many of them of a minute or more")

MAX_NULL_USERS = Judgement(0.50, "", "more rows without a user are an error")
MAX_BAD_TIMES = Judgement(0.20, "", "more rows without a readable time are an error")
MAX_BROKEN_LINES = Judgement(0.01, "", "more broken lines are an error, unless --lenient")
TWO_UNITS_SHARE = Judgement(0.01, "", "more numbers in a second unit of time are an error")
OUTLIER_SHARE = Judgement(0.01, "", "so few outermost rows may come from a wrong clock")
OUTLIER_EMPTY_DAYS = Judgement(30, "days", "when more empty days than this separate them")
TIES_SHARE = Judgement(0.05, "", "more rows that tie in time without a sequence are worth a word")
LONG_SPELLS_SHARE = Judgement(0.01, "", "more spells longer than the limit may hide absences")

DECISION_MIN_USERS = Judgement(50, "users", "fewer users decide nothing")
DECISION_MIN_ELIGIBLE = Judgement(200, "interruptions", "nor do fewer followed-up interruptions")
DECISION_MIN_EFFECTIVE_USERS = Judgement(
    20, "users", "nor fewer equally active users than these are worth"
)
DECISION_ERROR = Judgement(0.05, "", "one-sided error of a limit that decides")
DECISION_LIFT_WIDTH = Judgement(5, "points", "a lift known this closely is known well enough")
DECISION_WORTH_SHARE = Judgement(0.5, "", "and so is a search, to this share of --worth")
WORTH = Judgement(5, "s", "least worthwhile saving per interruption (--worth)")
MIN_LIFT = Judgement(10, "points", "least worthwhile lift over chance (--min-lift)")
LIFT_MIN_HITS = Judgement(50, "hits", "a lift from fewer is printed without an interval")
SEARCH_REST = Judgement(1, "s", "time that every way back keeps, however good the arrow")
NOTICED_LOW = Judgement(0.2, "", "share of the arrows that are noticed: low")
NOTICED_MIDDLE = Judgement(0.5, "", "middle")
NOTICED_HIGH = Judgement(0.8, "", "high")
REMOVED_LOW = Judgement(0.3, "", "share of the search that a noticed right arrow removes: low")
REMOVED_MIDDLE = Judgement(0.6, "", "middle")
REMOVED_HIGH = Judgement(0.9, "", "high")
WRONG_COST_LOW = Judgement(0, "s", "what a noticed wrong arrow costs: low")
WRONG_COST_MIDDLE = Judgement(2, "s", "middle")
WRONG_COST_HIGH = Judgement(5, "s", "high")

POWER = Judgement(0.8, "", "chance of finding a planned effect (--power)")

PERMUTATION_USERS = Judgement(
    100, "users", "with fewer equally active in an arm, permuted users decide"
)
PERMUTATION_DRAWS = Judgement(4999, "draws", "permutations of the users behind such a p")
QUANTILE_DRAWS = Judgement(9999, "draws", "resamples of users behind a quantile's interval")
ATOM_SHARE = Judgement(0.05, "", "a value that more users share is no place for a quantile")
ATOM_USERS = Judgement(3, "users", "and so many at least, or it may be chance")
SPREAD_DRAWS = Judgement(999, "draws", "resamples of users behind a spread's interval")
GUARDRAIL_MARGIN = Judgement(0.02, "", "worsening of a guardrail that would be put up with")
RATIO_ERROR = Judgement(0.001, "", "arms less likely than this at random are not believed")
TABLE_EXPECTED = Judgement(5, "users", "fewer expected in a field call for the exact test")

BOTH_ARMS = Judgement(0.01, "", "more users in both arms are worth a warning")
ASSIGNED_AT_RETURN = Judgement(5, "s", "an assignment this soon after coming back was made by it")
ASSIGNED_LATE = Judgement(0.05, "", "more users assigned during a way back are worth a warning")
ASSIGNED_LATE_MOST = Judgement(0.20, "", "with more, first returns are lost: no verdict")
ASSIGNMENTS_LOST = Judgement(0.01, "", "more assignments that cannot be read are worth a warning")
HISTORY_DAYS = Judgement(3, "days", "a log that begins later before a trial misses first returns")
UNKNOWN_USERS_SOME = Judgement(0.05, "", "more users without an event are worth a warning")
UNKNOWN_USERS = Judgement(0.50, "", "more assigned users without an event: ids do not match")
MARKER_ELSEWHERE = Judgement(0.01, "", "more markers at other returns are worth a warning")
MARKER_ELSEWHERE_MOST = Judgement(0.10, "", "with more, the rule is not the product's: no verdict")
MARKER_MISSING = Judgement(0.20, "", "more returns without their marker are worth a warning")
HISTORY_PRIOR = Judgement(5, "interruptions", "weight of everybody's hits beside a person's own")


def published() -> tuple[tuple[str, Judgement], ...]:
    """All judgements with their names in words, in the order of this page."""
    return tuple(
        (name.lower().replace("_", " "), value)
        for name, value in globals().items()
        if isinstance(value, Judgement)
    )

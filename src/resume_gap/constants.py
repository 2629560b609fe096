"""Every number that is a judgement rather than a result, with its unit and its reason.

They stand here once, are imported where they are used, and are printed in the methods part of
every report. A reader who disagrees with one knows where it lives.
"""

from resume_gap.units import Constant

FALLBACK_GAP = Constant(1800, "s", "inactivity threshold where the data show none of their own")
TAU_CAP = Constant(900, "s", "longest re-orientation charged to one return")
MID_TASK_WINDOW = Constant(600, "s", "productive work this close to the stop counts as mid-task")
BURST_CUT = Constant(30, "s", "events closer than this are never looked at apart")
PRODUCTIVE_STEP_CAP = Constant(30, "s", "longest productive time credited to one event")
FOLLOW_UP_SOON = Constant(86400, "s", "the same for the return rate of a young trial")
FOLLOW_UP = Constant(7 * 86400, "s", "time within which a return counts for the return rate")

MOMENT_STEP = Constant(2, "s", "a control begins later than this after the event before")
MOMENT_EVENTS = Constant(10, "events", "and at least so many events after a long gap")
MOMENT_LATE = Constant(20, "events", "moments from here on are the control for the earlier ones")
STEP_GAP = Constant(600, "s", "a step begun anew has at most so long a gap before it")
STEP_OWN = Constant(20, "controls", "with fewer, a user's steps begun anew are those of all users")
MOMENT_SLOTS = Constant(5, "", "controls that each interruption asks for")
MOMENT_ROWS = Constant(2_000_000, "events", "on longer logs moments are thinned to so many events")
MIN_OWN_SLOTS = Constant(0.50, "", "fewer of them found in the user's own work say nothing")
WARN_OWN_SLOTS = Constant(0.70, "", "fewer than this are worth a word")
CONTROL_SHARE = Constant(0.50, "", "early moments that differ by this much of the result undo it")

RECOVERY_STEPS = Constant(20, "steps", "productive steps after which work counts as steady")
RECOVERY_STEADY = Constant(20, "steps", "steady steps that make a person's own pace")
RECENT_ELEMENTS = Constant(10, "", "chance points at one of the last so many elements")
HABIT_WINDOW = Constant(86400, "s", "time before the stop whose most used element is the habit")
ORDER_TIES = Constant(0.05, "", "with more ties and no sequence, hits come from two orders")
NAMED_USERS = Constant(5, "users", "a smaller group could point at a person and is never named")
SHOWN_GROUPS = Constant(10, "", "contexts and segments that are shown; the rest is merged")
ORDER_POINTS = Constant(0.02, "", "and are not shown when their hits differ by more than this")

VALLEY_FROM = Constant(60, "s", "shortest inactivity threshold that is searched for")
VALLEY_TO = Constant(7200, "s", "longest inactivity threshold; a deeper valley beyond is the night")
VALLEY_DEPTH = Constant(0.30, "", "a valley is this much lower than the lower of its two hills")
VALLEY_FLOOR = Constant(0.05, "", "bins this close to the minimum belong to the valley's floor")
VALLEY_MIN_GAPS = Constant(20, "gaps", "at least so many gaps right of a valley")
VALLEY_MIN_SHARE = Constant(0.001, "", "and at least this share of all gaps")
VALLEY_MIN_RESOLUTIONS = Constant(3, "", "a valley is at least so many times the resolution")
SMOOTHING_BINS = Constant(5, "bins", "width (sigma) of the smoothing of the gap distribution")
USER_GAP_CAP = Constant(2000, "gaps", "a user weighs as much as so many gaps at most")
BOOTSTRAP_DRAWS = Constant(200, "draws", "resamples of users behind the interval of the limit")
STABLE_DRAWS = Constant(0.90, "", "share of the resamples that must find a valley")
STABLE_RATIO = Constant(4, "", "p90/p10 of the resampled limits that still counts as stable")
STABLE_COUNTS = Constant(0.10, "", "or share of the long gaps that may depend on it")
GUARD_GAPS = Constant(20, "gaps", "users with so many gaps are asked whether they have long gaps")
GUARD_LONG_SHARE = Constant(0.5, "", "a user with more long gaps than this has another rhythm")
GUARD_USERS = Constant(0.10, "", "share of such users that turns a valley down")
GUARD_LONG_GAPS = Constant(0.5, "", "or so many of all long gaps, if they are such users'")
GUARD_LONG_GAPS_FROM = Constant(5, "gaps", "asked of users with so many gaps")
ONE_EVENT_SHARE = Constant(
    0.50, "", "when more of the gaps right of a valley follow one event, it parts kinds of work"
)
ONE_EVENT_REACH = Constant(4, "", "asked of gaps up to so many times the valley")
MIN_GAPS = Constant(2000, "gaps", "fewer gaps than this teach no limit")
MIN_USERS = Constant(50, "users", "fewer users than this teach no limit")
SENSITIVE_SHARE = Constant(0.25, "", "a result that moves more with the threshold is reported")

JUDGED_FROM = Constant(
    50, "interruptions", "with fewer it is not judged whether the log can show re-orientation"
)
FIRST_IS_WORK = Constant(
    0.80, "", "when more of the returns begin with work, the search lies before the first event"
)
COARSE_SHARE = Constant(
    0.25, "", "stamps coarser than this share of the median time to work cannot measure it"
)
BATCH_RETURNS = Constant(
    0.20, "", "when more of the returns begin in a batch upload, order and times are unknown"
)
STARTS_LOST = Constant(
    0.10, "", "when more of the returns, beyond chance, begin in rows that are not there"
)
WORK_BESIDE = Constant(
    0.05, "", "when fewer of the sessions with work hold anything else, clocks or sources differ"
)
OTHER_EVENTS = Constant(0.05, "", "asked where so many of the events are no work")
SESSION_EVENTS = Constant(3, "events", "in the median session: fewer cannot show a way to work")
THIN_WORK = Constant(0.02, "", "suggested work that is rarer than this is not the work of the log")
NOT_UNDERSTOOD = Constant(
    0.50, "", "when names that say nothing hold more of the events, work may be among them"
)
RECURRING = Constant(0.05, "", "elements of a session that are touched in a later one, at least")
RECURRING_WITHIN = Constant(0.20, "", "asked where so many are touched again within a session")
RECURRING_NEVER = Constant(
    0.01, "", "or where fewer are touched again, in the session or later: an id for each event"
)
RECURRING_HITS = Constant(5, "hits", "and where fewer returns led to the element last touched")

MIN_INTERVAL_USERS = Constant(25, "users", "figures from fewer users stand without an interval")
ROLE_MIN_COUNT = Constant(50, "events", "a role is suggested only for names this frequent")
ROLE_MIN_USERS = Constant(5, "users", "and used by so many people")

AWAY_SHARE = Constant(0.30, "", "more rows taken for idle events by name alone are worth a word")
EVENT_ID_AGREES = Constant(
    0.95, "", "ids of which so many repeat the same content name deliveries, others name no event"
)
LENGTH_OVERLAP = Constant(
    0.05, "", "durations are in a unit in which so few reach into a neighbouring event"
)
LENGTH_OVERLAP_LARGER = Constant(0.20, "", "while so many would in the next larger unit")
LENGTH_LEAST = Constant(0.01, "", "and their median is at least this part of the median gap")
LENGTH_DIRECTION_SHARE = Constant(
    0.2, "", "stamps are ends when these leave so small a part of the overlaps of starts"
)
LENGTH_EVENTS = Constant(20, "events", "fewer interval events say nothing about their unit")
LENGTH_ROWS = Constant(
    200_000, "rows", "of about so many rows of users chosen by hash the overlaps are counted"
)
LOST_LEAST = Constant(20, "returns", "fewer that begin in dropped rows are no evidence")
LOST_USERS = Constant(5, "users", "and so many people must have them")
LOST_RETURNS = Constant(0.02, "", "and so large a share of the returns")
LOST_TIMES = Constant(2, "", "and so many times the share of dropped rows elsewhere")
LOST_ERROR = Constant(0.001, "", "dropped rows lie at returns beyond chance: one-sided, by user")
LOST_Z = Constant(3.09, "", "the same where whose rows they are is not known")
LOST_NEAR = Constant(60, "s", "rows of nobody this close to a return are looked at")
ID_EVERYWHERE = Constant(
    0.95, "", "another id that has a value in so many of the rows with a user can take its place"
)
DROPPED_SHARE = Constant(
    0.02, "", "more rows dropped for lack of a user, time or event are worth a warning"
)
CLOCK_OFF = Constant(600, "s", "stamps this far from the user's usual delay show a wrong clock")
CLOCK_OFF_SHARE = Constant(0.001, "", "more rows with a wrong clock are worth a warning")
BUFFER_WITHIN = Constant(5, "s", "late rows that arrive this close together waited in one buffer")
DELAY_VARIES = Constant(
    0.5, "s", "when their stamps are further apart than their arrivals by more than delays vary"
)
BATCH_ROWS_FINE = Constant(5, "rows", "so many of a user at one instant were sent at once")
BATCH_ROWS_SECOND = Constant(20, "rows", "and so many where the user's stamps are whole seconds")
FLUSH_GAP = Constant(1, "s", "events this close together may have been sent together")
FLUSH_SPAN = Constant(5, "s", "in a burst that takes no longer")
FLUSH_WORK = Constant(3, "events", "with so many that are work")
FLUSH_SILENCE = Constant(10, "s", "and with nothing for so long before and after it")
FLUSH_SHARE = Constant(
    0.50, "", "when more of a user's work lies in such bursts, stamps are theirs"
)
FLUSH_LEAST = Constant(20, "events", "of work at least")
BATCH_USER_SHARE = Constant(
    0.05, "", "users with a larger share of their rows in batch uploads are reported"
)
SHORT_LOG = Constant(3, "days", "figures per week from a shorter log are extrapolated")
SHOWN_SHORT = Constant(900, "s", "an inactivity threshold that is always shown")
SHOWN_MIDDLE = Constant(1800, "s", "another")
SHOWN_LONG = Constant(3600, "s", "another")

HEARTBEAT_SHARE = Constant(0.30, "", "gaps this alike look like a clock, not a person")
HEARTBEAT_NAMED_SHARE = Constant(0.15, "", "and so many of an event whose name says so")
HEARTBEAT_RAISES = Constant(
    0.10, "", "an event that fills gaps alone hides returns when it hides so many of them"
)
HEARTBEAT_RAISES_LEAST = Constant(20, "returns", "and so many at least")
IDLE_EDGE_SHARE = Constant(0.80, "", "more of an event's occurrences right at long gaps mark them")
IDLE_EDGE_TIMES = Constant(3, "", "and so many times the share of all events there")
IDLE_SESSION = Constant(4, "events", "asked in sessions of so many events")
LONE_RETURNS = Constant(
    0.25, "", "an event without which so many returns are gone makes them: a server may write it"
)
SHORT_SESSIONS = Constant(0.05, "", "so many sessions of fewer events than that may be no person's")
SHORT_TIMES = Constant(4, "", "when there are so many times those of up to twice the events")
LONG_SESSIONS = Constant(0.30, "", "and so many sessions are longer")
SILENT_START = Constant(60, "s", "a return after whose first event nothing follows for so long")
SILENT_STARTS = Constant(0.20, "", "when so many begin so, nobody may have come back yet")
SILENT_SPREAD = Constant(
    2, "", "if the silence is much alike: its upper quartile is at most so many times its lower"
)
DAYS_WITHOUT = Constant(
    0.10, "", "days with so small a part of the usual share of elements have none, if they matter"
)
HEARTBEAT_SPREAD = Constant(0.02, "", "alike means within this share of one value")
HEARTBEAT_MIN = Constant(5, "s", "faster repetition than this is a person typing")
HEARTBEAT_RESOLUTIONS = Constant(5, "", "and it must be so many times the stamps' resolution")
HEARTBEAT_MIN_GAPS = Constant(20, "gaps", "fewer repetitions of one user are no evidence")
CHECK_EVENTS = Constant(2_000_000, "events", "and have so many events at most")
CHECK_USERS = Constant(2000, "users", "costly checks look at so many users, chosen by hash")
SHARED_ID_SHARE = Constant(0.05, "", "one id with more of all events may be many people")
SHARED_ID_MEDIANS = Constant(10, "", "and has so many times the median user's events")
SHARED_ID_USERS = Constant(40, "users", "asked only where there are so many users")
TURNS_WITHIN = Constant(30, "s", "work that comes back to an element so soon")
TURNS_REACH = Constant(5, "events", "after work on others, at most so many events later")
TURNS_SHARE = Constant(
    0.20, "", "if so much of a user's work does, several people work under one id at once"
)
TURNS_LEAST = Constant(20, "events", "of work on elements, at least")
TURNS_WARNED = Constant(0.10, "", "ids with so much of the work are worth a warning")
TURNS_MOST = Constant(0.50, "", "with more, the log cannot show one person's way to work")
PEOPLE_EACH = Constant(2, "people", "an id with so many in another column is no person's")
PEOPLE_OWN = Constant(0.95, "", "if so many of these belong to one id only")
IDENTITY_WINDOW = Constant(5, "s", "an id that starts this soon after another may go on with it")
ALIKE_IDS = Constant(0.02, "", "more users whose ids differ by case or blanks are worth a warning")
TEST_ACCOUNTS = Constant(0.01, "", "more events of ids that say test, qa or demo are, too")
IDENTITY_PAIRS = Constant(5, "users", "fewer such ids are no evidence")
IDENTITY_CHANCES = Constant(3, "", "and there must be so many times as many as by chance")
SESSION_DISAGREES = Constant(0.10, "", "share of session ids against the gaps worth a word")
SESSION_GAPS = Constant(20, "", "asked from so many long gaps, or changes of the id, on")
SESSION_ROWS = Constant(5_000_000, "rows", "of a longer log some users' session ids are looked at")
BOT_HOURS = Constant(20, "h", "nobody works more hours of a day than this")
BOT_DAYS = Constant(3, "days", "on more days than this")
ROUND_STAMPS = Constant(
    10, "instants", "fewer may be multiples of ten seconds, say, by chance; of minutes seldom"
)
INDEXED_STAMPS_SHARE = Constant(0.8, "", "gaps that are 1 s modulo 60 s: minute stamps, numbered")
INDEXED_STAMPS_GAPS = Constant(10, "gaps", "and so many of them of a minute or more")

MAX_NULL_USERS = Constant(0.50, "", "more rows without a user are an error")
MAX_BAD_TIMES = Constant(0.20, "", "more rows without a readable time are an error")
MEMORY = Constant(2, "GB", "memory of the database at most, where --memory-limit is not given")
TEMP_FACTOR = Constant(
    200,
    "",
    "the temporary folder holds this many times the input at most: a row of 8 bytes in Parquet took"
    " up to 800 bytes there (--temp-limit)",
)
STREAM_ROW_BYTES = Constant(
    400,
    "bytes",
    "of memory for each row of the longest stream, which the ordered pass takes as a whole: 2.5"
    " million rows of one user took 1 GB beside the database",
)
TEMP_LEAST = Constant(2, "GB", "and this much, however small the input is")

MAX_BROKEN_LINES = Constant(0.01, "", "more broken lines are an error, unless --lenient")
TWO_UNITS_SHARE = Constant(0.01, "", "more numbers in a second unit of time are an error")
TWO_UNITS_ROWS = Constant(10, "rows", "so few numbers in a second unit never end a run")
OUTLIER_SHARE = Constant(0.01, "", "rows outside of the shortest span of days that holds the rest")
OUTLIER_EMPTY_DAYS = Constant(
    30, "days", "come from a wrong clock beyond more days in a row without any row"
)
OUTLIER_TIMES_LONGEST = Constant(
    3, "", "and beyond so many times the longest such stretch of that span: sparse logs are whole"
)
TIES_SHARE = Constant(0.05, "", "more rows that tie in time without a sequence are worth a word")
LONG_INTERVALS_SHARE = Constant(0.01, "", "more intervals beyond the threshold may hide idle time")

DECISION_MIN_USERS = Constant(50, "users", "fewer users decide nothing")
DECISION_MIN_ELIGIBLE = Constant(200, "interruptions", "nor do fewer followed-up interruptions")
DECISION_MIN_EFFECTIVE_USERS = Constant(
    20, "users", "nor fewer equally active users than these are worth"
)
DECISION_ERROR = Constant(0.05, "", "one-sided error of a limit that decides")
DECISION_LIFT_WIDTH = Constant(5, "points", "a lift known this closely is known well enough")
DECISION_WORTH_SHARE = Constant(0.5, "", "and so is a search, to this share of --worth")
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
PRIMARY_CAP_STANDARD = Constant(120, "s", "and up to here where no cap can be chosen")
PRIMARY_CAP_RETURNS = Constant(200, "users", "a cap is chosen by the first returns of so many")
PRIMARY_CAP_OBSERVED = Constant(50, "users", "of whom so many are seen to get back to work")
PRIMARY_CAP_POINT = Constant(0.90, "", "of the lags before a trial: its cap, if none was predicted")

AT_ONCE_SHARE = Constant(0.95, "", "as many returns that begin with work hide the search for it")
STOPS_ALIKE_SHARE = Constant(0.90, "", "as many stops of one kind are worth a word about the roles")
PLACE_STANDS_OUT = Constant(0.05, "", "a place where less work stops than this is not listed first")

ALPHA = Constant(0.05, "", "two-sided error of an interval or a test")
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
PERMUTATION_DRAWS = Constant(4999, "draws", "permutations of the users behind such a p")
QUANTILE_DRAWS = Constant(9999, "draws", "resamples of users behind a quantile's interval")
ATOM_SHARE = Constant(0.05, "", "a value that more users share is no place for a quantile")
ATOM_USERS = Constant(3, "users", "and so many at least, or it may be chance")
SPREAD_DRAWS = Constant(999, "draws", "resamples of users behind a spread's interval")
GUARDRAIL_MARGIN = Constant(0.02, "", "worsening of a guardrail that would be put up with")
USE_EXPOSURES = Constant(4, "returns", "from this one on the marker is no novelty any more")
USE_LEFT = Constant(0.25, "", "less of the first effect left: it changes with use")
BLOCK_USERS = Constant(10, "users", "of each arm in a block of assignment days, at least")
UNIT_TABLES = Constant(20_000, "tables", "random assignments that a shared column is held against")
UNIT_VALUES = Constant(10, "values", "fewer of a column shared by users are no unit of assignment")
UNIT_CONSTANT = Constant(0.95, "", "of the users have one value of a column that may be their unit")
UNIT_MIXED = Constant(0.05, "", "more users of units with both arms: not what was assigned")
RATIO_ERROR = Constant(0.001, "", "arms less likely than this at random are not believed")
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


def published() -> tuple[tuple[str, Constant], ...]:
    """All constants with their names in words, in the order of this page."""
    return tuple(
        (name.lower().replace("_", " "), value)
        for name, value in globals().items()
        if isinstance(value, Constant)
    )

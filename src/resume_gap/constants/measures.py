"""Numbers behind the threshold, the measures, and whether a log can show them."""

from resume_gap.units import Constant

FALLBACK_GAP = Constant(1800, "s", "inactivity threshold where the data show none of their own")
TAU_CAP = Constant(900, "s", "longest re-orientation charged to one return")
MID_TASK_WINDOW = Constant(600, "s", "productive work this close to the stop counts as mid-task")
BURST_CUT = Constant(30, "s", "events closer than this are never looked at apart")
PRODUCTIVE_STEP_CAP = Constant(30, "s", "longest productive time credited to one event")
FOLLOW_UP_SOON = Constant(86400, "s", "the same for the return rate of a young trial")
FOLLOW_UP = Constant(7 * 86400, "s", "time within which a return counts for the return rate")

MOMENT_STEP = Constant(2, "s", "a control begins later than this after the event before")
MOMENT_EVENTS = Constant(10, "events", "and at least that many events after a long gap")
MOMENT_LATE = Constant(20, "events", "moments from here on are the control for the earlier ones")
STEP_GAP = Constant(600, "s", "a step begun anew has at most so long a gap before it")
STEP_OWN = Constant(20, "controls", "with fewer, a user's steps begun anew are those of all users")
MOMENT_SLOTS = Constant(5, "", "controls that each interruption asks for")
MOMENT_ROWS = Constant(2_000_000, "events", "longer logs: moments are thinned to that many events")
MIN_OWN_SLOTS = Constant(0.50, "", "fewer of them found in the user's own work say nothing")
WARN_OWN_SLOTS = Constant(0.70, "", "fewer than this are worth a word")
CONTROL_SHARE = Constant(0.50, "", "early moments that differ by this much of the result undo it")

RECOVERY_STEPS = Constant(20, "steps", "productive steps after which work counts as steady")
RECOVERY_STEADY = Constant(20, "steps", "steady steps that make a person's own pace")
RECENT_ELEMENTS = Constant(10, "", "chance points at one of the last elements, as many as this")
HABIT_WINDOW = Constant(86400, "s", "time before the stop whose most used element is the habit")
ORDER_TIES = Constant(0.05, "", "with more ties and no sequence, hits come from two orders")
NAMED_USERS = Constant(5, "users", "a smaller group could point at a person and is never named")
SHOWN_GROUPS = Constant(10, "", "contexts and segments that are shown; the rest is merged")
ORDER_POINTS = Constant(0.02, "", "and are not shown when their hits differ by more than this")

VALLEY_FROM = Constant(60, "s", "shortest inactivity threshold that is searched for")
VALLEY_TO = Constant(7200, "s", "longest inactivity threshold; a deeper valley beyond is the night")
VALLEY_DEPTH = Constant(0.30, "", "a valley is this much lower than the lower of its two hills")
VALLEY_FLOOR = Constant(0.05, "", "bins this close to the minimum belong to the valley's floor")
VALLEY_MIN_GAPS = Constant(20, "gaps", "at least that many gaps right of a valley")
VALLEY_MIN_SHARE = Constant(0.001, "", "and at least this share of all gaps")
VALLEY_MIN_RESOLUTIONS = Constant(3, "", "a valley is at least that many times the resolution")
SMOOTHING_BINS = Constant(5, "bins", "width (sigma) of the smoothing of the gap distribution")
USER_GAP_CAP = Constant(2000, "gaps", "a user weighs as much as that many gaps at most")
BOOTSTRAP_DRAWS = Constant(200, "draws", "resamples of users behind the interval of the limit")
STABLE_DRAWS = Constant(0.90, "", "share of the resamples that must find a valley")
STABLE_RATIO = Constant(4, "", "p90/p10 of the resampled limits that still counts as stable")
STABLE_COUNTS = Constant(0.10, "", "or share of the long gaps that may depend on it")
GUARD_GAPS = Constant(20, "gaps", "users with that many gaps are asked whether they have long gaps")
GUARD_LONG_SHARE = Constant(0.5, "", "a user with more long gaps than this has another rhythm")
GUARD_USERS = Constant(0.10, "", "share of such users that turns a valley down")
GUARD_LONG_GAPS = Constant(0.5, "", "or that many of all long gaps, if they are such users'")
GUARD_LONG_GAPS_FROM = Constant(5, "gaps", "asked of users with that many gaps")
ONE_EVENT_SHARE = Constant(
    0.50, "", "when more of the gaps right of a valley follow one event, it parts kinds of work"
)
ONE_EVENT_REACH = Constant(4, "", "asked of gaps up to that many times the valley")
MIN_GAPS = Constant(2000, "gaps", "fewer gaps than this teach no limit")
MIN_USERS = Constant(50, "users", "fewer users than this teach no limit")
SENSITIVE_SHARE = Constant(0.25, "", "a result that moves more with the threshold is reported")

JUDGED_FROM = Constant(
    50, "interruptions", "with fewer it is not judged whether the log can show re-orientation"
)
FIRST_IS_WORK = Constant(
    0.80, "", "when more of the returns begin with work, the search comes before the first event"
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
OTHER_EVENTS = Constant(0.05, "", "asked where that many of the events are no work")
FULL_EVENTS = Constant(5, "events", "in the largest usual sessions, at least, to ask for a cut")
FULL_LARGER = Constant(0.02, "", "usual: at most that many sessions are larger")
FULL_SESSIONS = Constant(0.20, "", "when that many have just this size, a log may end them there")
FULL_ONE_LESS = Constant(3, "", "if they are that many times those with one event less")
FULL_ENDS = Constant(
    2,
    "",
    "and no event is over that many times as common at their ends as inside: no task ends",
)
SESSION_EVENTS = Constant(3, "events", "in the median session: fewer cannot show a way to work")
THIN_WORK = Constant(0.02, "", "suggested work that is rarer than this is not the work of the log")
NOT_UNDERSTOOD = Constant(
    0.50, "", "when names that say nothing hold more of the events, work may be among them"
)
RECURRING = Constant(0.05, "", "elements of a session that are touched in a later one, at least")
RECURRING_WITHIN = Constant(0.20, "", "asked where that many are touched again within a session")
RECURRING_NEVER = Constant(
    0.01, "", "or where fewer are touched again, in the session or later: an id for each event"
)
UNNAMED_WORK = Constant(
    0.5, "", "where work went on at no element after that many interruptions, hits are hardly known"
)
FIXED_ORDER = Constant(
    0.5, "", "where work goes on, so often beyond chance, at the element that usually follows"
)
NEW_ELEMENTS = Constant(
    0.95, "", "or so often at one that was not worked on before, after gaps and within sessions"
)
RECURRING_HITS = Constant(5, "hits", "and where fewer returns led to the element last touched")
VARYING_NAMES = Constant(
    0.50, "", "with more work on things that bear several names, hits cannot be counted"
)

MIN_INTERVAL_USERS = Constant(25, "users", "figures from fewer users are shown without an interval")
ROLE_MIN_COUNT = Constant(50, "events", "a role is suggested only for names this frequent")
ROLE_MIN_USERS = Constant(5, "users", "and used by that many people")

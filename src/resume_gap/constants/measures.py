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
MOMENT_EVENTS = Constant(
    10, "events", "a control begins at least this many events after a long gap"
)
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
ORDER_POINTS = Constant(
    0.02, "", "hits are not shown when another order of ties changes them by more than this"
)

VALLEY_FROM = Constant(60, "s", "shortest inactivity threshold that is searched for")
VALLEY_TO = Constant(7200, "s", "longest inactivity threshold; a deeper valley beyond is the night")
VALLEY_DEPTH = Constant(0.30, "", "a valley is this much lower than the lower of its two hills")
VALLEY_FLOOR = Constant(0.05, "", "bins this close to the minimum belong to the valley's floor")
VALLEY_MIN_GAPS = Constant(20, "gaps", "at least that many gaps right of a valley")
VALLEY_MIN_SHARE = Constant(0.001, "", "at least this share of all gaps right of a valley")
VALLEY_MIN_RESOLUTIONS = Constant(3, "", "a valley is at least that many times the resolution")
SMOOTHING_BINS = Constant(5, "bins", "width (sigma) of the smoothing of the gap distribution")
USER_GAP_CAP = Constant(2000, "gaps", "a user weighs as much as that many gaps at most")
BOOTSTRAP_DRAWS = Constant(200, "draws", "resamples of users behind the interval of the limit")
STABLE_DRAWS = Constant(0.90, "", "share of the resamples that must find a valley")
STABLE_RATIO = Constant(4, "", "p90/p10 of the resampled limits that still counts as stable")
STABLE_COUNTS = Constant(
    0.10, "", "share of the long gaps that may depend on the resampled threshold"
)
GUARD_GAPS = Constant(20, "gaps", "users with that many gaps are asked whether they have long gaps")
GUARD_LONG_SHARE = Constant(0.5, "", "a user with more long gaps than this has another rhythm")
GUARD_USERS = Constant(0.10, "", "share of such users that turns a valley down")
GUARD_LONG_GAPS = Constant(
    0.5, "", "share of all long gaps, if they are such users', that turns a valley down"
)
GUARD_LONG_GAPS_FROM = Constant(
    5, "gaps", "long gaps are looked at by user from this many gaps of a user on"
)
ONE_EVENT_SHARE = Constant(
    0.50, "", "when more of the gaps right of a valley follow one event, it parts kinds of work"
)
ONE_EVENT_REACH = Constant(
    4, "", "gaps up to this many times the valley are looked at for one event before them"
)
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
OTHER_EVENTS = Constant(
    0.05, "", "whether work stands alone is asked where this share of the events is no work"
)
FULL_EVENTS = Constant(5, "events", "in the largest usual sessions, at least, to ask for a cut")
FULL_LARGER = Constant(
    0.02, "", "a size of sessions is the largest usual one when at most this share is larger"
)
FULL_SESSIONS = Constant(
    0.20, "", "a log may end sessions at the largest usual size when this share has just that size"
)
FULL_ONE_LESS = Constant(
    3, "", "sessions of the largest usual size are this many times those with one event less"
)
FULL_ENDS = Constant(
    2,
    "",
    "a task ends there when an event is over this many times as common at their ends as inside",
)
SESSION_EVENTS = Constant(3, "events", "in the median session: fewer cannot show a way to work")
THIN_WORK = Constant(0.02, "", "suggested work that is rarer than this is not the work of the log")
NOT_UNDERSTOOD = Constant(
    0.50, "", "when names that say nothing hold more of the events, work may be among them"
)
RECURRING = Constant(0.05, "", "elements of a session that are touched in a later one, at least")
RECURRING_WITHIN = Constant(
    0.20, "", "recurrence is judged where this share of elements is touched again within a session"
)
RECURRING_NEVER = Constant(
    0.01, "", "an id for each event: fewer elements are touched again, in the session or later"
)
UNNAMED_WORK = Constant(
    0.5, "", "where work went on at no element after that many interruptions, hits are hardly known"
)
FIXED_ORDER = Constant(
    0.5, "", "where work goes on, so often beyond chance, at the element that usually follows"
)
NEW_ELEMENTS = Constant(
    0.95,
    "",
    "share of work, after gaps and within sessions, at elements not worked on before: a queue",
)
RECURRING_HITS = Constant(
    5, "hits", "recurrence is judged where fewer returns led to the element last touched"
)
VARYING_NAMES = Constant(
    0.50, "", "with more work on things that bear several names, hits cannot be counted"
)

MIN_INTERVAL_USERS = Constant(25, "users", "figures from fewer users are shown without an interval")
ROLE_MIN_COUNT = Constant(50, "events", "a role is suggested only for names this frequent")
ROLE_MIN_USERS = Constant(
    5, "users", "a role is suggested only for names that this many people have"
)

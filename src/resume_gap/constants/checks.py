"""Numbers behind what is read of a log, and what is odd about it."""

from resume_gap.units import Constant

AWAY_SHARE = Constant(0.30, "", "more rows taken for idle events by name alone are worth a word")
EVENT_ID_AGREES = Constant(
    0.95, "", "ids of which that many repeat the same content name deliveries, others name no event"
)
LENGTH_OVERLAP = Constant(
    0.05, "", "durations are in a unit in which so few reach into a neighboring event"
)
LENGTH_OVERLAP_LARGER = Constant(0.20, "", "while that many would in the next larger unit")
LENGTH_LEAST = Constant(
    0.01, "", "a unit of lengths fits where their median is at least this part of the median gap"
)
LENGTH_DIRECTION_SHARE = Constant(
    0.2, "", "stamps are ends when these leave so small a part of the overlaps of starts"
)
LENGTH_EVENTS = Constant(20, "events", "fewer interval events say nothing about their unit")
LENGTH_ROWS = Constant(
    200_000, "rows", "of about that many rows of users chosen by hash the overlaps are counted"
)
LOST_LEAST = Constant(20, "returns", "fewer that begin in dropped rows are no evidence")
LOST_USERS = Constant(
    5, "users", "returns that begin in dropped rows are evidence from this many people on"
)
LOST_RETURNS = Constant(
    0.02, "", "returns that begin in dropped rows are evidence from this share of the returns on"
)
LOST_TIMES = Constant(
    2, "", "returns begin in dropped rows this many times as often as rows are dropped elsewhere"
)
LOST_ERROR = Constant(0.001, "", "dropped rows are at returns beyond chance: one-sided, by user")
LOST_Z = Constant(3.09, "", "the same where whose rows they are is not known")
LOST_NEAR = Constant(60, "s", "rows of nobody this close to a return are looked at")
ID_EVERYWHERE = Constant(
    0.95,
    "",
    "an id can take the place of the user id when this share of the rows with a user has it",
)
DROPPED_SHARE = Constant(
    0.02, "", "more rows dropped for lack of a user, time or event are worth a warning"
)
CLOCK_OFF = Constant(600, "s", "stamps this far from the user's usual delay show a wrong clock")
CLOCK_OFF_SHARE = Constant(0.001, "", "more rows with a wrong clock are worth a warning")
HALF_DAY_ROWS = Constant(
    500, "rows", "fewer times without a zone say nothing about a clock of twelve hours"
)
HALF_DAY_LEAST = Constant(
    0.05, "", "of them before 7:00, and as many after, where none is before 1:00 or after 12:59"
)
BUFFER_WITHIN = Constant(5, "s", "late rows that arrive this close together waited in one buffer")
DELAY_VARIES = Constant(
    0.5, "s", "when their stamps are further apart than their arrivals by more than delays vary"
)
BATCH_ROWS_FINE = Constant(5, "rows", "that many of a user at one instant were sent at once")
BATCH_ROWS_SECOND = Constant(
    20, "rows", "with stamps of whole seconds, this many of a user at one instant were sent at once"
)
FLUSH_GAP = Constant(1, "s", "events this close together may have been sent together")
FLUSH_SPAN = Constant(5, "s", "in a burst that takes no longer")
FLUSH_WORK = Constant(3, "events", "of which that many are work")
FLUSH_SILENCE = Constant(
    10, "s", "a burst that was sent at once has a silence this long before and after it"
)
FLUSH_SHARE = Constant(0.50, "", "when more of a user's work is in such bursts, stamps are theirs")
FLUSH_LEAST = Constant(20, "events", "of work at least")
LATE_WARNED = Constant(
    0.05, "", "when that many returns, beyond chance, begin in a burst of work, work had to wait"
)
SENT_CLOSE = Constant(0.5, "s", "acts of work this close together may have been sent together")
SENT_CLOSE_SHARE = Constant(0.10, "", "when so much of the work is, a timer is sought")
SENT_REACH = Constant(4.5, "periods", "gaps between bursts up to that many are looked at")
SENT_GAPS = Constant(200, "gaps", "of all streams together, at least")
SENT_POOLED = Constant(0.20, "", "mean cosine of their phases from which streams are looked at")
SENT_OWN = Constant(20, "gaps", "a stream has a timer of its own from this many gaps on")
SENT_ALIKE = Constant(0.80, "", "mean cosine of a stream that is sent on a timer")
SENT_WARNED = Constant(0.10, "", "streams with so much of the work are worth a warning")
SENT_MOST = Constant(0.50, "", "with more of the work, stamps are as coarse as the period")
BATCH_USER_SHARE = Constant(
    0.05, "", "users with a larger share of their rows in batch uploads are reported"
)
SHORT_LOG = Constant(3, "days", "figures per week from a shorter log are extrapolated")
SHOWN_SHORT = Constant(900, "s", "an inactivity threshold that is always shown")
SHOWN_MIDDLE = Constant(1800, "s", "a second inactivity threshold that is always shown")
SHOWN_LONG = Constant(3600, "s", "a third inactivity threshold that is always shown")

HEARTBEAT_SHARE = Constant(0.30, "", "gaps this alike look like a clock, not a person")
HEARTBEAT_NAMED_SHARE = Constant(
    0.15, "", "the same share for an event whose name says that a clock writes it"
)
TIMED_LEAST = Constant(60, "s", "task ends that come so long after the event before may be timed")
TIMED_ENDS = Constant(
    20, "events", "task ends of one name are judged from this many that may be timed on"
)
TIMED_WITHIN = Constant(
    0.05, "", "timed task ends come within this share of the median of their times"
)
TIMED_ALIKE = Constant(
    0.80, "", "a timer writes task ends when this share of them come at such times"
)
HEARTBEAT_RAISES = Constant(
    0.10, "", "an event that fills gaps alone hides returns when it hides that many of them"
)
HEARTBEAT_RAISES_LEAST = Constant(
    20, "returns", "an event that fills gaps alone hides at least this many returns"
)
IDLE_EDGE_SHARE = Constant(0.80, "", "more of an event's occurrences right at long gaps mark them")
IDLE_EDGE_TIMES = Constant(
    3, "", "an idle event is at long gaps this many times as often as all events"
)
IDLE_SESSION = Constant(
    4, "events", "idle events are looked for in sessions of this many events or more"
)
LONE_RETURNS = Constant(
    0.25, "", "a server may write an event without which this share of the returns is gone"
)
SHORT_SESSIONS = Constant(
    0.05, "", "very short sessions may be no person's from this share of all sessions on"
)
SHORT_TIMES = Constant(
    4,
    "",
    "very short sessions stand apart when they are this many times those of up to twice the events",
)
LONG_SESSIONS = Constant(
    0.30, "", "very short sessions stand apart when this share of the sessions is longer"
)
SILENT_START = Constant(60, "s", "a return after whose first event nothing follows for so long")
SILENT_STARTS = Constant(
    0.20,
    "",
    "nobody may have come back yet when this share of the returns begins with such a silence",
)
SILENT_SPREAD = Constant(
    2, "", "such silences are alike when their upper quartile is at most this many times the lower"
)
FIRST_WORK_TIMES = Constant(
    2, "", "no person did the first act when the step after it is this many times later ones"
)
FIRST_WORK_ERROR = Constant(
    0.001, "", "one-sided error, by user, of the test of the step after the first act"
)
SHOWN_WITHIN = Constant(1, "s", "three elements in less were shown by a page, not found by anybody")
SHOWN_SHARE = Constant(0.30, "", "an event of which so many rows are such says what a page shows")
THINNED_PAIRS = Constant(100, "pairs", "of events of one name chance would lay into one minute")
THINNED_MINUTE = Constant(
    0.05, "", "a log keeps one row a minute when at most this share of the expected pairs is there"
)
THINNED_GAPS = Constant(1000, "gaps", "between events of one name show how soon they may follow")
THINNED_BELOW = Constant(
    0.002, "", "the edge at which a log cuts has at most this share of the gaps below it"
)
THINNED_NEAR = Constant(
    0.05, "", "the edge at which a log cuts has at least this share of the gaps right above it"
)
THINNED_WITHIN = Constant(
    1.25, "times", "gaps are right above the edge up to this many times its length"
)
THINNED_LEAST = Constant(5, "s", "a shorter edge may be how fast people and machines are")
THINNED_MOST = Constant(300, "s", "a longer one how they work")
DAYS_WITHOUT = Constant(
    0.10, "", "days with so small a part of the usual share of elements have none, if they matter"
)
HEARTBEAT_SPREAD = Constant(0.02, "", "alike means within this share of one value")
HEARTBEAT_MIN = Constant(5, "s", "faster repetition than this is a person typing")
HEARTBEAT_RESOLUTIONS = Constant(
    5, "", "a clock's period is at least this many times the stamps' resolution"
)
HEARTBEAT_MIN_GAPS = Constant(20, "gaps", "fewer repetitions of one user are no evidence")
CHECK_EVENTS = Constant(
    2_000_000, "events", "costly checks look at users with this many events in all at most"
)
CHECK_USERS = Constant(2000, "users", "costly checks look at that many users, chosen by hash")
SHARED_ID_SHARE = Constant(0.05, "", "one id with more of all events may be many people")
SHARED_ID_MEDIANS = Constant(
    10, "", "a shared id has at least this many times the median user's events"
)
SHARED_ID_USERS = Constant(
    40, "users", "shared ids are looked for in logs with this many users or more"
)
TURNS_WITHIN = Constant(30, "s", "work that comes back to an element so soon")
TURNS_REACH = Constant(5, "events", "after work on others, at most that many events later")
TURNS_SHARE = Constant(
    0.20, "", "several people work under an id when this share of its work takes turns"
)
TURNS_ACROSS = Constant(
    0.02,
    "",
    "several people work under an id when this share of its work takes turns across groups",
)
TURNS_ACROSS_LEAST = Constant(5, "times", "it does so, at least")
TURNS_APART = Constant(
    0.65, "", "groups of elements are apart with at most so much of the changes by chance"
)
TURNS_ELEMENTS = Constant(1000, "elements", "of streams with more, parts are looked at")
TURNS_PART = Constant(2000, "events", "of work on elements, in each of these parts")
TURNS_PARTS = Constant(50, "parts", "at most, evenly spread, which represent all")
TURNS_LEAST = Constant(20, "events", "of work on elements, at least")
TURNS_WARNED = Constant(0.10, "", "ids with so much of the work are worth a warning")
TURNS_MOST = Constant(0.50, "", "with more, the log cannot show one person's way to work")
ECHO_WITHIN = Constant(1, "s", "work this soon after an event of another name may answer to it")
ECHO_SHARE = Constant(
    0.90, "", "no person may have done work of which this share answers to other events"
)
ECHO_OTHERS = Constant(
    0.05, "", "answers are a machine's when this share of them follows what is no work"
)
ECHO_REST = Constant(
    0.20, "", "answers are set apart when at least this share of the work is left without them"
)
SETS_CUT = Constant(120, "s", "what is worked on without a longer silence is one bout")
SETS_FEWEST = Constant(
    5, "bouts", "visits are judged when this many go on elsewhere than the last one did"
)
SETS_BACK = Constant(0.30, "", "that many bouts come back to another set than the last one's")
SETS_BOUTS = Constant(3, "bouts", "a set has, at least")
SETS_CLEAR = Constant(0.80, "", "that many bouts belong to one such set, as do their elements")
SETS_WARNED = Constant(0.10, "", "ids with so much of the work are worth a warning")
PEOPLE_EACH = Constant(2, "people", "an id with that many in another column is no person's")
PEOPLE_OWN = Constant(
    0.95, "", "a column tells people apart when this share of its values belongs to one id only"
)
IDENTITY_WINDOW = Constant(5, "s", "an id that starts this soon after another may go on with it")
ALIKE_IDS = Constant(0.02, "", "more users whose ids differ by case or blanks are worth a warning")
TEST_ACCOUNTS = Constant(0.01, "", "more events of ids that say test, qa or demo are, too")
IDENTITY_PAIRS = Constant(5, "users", "fewer such ids are no evidence")
IDENTITY_CHANCES = Constant(
    3, "", "ids come back under another one this many times as often as by chance"
)
SESSION_DISAGREES = Constant(0.10, "", "share of session ids against the gaps worth a word")
SESSION_GAPS = Constant(
    20, "", "session ids are compared from this many long gaps, or changes of the id, on"
)
SESSION_ROWS = Constant(5_000_000, "rows", "of a longer log some users' session ids are looked at")
BOT_HOURS = Constant(20, "h", "nobody works more hours of a day than this")
BOT_DAYS = Constant(3, "days", "on more days than this")
ROUND_STAMPS = Constant(
    10, "instants", "fewer may be multiples of ten seconds, say, by chance; of minutes seldom"
)
INDEXED_STAMPS_SHARE = Constant(0.8, "", "gaps that are 1 s modulo 60 s: minute stamps, numbered")
INDEXED_STAMPS_GAPS = Constant(
    10, "gaps", "numbered minute stamps are looked for where this many gaps last a minute or more"
)

MAX_NULL_USERS = Constant(0.50, "", "more rows without a user are an error")
MAX_BAD_TIMES = Constant(0.20, "", "more rows without a readable time are an error")
MEMORY = Constant(1.2, "GB", "memory of the database at most, where --memory-limit is not given")
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
ID_HASH_BYTES = Constant(
    1e9,
    "bytes",
    "of memory at most for hashes of event ids, a quarter of the memory limit where that is less;"
    " those of more rows wait on disk in parts",
)
TEMP_LEAST = Constant(2, "GB", "temporary disk that is allowed, however small the input is")

MAX_BROKEN_LINES = Constant(0.01, "", "more broken lines are an error, unless --lenient")
TWO_UNITS_SHARE = Constant(0.01, "", "more numbers in a second unit of time are an error")
TWO_UNITS_ROWS = Constant(10, "rows", "so few numbers in a second unit never end a run")
OUTLIER_SHARE = Constant(0.01, "", "rows outside the shortest span of days that holds the rest")
OUTLIER_EMPTY_DAYS = Constant(
    30, "days", "come from a wrong clock beyond more days in a row without any row"
)
OUTLIER_TIMES_LONGEST = Constant(
    3,
    "",
    "times the longest stretch without a row that such a stretch lasts: sparse logs are whole",
)
LOG_END_SHARE = Constant(
    0.01, "", "a log ends on the last day with this share of a median day's users"
)
LOG_END_DAYS = Constant(
    4 * 86_400,
    "s",
    "a log ends at most this long after that day: a weekend may have hardly any users",
)
TIES_SHARE = Constant(0.05, "", "more rows that tie in time without a sequence are worth a word")
LONG_INTERVALS_SHARE = Constant(0.01, "", "more intervals beyond the threshold may hide idle time")

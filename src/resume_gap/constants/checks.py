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
LENGTH_LEAST = Constant(0.01, "", "and their median is at least this part of the median gap")
LENGTH_DIRECTION_SHARE = Constant(
    0.2, "", "stamps are ends when these leave so small a part of the overlaps of starts"
)
LENGTH_EVENTS = Constant(20, "events", "fewer interval events say nothing about their unit")
LENGTH_ROWS = Constant(
    200_000, "rows", "of about that many rows of users chosen by hash the overlaps are counted"
)
LOST_LEAST = Constant(20, "returns", "fewer that begin in dropped rows are no evidence")
LOST_USERS = Constant(5, "users", "and that many people must have them")
LOST_RETURNS = Constant(0.02, "", "and so large a share of the returns")
LOST_TIMES = Constant(2, "", "and that many times the share of dropped rows elsewhere")
LOST_ERROR = Constant(0.001, "", "dropped rows are at returns beyond chance: one-sided, by user")
LOST_Z = Constant(3.09, "", "the same where whose rows they are is not known")
LOST_NEAR = Constant(60, "s", "rows of nobody this close to a return are looked at")
ID_EVERYWHERE = Constant(
    0.95, "", "another id that has a value in that many of the rows with a user can take its place"
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
BATCH_ROWS_SECOND = Constant(20, "rows", "and that many where the user's stamps are whole seconds")
FLUSH_GAP = Constant(1, "s", "events this close together may have been sent together")
FLUSH_SPAN = Constant(5, "s", "in a burst that takes no longer")
FLUSH_WORK = Constant(3, "events", "of which that many are work")
FLUSH_SILENCE = Constant(10, "s", "and with nothing for so long before and after it")
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
SENT_OWN = Constant(20, "gaps", "of one stream, at least")
SENT_ALIKE = Constant(0.80, "", "mean cosine of a stream that is sent on a timer")
SENT_WARNED = Constant(0.10, "", "streams with so much of the work are worth a warning")
SENT_MOST = Constant(0.50, "", "with more of the work, stamps are as coarse as the period")
BATCH_USER_SHARE = Constant(
    0.05, "", "users with a larger share of their rows in batch uploads are reported"
)
SHORT_LOG = Constant(3, "days", "figures per week from a shorter log are extrapolated")
SHOWN_SHORT = Constant(900, "s", "an inactivity threshold that is always shown")
SHOWN_MIDDLE = Constant(1800, "s", "another")
SHOWN_LONG = Constant(3600, "s", "another")

HEARTBEAT_SHARE = Constant(0.30, "", "gaps this alike look like a clock, not a person")
HEARTBEAT_NAMED_SHARE = Constant(0.15, "", "and that many of an event whose name says so")
TIMED_LEAST = Constant(60, "s", "task ends that come so long after the event before may be timed")
TIMED_ENDS = Constant(20, "events", "that many of one name at least")
TIMED_WITHIN = Constant(0.05, "", "timed task ends are so close to the median of their times")
TIMED_ALIKE = Constant(0.80, "", "when that many of them do, a timer writes them")
HEARTBEAT_RAISES = Constant(
    0.10, "", "an event that fills gaps alone hides returns when it hides that many of them"
)
HEARTBEAT_RAISES_LEAST = Constant(20, "returns", "and that many at least")
IDLE_EDGE_SHARE = Constant(0.80, "", "more of an event's occurrences right at long gaps mark them")
IDLE_EDGE_TIMES = Constant(3, "", "and that many times the share of all events there")
IDLE_SESSION = Constant(4, "events", "asked in sessions of that many events")
LONE_RETURNS = Constant(
    0.25,
    "",
    "without an event that many returns are gone: it makes them; a server may write it",
)
SHORT_SESSIONS = Constant(
    0.05, "", "that many sessions of fewer events than that may be no person's"
)
SHORT_TIMES = Constant(4, "", "when there are that many times those of up to twice the events")
LONG_SESSIONS = Constant(0.30, "", "and that many sessions are longer")
SILENT_START = Constant(60, "s", "a return after whose first event nothing follows for so long")
SILENT_STARTS = Constant(0.20, "", "when that many begin so, nobody may have come back yet")
SILENT_SPREAD = Constant(
    2, "", "if the silence is much alike: its upper quartile is at most that many times its lower"
)
FIRST_WORK_TIMES = Constant(
    2, "", "when the step after the first act is so many times later ones, no person did the first"
)
FIRST_WORK_ERROR = Constant(0.001, "", "if it is beyond chance: one-sided, by user")
SHOWN_WITHIN = Constant(1, "s", "three elements in less were shown by a page, not found by anybody")
SHOWN_SHARE = Constant(0.30, "", "an event of which so many rows are such says what a page shows")
THINNED_PAIRS = Constant(100, "pairs", "of events of one name chance would lay into one minute")
THINNED_MINUTE = Constant(0.05, "", "if so few of them do, a log keeps one row a minute")
THINNED_GAPS = Constant(1000, "gaps", "between events of one name show how soon they may follow")
THINNED_BELOW = Constant(0.002, "", "so few of them are shorter than the edge at which a log cuts")
THINNED_NEAR = Constant(0.05, "", "and so many of them lie right above it")
THINNED_WITHIN = Constant(1.25, "times", "up to so many times the edge")
THINNED_LEAST = Constant(5, "s", "a shorter edge may be how fast people and machines are")
THINNED_MOST = Constant(300, "s", "a longer one how they work")
DAYS_WITHOUT = Constant(
    0.10, "", "days with so small a part of the usual share of elements have none, if they matter"
)
HEARTBEAT_SPREAD = Constant(0.02, "", "alike means within this share of one value")
HEARTBEAT_MIN = Constant(5, "s", "faster repetition than this is a person typing")
HEARTBEAT_RESOLUTIONS = Constant(5, "", "and it must be that many times the stamps' resolution")
HEARTBEAT_MIN_GAPS = Constant(20, "gaps", "fewer repetitions of one user are no evidence")
CHECK_EVENTS = Constant(2_000_000, "events", "and have that many events at most")
CHECK_USERS = Constant(2000, "users", "costly checks look at that many users, chosen by hash")
SHARED_ID_SHARE = Constant(0.05, "", "one id with more of all events may be many people")
SHARED_ID_MEDIANS = Constant(10, "", "and has that many times the median user's events")
SHARED_ID_USERS = Constant(40, "users", "asked only where there are that many users")
TURNS_WITHIN = Constant(30, "s", "work that comes back to an element so soon")
TURNS_REACH = Constant(5, "events", "after work on others, at most that many events later")
TURNS_SHARE = Constant(
    0.20, "", "if so much of a user's work does, several people work under one id at once"
)
TURNS_ACROSS = Constant(
    0.02, "", "or if so much of it does after work on an element of another group"
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
ECHO_SHARE = Constant(0.90, "", "when so much of it does, no person may have done it")
ECHO_OTHERS = Constant(0.05, "", "if so much of it follows what is no work")
ECHO_REST = Constant(0.20, "", "and so much of the work is left without it")
SETS_CUT = Constant(120, "s", "what is worked on without a longer silence is one bout")
SETS_FEWEST = Constant(5, "bouts", "that go on elsewhere than the last one did, at least")
SETS_BACK = Constant(0.30, "", "that many bouts come back to another set than the last one's")
SETS_BOUTS = Constant(3, "bouts", "a set has, at least")
SETS_CLEAR = Constant(0.80, "", "that many bouts belong to one such set, as do their elements")
SETS_WARNED = Constant(0.10, "", "ids with so much of the work are worth a warning")
PEOPLE_EACH = Constant(2, "people", "an id with that many in another column is no person's")
PEOPLE_OWN = Constant(0.95, "", "if that many of these belong to one id only")
IDENTITY_WINDOW = Constant(5, "s", "an id that starts this soon after another may go on with it")
ALIKE_IDS = Constant(0.02, "", "more users whose ids differ by case or blanks are worth a warning")
TEST_ACCOUNTS = Constant(0.01, "", "more events of ids that say test, qa or demo are, too")
IDENTITY_PAIRS = Constant(5, "users", "fewer such ids are no evidence")
IDENTITY_CHANCES = Constant(3, "", "and there must be that many times as many as by chance")
SESSION_DISAGREES = Constant(0.10, "", "share of session ids against the gaps worth a word")
SESSION_GAPS = Constant(20, "", "asked from that many long gaps, or changes of the id, on")
SESSION_ROWS = Constant(5_000_000, "rows", "of a longer log some users' session ids are looked at")
BOT_HOURS = Constant(20, "h", "nobody works more hours of a day than this")
BOT_DAYS = Constant(3, "days", "on more days than this")
ROUND_STAMPS = Constant(
    10, "instants", "fewer may be multiples of ten seconds, say, by chance; of minutes seldom"
)
INDEXED_STAMPS_SHARE = Constant(0.8, "", "gaps that are 1 s modulo 60 s: minute stamps, numbered")
INDEXED_STAMPS_GAPS = Constant(10, "gaps", "and that many of them of a minute or more")

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
TEMP_LEAST = Constant(2, "GB", "and this much, however small the input is")

MAX_BROKEN_LINES = Constant(0.01, "", "more broken lines are an error, unless --lenient")
TWO_UNITS_SHARE = Constant(0.01, "", "more numbers in a second unit of time are an error")
TWO_UNITS_ROWS = Constant(10, "rows", "so few numbers in a second unit never end a run")
OUTLIER_SHARE = Constant(0.01, "", "rows outside the shortest span of days that holds the rest")
OUTLIER_EMPTY_DAYS = Constant(
    30, "days", "come from a wrong clock beyond more days in a row without any row"
)
OUTLIER_TIMES_LONGEST = Constant(
    3, "", "and beyond that many times the longest such stretch of that span: sparse logs are whole"
)
LOG_END_SHARE = Constant(
    0.01, "", "a log ends on the last day with this share of a median day's users"
)
LOG_END_DAYS = Constant(4 * 86_400, "s", "or so long after it: a weekend may have hardly any users")
TIES_SHARE = Constant(0.05, "", "more rows that tie in time without a sequence are worth a word")
LONG_INTERVALS_SHARE = Constant(0.01, "", "more intervals beyond the threshold may hide idle time")

"""The parameters of a simulated product and its people."""

from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal

LaunchKind = Literal["none", "trial", "rollout", "switch"]
Stamps = Literal["exact", "second", "minute"]
Heartbeats = Literal["off", "work", "open"]
MarkerEvents = Literal["none", "treatment", "both"]
ReorientationKind = Literal["search", "steady"]
AssignedBy = Literal["user", "company"]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Everything that is planted, with units in the names; `World` is the same, checked.

    Shares lie in [0, 1]; a `*_sigma` is the standard deviation of a logarithm (or of a logit, where
    written); a `*_median_*` is the median of a lognormal.

    A user's day is a row of *stretches* of work with breaks between them. A break strikes mid-task
    (an interruption) or comes after a finished task (a natural end).
    """

    # --- people and their calendar ---
    users: int = 80
    """Users in one world."""
    replications: int = 1
    """Independent worlds in one log; more than one puts the world in the id: `w0017-u0003`."""
    first_world: int | None = None
    """Number of the first world; given, it puts the world in the id even when there is one."""
    first_day: date = date(2025, 3, 3)
    """First day of the log; weekends are free. The default is a Monday."""
    weeks: int = 3
    """Length of the log."""
    attendance_share: float = 0.85
    """Share of the working days on which a user of median activity shows up."""
    activity_sigma: float = 0.6
    """Heavy tail of activity: days attended, stretches a day and steps a stretch rise with it."""
    workday_start_hour: float = 9.0
    """Usual start of a day, local time."""
    workday_end_hour: float = 17.5
    """Usual end of a day, local time."""
    workday_sigma_hours: float = 0.5
    """Standard deviation of the start and the end of a day, in hours."""
    time_zone_hours: tuple[float, ...] = (0.0,)
    """Offsets east of UTC, drawn per user; working hours are local."""
    roles: tuple[str, ...] = ("analyst", "assistant", "manager")
    """Values of the column `role`."""
    role_shares: tuple[float, ...] = (0.5, 0.3, 0.2)
    """Share of the users who have each role."""
    role_search_factors: tuple[float, ...] = (1.0, 0.8, 1.4)
    """How much longer each role searches after an interruption."""
    devices_max: int = 3
    """Devices of a user at most."""
    other_device_share: float = 0.12
    """Share of the stretches that happen on another than the user's main device."""
    teams: int = 12
    """Units of a staggered roll-out, within each world."""
    team_sigma: float = 0.0
    """Spread of the search factor between teams."""
    churn_share: float = 0.0
    """Users who leave for good, each on a day of the log drawn evenly."""

    # --- work ---
    contexts: int = 40
    """Documents in one product; all worlds of a log share their names."""
    contexts_per_user: int = 6
    """Documents that a user works in."""
    elements_per_context: int = 12
    """Elements of a document."""
    step_median_seconds: float = 6.0
    """Time from one step to the next."""
    step_sigma: float = 0.9
    """Spread of the steps of a user."""
    step_max_seconds: float = 150.0
    """No pause inside a stretch is longer."""
    pace_sigma: float = 0.25
    """Spread of the median step between users."""
    thinking_share: float = 0.04
    """Share of the steps that are a longer pause for thought."""
    thinking_median_seconds: float = 40.0
    """Length of such a pause."""
    look_share: float = 0.3
    """Share of the steps that look (view, scroll, search) instead of producing."""
    task_steps_mean: float = 15.0
    """Productive steps per task; the last one is `submit`."""
    stay_share: float = 0.65
    """Chance that the next step touches the same element."""
    stretch_steps_median: float = 40.0
    """Steps of a stretch of work."""
    stretch_steps_sigma: float = 0.5
    """Spread of that number."""
    stretches_per_day_mean: float = 4.0
    """Stretches of work in a day."""

    # --- breaks ---
    mid_task_share: float = 0.7
    """Share of the breaks within a day that strike mid-task."""
    night_mid_task_share: float = 0.45
    """Share of the days that end mid-task."""
    short_share: float = 0.05
    """Share of the breaks within a day that are short; no threshold of 15 min finds them."""
    short_median_minutes: float = 4.0
    """Length of a short break."""
    meeting_share: float = 0.35
    """Share of the breaks within a day that are meetings; the rest are calls."""
    meeting_median_minutes: float = 55.0
    """Length of a meeting."""
    call_median_minutes: float = 25.0
    """Length of a call."""
    lunch_median_minutes: float = 48.0
    """Length of a lunch."""
    break_sigma: float = 0.25
    """Spread of the lengths of breaks within a day."""
    break_floor_minutes: float = 0.0
    """Shortest call, meeting or lunch; shorter draws are moved just above it."""
    away_again_median_minutes: float = 90.0
    """Time away after giving up."""
    away_again_floor_minutes: float = 65.0
    """Shortest time away after giving up, so that every usual inactivity threshold sees it."""

    # --- coming back ---
    reorientation: ReorientationKind = "search"
    """`search`: base + forgetting + search. `steady`: the next productive step comes exactly as it
    would have come in uninterrupted work, plus `excess_seconds`; nobody gives up."""
    excess_seconds: float = 0.0
    """With `steady` only: what the interruption adds."""
    reload_seconds: float = 0.0
    """With `steady` only: the first event back is the page, written as it begins to load, and the
    next event of the stream comes so much later."""
    calls_at_any_second: bool = False
    """With `steady` only: a break strikes a step in proportion to its length; on return the page is
    written, and the step is begun anew."""
    base_seconds: float = 5.0
    """What every return takes besides."""
    forget_seconds: float = 6.0
    """Times log(1 + hours away)."""
    search_median_seconds: float = 25.0
    """Time to find the place after an interruption."""
    search_sigma: float = 0.9
    """Spread of that time."""
    search_max_seconds: float = 3600.0
    """No search is longer."""
    fresh_median_seconds: float = 8.0
    """Time to the first productive event after a natural end."""
    already_there_share: float = 0.06
    """Returns whose first event is productive and on the element last touched."""
    same_element_share: float = 0.4
    """Of the other returns, those that resume work at the element last touched: the marker hits."""
    same_element_sigma: float = 0.5
    """Spread of that share between users, on the logit scale."""
    recent_element_share: float = 0.0
    """Of the rest, those that resume at one of the last ten distinct elements, drawn evenly.
    At 1, with both shares above at 0, the marker hits exactly as often as chance: no lift. (The
    others never resume at the element last touched, so lift is negative in between.)"""
    give_up_share: float = 0.02
    """Chance to leave again however short the search is."""
    give_up_scale_seconds: float = 900.0
    """The rest survives a search of s seconds with probability exp(-s / scale); infinity: all."""
    struggler_share: float = 0.2
    """Share of the users who search longer: the strugglers."""
    struggler_search_factor: float = 2.0
    """How much longer they search."""
    quit_share: float = 0.0
    """Chance that a struggler who has come back from an interruption never returns from the next
    one (one draw per interruption)."""
    quit_factor_with_marker: float = 1.0
    """That chance is multiplied by this once the struggler has noticed a marker: the selection
    world. Under 1, the marker keeps strugglers in the log."""
    trend_seconds_per_week: float = 0.0
    """Drift of the re-orientation time, marker or not."""

    # --- launch of the marker ---
    launch: LaunchKind = "none"
    """Whether and how the marker is launched."""
    launch_day: int = 0
    """Days from `first_day` to the assignment, the switch, or the first unit of a roll-out."""
    rollout_every_days: int = 7
    """Days between two steps of a roll-out."""
    rollout_steps: int = 4
    """Steps of a roll-out."""
    never_launched_share: float = 0.0
    """Share of the teams that a roll-out never reaches."""
    treatment_share: float = 0.5
    """Share of the users of a trial who get the marker."""
    assigned_by: AssignedBy = "user"
    """`company`: in a trial the teams are companies and assigned as wholes; adds the column
    `company` to the log and to the assignments."""
    assignment_days: int = 1
    """Days over which a trial assigns its users, from `launch_day` on, evenly."""
    staged_shares: tuple[float, ...] = ()
    """Shares of treatment in equal parts of those days; empty: `treatment_share` throughout."""
    late_search_factor: float = 1.0
    """How much longer users of the last day of assignment search than those of the first."""
    treatment_skew: float = 0.0
    """Added to the real share of treatment: an imbalance that a trust check should find."""
    both_arms_share: float = 0.0
    """Share of the users who are in `assignments.csv` with both arms."""
    assigned_at_first_return: bool = False
    """The assignment is logged at the very return at which the marker rule first fires."""
    shown_share: float = 1.0
    """Share of the returns at which the rule fires where the marker is shown."""
    noticed_share: float = 0.6
    """Share of the shown markers that are noticed; only these act."""
    search_removed_share: float = 0.6
    """Share of the search that a noticed marker removes when it points at the right place."""
    wrong_arrow_seconds: float = 2.0
    """What a noticed marker costs when it points elsewhere."""
    first_showing_seconds: float = 0.0
    """What the first noticed marker of a user costs on top."""
    give_ups_prevented_share: float = 0.0
    """Share of those who would give up whom a noticed marker at the right place keeps."""
    restored_share: float = 0.0
    """Share of the shown markers at which the feature writes an `edit_cell` of its own."""
    restored_after_seconds: float = 0.5
    """When it writes it, from the first event back."""
    new_id_share: float = 0.0
    """Share of the users whose id changes for good at the launch; they are assigned by the new
    one, and the truth calls them by the one they had at the time."""
    novelty_half_exposures: float = inf
    """Exposures after which half of what fades has faded; infinity: no novelty."""
    novelty_lasting_share: float = 0.0
    """Share of the effect that never fades."""
    marker_at_other_returns: bool = False
    """The marker is drawn after natural ends too: a fault of the product."""
    marker_events: MarkerEvents = "none"
    """Who logs `marker_shown`: nobody, treatment, or both arms (control: would have been shown)."""
    pause_minutes: float = 30.0
    """The marker rule fires after mid-task breaks longer than this; the truth file uses it too."""
    cap_minutes: float = 15.0
    """Cap of the re-orientation time in the truth file."""

    # --- what the logging does to it ---
    stamps: Stamps = "exact"
    """How fine the stamps are."""
    heartbeats: Heartbeats = "off"
    """`work`: between the first and last event of a stretch; `open`: through breaks of up to
    90 minutes too."""
    heartbeat_seconds: float = 30.0
    """Time from one heartbeat to the next."""
    noise_share: float = 0.0
    """Events of the application per event of a person; never outside a stretch."""
    away_share: float = 0.0
    """Share of the breaks over 3 min with an `idle` 60-90 s after the stop and a `focus` half a
    second before the return."""
    null_target_share: float = 0.0
    """Share of the targets that are lost; never the last of a stretch or the first productive
    one, so that the planted hits stay true."""
    event_ids: bool = False
    """Adds the column `event_id`."""
    variant_column: bool = False
    """Puts the arm into the log, from the assignment on."""
    duplicate_share: float = 0.0
    """Added copies of rows."""
    late_share: float = 0.0
    """Rows that arrive an hour to three days late; adds the column `received_at`."""
    placeholder_share: float = 0.0
    """Added copies of rows under ids such as `undefined`."""
    broken_clock_share: float = 0.0
    """Added copies of rows with clocks at 1970 and 2099."""
    hostile_names: bool = False
    """Ids, targets, contexts and segments carry markup, formulas, control characters."""
    cut_days: float | None = None
    """The log ends this many days after `first_day`, in the middle of whatever goes on."""

    @property
    def days(self) -> int:
        """Calendar days of the log."""
        return 7 * self.weeks

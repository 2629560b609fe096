"""What a world must fulfil: impossible parameters end in one line that names them."""

from dataclasses import fields
from math import isfinite, isnan

from resume_gap.synthetic.parameters import Parameters


def check_world(world: Parameters) -> None:
    """Refuse a world that cannot be.

    Raises:
        ValueError: one line with the parameter and its bounds.
    """
    for field in fields(world):
        _check(field.name, getattr(world, field.name))
    for name, least in _LEAST.items():
        _require(getattr(world, name) >= least, f"{name} must be at least {least}")
    for name in _POSITIVE:
        _require(getattr(world, name) > 0, f"{name} must be above 0")
    for name, choices in _CHOICES.items():
        value = getattr(world, name)
        _require(value in choices, f"{name} must be one of {', '.join(choices)}, not {value!r}")
    _require(
        len(world.roles) == len(world.role_shares) == len(world.role_search_factors) > 0,
        "roles, role_shares and role_search_factors must have the same length",
    )
    _require(
        min(world.role_shares) >= 0 and abs(sum(world.role_shares) - 1) < 1e-9,
        "role_shares must sum to 1",
    )
    _require(min(world.role_search_factors) > 0, "role_search_factors must be above 0")
    _require(len(world.time_zone_hours) > 0, "time_zone_hours must not be empty")
    _require(
        max(map(abs, world.time_zone_hours)) <= 14,
        "time_zone_hours must lie in [-14, 14]",
    )
    _require(
        0 <= world.treatment_share + world.treatment_skew <= 1,
        "treatment_share + treatment_skew must lie in [0, 1]",
    )
    _require(
        world.workday_start_hour + 1 <= world.workday_end_hour <= 22,
        "workday_end_hour must be at least an hour after workday_start_hour and at most 22",
    )
    _require(
        world.short_share + world.meeting_share <= 1,
        "short_share + meeting_share must be at most 1",
    )
    _require(
        world.contexts_per_user <= world.contexts, "contexts_per_user must be at most contexts"
    )
    _require(
        world.contexts * world.elements_per_context < 2**31,
        "contexts x elements_per_context must be below 2^31",
    )
    _require(
        world.step_max_seconds <= 180,
        "step_max_seconds must be at most 180: a stop is mid-task within ten minutes of work",
    )
    _require(
        world.away_again_floor_minutes >= world.pause_minutes,
        "away_again_floor_minutes must be at least pause_minutes",
    )
    _require(
        world.launch == "none" or 0 <= world.launch_day < world.days,
        f"launch_day must lie in [0, {world.days}), the days of the log",
    )
    _require(world.rollout_steps <= world.teams, "rollout_steps must be at most teams")
    _require(
        world.excess_seconds == 0 or world.reorientation == "steady",
        "excess_seconds needs reorientation='steady'",
    )
    _require(
        world.reorientation == "steady"
        or (world.reload_seconds == 0 and not world.calls_at_any_second),
        "reload_seconds and calls_at_any_second need reorientation='steady'",
    )
    _require(
        all(0 <= share <= 1 for share in world.staged_shares),
        "staged_shares must lie in [0, 1]",
    )
    _require(
        world.launch == "none" or world.launch_day + world.assignment_days <= world.days,
        f"launch_day + assignment_days must be at most {world.days}, the days of the log",
    )
    _require(
        world.launch == "trial" or (world.assigned_by == "user" and world.new_id_share == 0),
        "assigned_by='company' and new_id_share need launch='trial'",
    )
    _require(
        world.cut_days is None or 0 < world.cut_days <= world.days,
        f"cut_days must lie in (0, {world.days}], the days of the log",
    )


_LEAST = {
    "users": 1,
    "replications": 1,
    "weeks": 1,
    "devices_max": 1,
    "teams": 1,
    "contexts": 2,
    "contexts_per_user": 2,
    "elements_per_context": 4,
    "task_steps_mean": 2,
    "stretch_steps_median": 5,
    "stretches_per_day_mean": 1,
    "rollout_every_days": 1,
    "rollout_steps": 1,
    "launch_day": 0,
    "assignment_days": 1,
    "heartbeat_seconds": 1,
    "step_max_seconds": 1,
}
_POSITIVE = (
    "step_median_seconds",
    "thinking_median_seconds",
    "search_median_seconds",
    "search_max_seconds",
    "fresh_median_seconds",
    "give_up_scale_seconds",
    "struggler_search_factor",
    "short_median_minutes",
    "meeting_median_minutes",
    "call_median_minutes",
    "lunch_median_minutes",
    "away_again_median_minutes",
    "late_search_factor",
    "novelty_half_exposures",
    "pause_minutes",
    "cap_minutes",
)
_CHOICES: dict[str, tuple[str, ...]] = {
    "launch": ("none", "trial", "rollout", "switch"),
    "stamps": ("exact", "second", "minute"),
    "heartbeats": ("off", "work", "open"),
    "marker_events": ("none", "treatment", "both"),
    "reorientation": ("search", "steady"),
    "assigned_by": ("user", "company"),
}
_MAY_BE_INFINITE = ("give_up_scale_seconds", "novelty_half_exposures")
_MAY_BE_NEGATIVE = ("trend_seconds_per_week", "treatment_skew")


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def _check(name: str, value: object) -> None:
    """Refuse what the suffix of a parameter's name rules out."""
    if name.endswith("_share"):
        _require(
            isinstance(value, int | float) and 0 <= value <= 1,
            f"{name} must lie in [0, 1], not {value!r}",
        )
    elif isinstance(value, int | float):
        _require(not isnan(value), f"{name} must be a number")
        _require(isfinite(value) or name in _MAY_BE_INFINITE, f"{name} must be finite")
        _require(value >= 0 or name in _MAY_BE_NEGATIVE, f"{name} must not be negative")

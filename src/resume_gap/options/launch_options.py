"""Options that say what a resume marker could be worth, and how its launch is measured."""

from dataclasses import dataclass
from typing import ClassVar, Final

from resume_gap.constants import (
    ACTIVE_BEFORE,
    MIN_INTERVAL_USERS,
    MIN_LIFT,
    NOTICED_HIGH,
    NOTICED_LOW,
    NOTICED_MIDDLE,
    POWER,
    REMOVED_HIGH,
    REMOVED_LOW,
    REMOVED_MIDDLE,
    WORTH,
    WRONG_COST_HIGH,
    WRONG_COST_LOW,
    WRONG_COST_MIDDLE,
)
from resume_gap.options.numbers import Number, Shares, Three, Whole
from resume_gap.options.option import option, optional
from resume_gap.options.times import LOG_INSTANT
from resume_gap.options.values import File, Switch, Text

_ANALYZE: Final = ("analyze",)
_EVALUATE: Final = ("evaluate",)
_COMPARE: Final = ("compare",)
_PLAN: Final = ("plan",)
_SHARE: Final = Number(0, 1)
_SECONDS: Final = Number(0.01, 3_600, unit="s", noun="seconds")
_PEOPLE: Final = Whole(2, 1_000_000_000)


@dataclass(frozen=True, kw_only=True)
class SizingOptions:
    """What a resume marker could save, and what would be worth it."""

    heading: ClassVar[str] = "Sizing"

    noticed: tuple[float, float, float] = option(
        Three(_SHARE),
        metavar="L/M/H",
        commands=_ANALYZE,
        default=(NOTICED_LOW.value, NOTICED_MIDDLE.value, NOTICED_HIGH.value),
        help="Share of the markers that are noticed: low, middle, high",
        more="[The tutorial](tutorial.md#analyze-it) says how to choose the three assumptions.",
    )
    search_removed: tuple[float, float, float] = option(
        Three(_SHARE),
        metavar="L/M/H",
        commands=_ANALYZE,
        default=(REMOVED_LOW.value, REMOVED_MIDDLE.value, REMOVED_HIGH.value),
        help="Share of the search that a hit removes: low, middle, high",
    )
    wrong_arrow_cost: tuple[float, float, float] = option(
        Three(Number(0, 3_600, unit="s", noun="seconds")),
        metavar="L/M/H",
        commands=_ANALYZE,
        default=(WRONG_COST_LOW.value, WRONG_COST_MIDDLE.value, WRONG_COST_HIGH.value),
        help="Seconds that a miss costs: low, middle, high",
    )
    worth: float = option(
        _SECONDS,
        metavar="SECONDS",
        commands=(*_ANALYZE, *_EVALUATE, *_PLAN),
        default=WORTH.value,
        help="Least worthwhile saving per interruption",
        more="[The tutorial](tutorial.md#analyze-it) says how to choose it.",
    )
    min_lift: float = option(
        Number(0.1, 100, noun="points"),
        metavar="POINTS",
        commands=_ANALYZE,
        default=MIN_LIFT.value,
        help="Least worthwhile lift over the chance baseline, in points",
        more="[The tutorial](tutorial.md#analyze-it) says how to choose it.",
    )


@dataclass(frozen=True, kw_only=True)
class LaunchOptions:
    """A randomized launch."""

    heading: ClassVar[str] = "Launch"

    assignments: str | None = optional(
        File(),
        metavar="FILE",
        commands=_EVALUATE,
        absent="assignment events, or the log's `variant` column",
        help="Who was assigned to which variant, and when: user_id, variant, assigned_at",
    )
    experiment: str | None = optional(
        Text(),
        metavar="KEY",
        commands=_EVALUATE,
        absent="none",
        help="Experiment whose assignment events are in the log",
        more="As Segment, RudderStack, GrowthBook, Amplitude, Mixpanel, PostHog, Snowplow and"
        " OpenTelemetry write them; these events never start or stop a clock.",
    )
    control: str | None = optional(
        Text(),
        metavar="NAME",
        commands=_EVALUATE,
        absent="inferred from the names",
        help="Variant without the marker",
    )
    treatment: str | None = optional(
        Text(),
        metavar="NAME",
        commands=_EVALUATE,
        absent="inferred from the names",
        help="Variant with the marker",
    )
    sham: str | None = optional(
        Text(),
        metavar="NAME",
        commands=_EVALUATE,
        absent="no such arm",
        help="Variant with a marker that points at a random element, or none",
        more="The marker is then compared with the sham, and the sham against control: the first"
        " says whether it matters where the marker points, the second what any marker does."
        " The split of all three arms is checked; the sham counts as intended to be as large as"
        " treatment, unless --allocation says otherwise.",
    )
    allocation: tuple[float, ...] = option(
        Shares(),
        metavar="C/T",
        commands=_EVALUATE,
        default=(1.0, 1.0),
        help="Intended split of control and treatment; with --sham also C/T/S",
        more="Without a share of its own the sham counts as intended to be as large as treatment.",
    )
    stratify_by_day: bool = option(
        Switch(),
        commands=_EVALUATE,
        default=False,
        absent="refused where the split changes over time",
        help="Accept a staged launch: compare users within days of assignment only",
        more="The first return is compared so in any case; measures that cannot be are left out.",
    )
    unit: str | None = optional(
        Text(),
        metavar="COL",
        commands=_EVALUATE,
        absent="users, unless a column of the trial shows other units",
        help="Column of what was assigned at random: a company, a class; or user",
        more="Of the assignments file or of the log. Arms are then compared by units, of which"
        f" each arm needs {MIN_INTERVAL_USERS.value:.0f}. `user` says that users were assigned one"
        " by one.",
    )
    new_users: bool = option(
        Switch(),
        commands=_EVALUATE,
        default=False,
        help="Users are new: nothing came before their assignment",
        more="Without it, users without an event before their assignment are warned about: whoever"
        " was away then may have come back before the log begins.",
    )
    looks: int = option(
        Whole(1, 1_000),
        metavar="N",
        commands=(*_EVALUATE, *_PLAN),
        default=1,
        help="Interim looks at the trial; with more than one the interval holds at each",
    )
    planned_users: int | None = optional(
        _PEOPLE,
        metavar="N",
        commands=_EVALUATE,
        absent="the assigned users",
        help="With several looks: interrupted users planned for both arms together",
    )
    prediction: str | None = optional(
        File(),
        metavar="FILE",
        commands=(*_EVALUATE, *_COMPARE),
        absent="`prediction.json` in the output folder",
        help="What analyze wrote before the launch",
        more="Its inactivity threshold (unless --gap says another), its primary cap and, in"
        " evaluate, its target rule are used, and its figures are compared with what was measured.",
    )


@dataclass(frozen=True, kw_only=True)
class BeforeAfterOptions:
    """A launch that was not randomized."""

    heading: ClassVar[str] = "Launch"

    launch_us: int | None = optional(
        LOG_INSTANT,
        key="launch",
        metavar="DATE",
        commands=_COMPARE,
        absent="one of --launch and --rollout must be given",
        help="When everybody got the marker; a date means its midnight",
        more="In the zone of `--tz` (UTC unless given); a time with an offset is in its own.",
    )
    rollout: str | None = optional(
        File(),
        metavar="FILE",
        commands=_COMPARE,
        absent="one of --launch and --rollout must be given",
        help="Who got the marker when, one after the other: unit, launched_at",
        more="A unit without a time never got it. Units of the log that the file does not name are"
        " left out.",
    )
    rollout_by: str | None = optional(
        Text(),
        metavar="COL",
        commands=_COMPARE,
        absent="the units are users",
        help="Column of the log whose values are the units: a team, a company",
    )


@dataclass(frozen=True, kw_only=True)
class PlanningOptions:
    """A trial that is still to come."""

    heading: ClassVar[str] = "Plan"

    effect: float | None = optional(
        _SECONDS,
        metavar="SECONDS",
        commands=_PLAN,
        absent="that of `--worth`",
        help="Effect per interruption that the trial should find",
    )
    power: float = option(
        Number(0.1, 0.999, noun="a share"),
        metavar="SHARE",
        commands=_PLAN,
        default=POWER.value,
        help="Chance of finding the effect",
    )
    users: int | None = optional(
        _PEOPLE,
        metavar="N",
        commands=_PLAN,
        absent=f"those active in the last {ACTIVE_BEFORE.value / 86_400:g} days of the log",
        help="Users to be assigned, both arms together",
        more="They are the users at hand of the plan.",
    )

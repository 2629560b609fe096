"""What a run was asked to do: options over the configuration file over defaults."""

import dataclasses
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from resume_gap.errors import UsageError
from resume_gap.options.launch_options import (
    BeforeAfterOptions,
    LaunchOptions,
    PlanningOptions,
    SizingOptions,
)
from resume_gap.options.log_options import MeaningOptions, ReadingOptions, RowOptions
from resume_gap.options.names import EVENT_COLUMNS as EVENT_COLUMNS  # noqa: PLC0414
from resume_gap.options.names import nearest as nearest  # noqa: PLC0414
from resume_gap.options.option import Option
from resume_gap.options.run_options import ReportOptions, RunOptions
from resume_gap.options.table import OPTIONS, SHORT_COLUMNS, options_for, settings_of
from resume_gap.options.times import Instant
from resume_gap.options.values import File, Unfit, shown
from resume_gap.units import EPOCH, MINUTE_US, US

EXPOSURES: Final = (
    "Experiment Viewed",
    "Viewed Experiment",
    "experiment_viewed",
    "ExperimentViewed",
    "$experiment_started",
    "$exposure",
    "$feature_flag_called",
    "feature_flag.evaluation",
)
"""Events by which the common trackers say that a user was assigned (Segment, RudderStack,
GrowthBook, Snowplow, Matomo, GA4, Mixpanel, Amplitude, PostHog, OpenTelemetry)."""

_IN_FILE: Final = tuple(one for one in OPTIONS if one.in_file)
_FILES: Final = frozenset(one.field for one in _IN_FILE if isinstance(one.kind, File))
"""Fields that hold the path of a file."""
_RIVALS: Final[Mapping[str, frozenset[str]]] = {
    "assignments": frozenset({"experiment"}),
    "experiment": frozenset({"assignments"}),
    "launch_us": frozenset({"rollout", "rollout_by"}),
    "rollout": frozenset({"launch_us"}),
}
"""Fields with those that have no place beside them."""
_SAME_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "end": frozenset({"duration"}),
    "duration": frozenset({"end"}),
}
"""Event columns with those that mean the same."""


@dataclass(frozen=True, kw_only=True)
class Settings(
    ReadingOptions,
    MeaningOptions,
    SizingOptions,
    LaunchOptions,
    BeforeAfterOptions,
    PlanningOptions,
    RowOptions,
    ReportOptions,
    RunOptions,
):
    """All settings of a run, checked and in inner units; each field is declared as an option."""

    typed: frozenset[str] = frozenset()
    """The fields whose values were typed on a command line, where a person sees what is wrong with
    them; a value that stands in a file must not end a nightly run."""
    configured: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Event columns that a configuration file maps, with the path of the file: a person may not
    know that it is read."""

    def __post_init__(self) -> None:
        """Refuse what no run can mean."""
        for wrong, message in (
            (
                self.since_us is not None
                and self.until_us is not None
                and self.since_us >= self.until_us,
                "--since is at or after --until: no row could be used",
            ),
            (
                self.assignments is not None and self.experiment is not None,
                "give --assignments or --experiment, not both",
            ),
            (
                self.launch_us is not None and self.rollout is not None,
                "give --launch for one date or --rollout for several, not both",
            ),
            (
                self.rollout_by is not None and self.rollout is None,
                "--rollout-by names the units of a roll-out; give --rollout, too",
            ),
            (
                self.control is not None and self.control == self.treatment,
                "--control and --treatment: two different variants",
            ),
            (
                self.sham is not None and self.sham in (self.control, self.treatment),
                "--sham is a third variant, neither control nor treatment",
            ),
            (
                self.sham is None and len(self.allocation) > 2,
                "--allocation: a third share is that of the sham arm; name it with --sham",
            ),
            (
                self.planned_users is not None and self.looks == 1,
                "--planned-users is for several looks; give --looks, too",
            ),
        ):
            if wrong:
                raise UsageError(message)

    def shown(self, command: str = "analyze") -> dict[str, Any]:
        """The settings that a command reads, in plain types, as they stand in `generated_from`."""
        read = settings_of(command)
        names = (field.name for field in dataclasses.fields(self) if field.name in read)
        return {name: _plain(getattr(self, name)) for name in names}


def resolve(
    options: Mapping[str, object],
    configuration: Mapping[str, object],
) -> Settings:
    """Options over configuration over defaults.

    Args:
        options: Key of the option to its value, typed as in Python (`inner_values` reads what was
            typed on a command line); None and empty lists count as not given.
        configuration: The keys of a configuration file.

    Raises:
        UsageError: A key is unknown or a value cannot be meant.
    """
    given = {key: value for key, value in options.items() if _is_given(value)}
    return settle(inner_values(given, _IN_FILE), inner_values(configuration, _IN_FILE))


def settle(
    options: Mapping[str, Any],
    configuration: Mapping[str, Any],
    *,
    typed: bool = False,
    config: Path | None = None,
) -> Settings:
    """`resolve` for inner values by field.

    Args:
        options: What was given.
        configuration: What stands in the configuration file.
        typed: A person typed the options.
        config: The configuration file, for messages.
    """
    merged = {**_beside(options, configuration, _RIVALS), **options}
    own = _columns(options)
    of_file = _beside(own, _columns(configuration), _SAME_COLUMNS)
    mapping = {**of_file, **own}
    configured = {} if config is None else dict.fromkeys(of_file.keys() - own.keys(), str(config))
    if {"end", "duration"} <= set(mapping):
        raise UsageError("--map: give end or duration, not both; they mean the same thing")
    values = {name: value for name, value in merged.items() if name not in SHORT_COLUMNS}
    zone = ZoneInfo(values.get("tz", ReadingOptions.tz))
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = _microseconds(value, zone)
    seen = frozenset(options) if typed else frozenset()
    return Settings(**{**values, "mapping": mapping}, typed=seen, configured=configured)


def inner_values(
    given: Mapping[str, object],
    known: Iterable[Option],
    *,
    where: str = "",
    typed: bool = True,
) -> dict[str, Any]:
    """The inner values by field of what was given by key.

    Args:
        given: What was given.
        known: The options that it may be.
        where: What a message begins with: a file.
        typed: Values are typed, as in a file or in Python; otherwise text as on a command line,
            a list of texts where an option repeats.

    Raises:
        UsageError: A key is unknown or a value cannot be meant.
    """
    options = {one.key: one for one in known}
    values: dict[str, Any] = {}
    for key, value in given.items():
        one = options.get(key)
        if one is None:
            raise UsageError(f"{where}unknown option {shown(key)}{nearest(key, sorted(options))}")
        values[one.field] = _read(one, value, where=where, typed=typed)
    return values


def command_line_values(command: str, given: Mapping[str, object]) -> dict[str, Any]:
    """`inner_values` of what was typed after a command."""
    return inner_values(given, options_for(command), typed=False)


def file_values(table: Mapping[str, object], path: str) -> dict[str, Any]:
    """`inner_values` of a configuration file, whose name messages begin with.

    A path in it begins at the folder of the file, wherever in or below it a command is run.
    """
    elsewhere = {one.key for one in OPTIONS} - {one.key for one in _IN_FILE}
    if typed_only := sorted(elsewhere & table.keys()):
        raise UsageError(
            f"{path}: {typed_only[0]} has no place in a file; give it with the command"
        )
    values = inner_values(table, _IN_FILE, where=f"{path}: ")
    folder = os.path.relpath(Path(path).parent)
    if folder == os.curdir:
        return values
    return {
        name: os.path.join(folder, value) if name in _FILES else value  # noqa: PTH118 - keeps `./`
        for name, value in values.items()
    }


def typed(value: object, one: Option) -> object:
    """A plain value of `generated_from` as it is typed, which differs for times only.

    Raises:
        Unfit: It is no time.
    """
    if not one.field.endswith("_us"):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unfit
    if isinstance(one.kind, Instant):
        return EPOCH + timedelta(microseconds=value)
    if value % MINUTE_US == 0:
        return f"{value // MINUTE_US}m"
    return f"{value // US}.{value % US:06}".rstrip("0").rstrip(".") + "s"


def _read(one: Option, value: object, *, where: str, typed: bool) -> object:
    try:
        if typed or isinstance(value, bool):
            return one.kind.take(value)
        return one.kind.parse_all(value) if one.kind.repeats else one.kind.parse(value)  # type: ignore[arg-type]
    except Unfit as error:
        name = f"{where}{one.key}" if where else one.flag
        if reason := str(error):
            raise UsageError(f"{name}: {reason}") from error
        hint = one.kind.hint(value)
        raise UsageError(f"{name} must be {one.kind.wanted}, not {shown(value)}{hint}") from error


def _columns(values: Mapping[str, Any]) -> dict[str, str]:
    """The mapping of one place: short forms over `map`."""
    short = {column: values[name] for name, column in SHORT_COLUMNS.items() if name in values}
    return {**values.get("mapping", {}), **short}


def _beside(
    own: Mapping[str, Any], of_file: Mapping[str, Any], rivals: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    """What stands in a file without what an option excludes."""
    out = frozenset().union(*(rivals.get(name, ()) for name in own))
    return {name: value for name, value in of_file.items() if name not in out}


def _is_given(value: object) -> bool:
    return value is not None and value not in ((), [], {})


def _microseconds(moment: datetime, zone: ZoneInfo) -> int:
    """Microseconds since 1970 in UTC; without an offset in that zone."""
    aware = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    delta = aware.astimezone(UTC) - EPOCH
    return delta // timedelta(microseconds=1)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in sorted(value.items())}
    return list(value) if isinstance(value, tuple) else value

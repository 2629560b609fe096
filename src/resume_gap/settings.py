"""What a run was asked to do: options over configuration file over defaults.

The nearest `resume-gap.toml`, else `[tool.resume-gap]` in the nearest `pyproject.toml`, counts;
its keys are the fields of `Settings`, unknown ones are refused with the nearest name.
"""

import dataclasses
import difflib
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from resume_gap.constants import (
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
from resume_gap.errors import UsageError
from resume_gap.results.common import DAY_US, US

EVENT_COLUMNS: Final = (
    "user_id", "timestamp", "event", "target", "context", "task", "end", "duration", "device",
    "sequence", "event_id", "received_at", "variant", "position", "stream",
)  # fmt: skip
"""The columns of an event, in the order of the method's section 1 (which breaks ties)."""

MARKER_KINDS: Final = ("shown", "clicked", "dismissed")
"""What a marker event may say."""

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

_ONLY_FOR: Final = {
    "analyze": ("noticed", "search_removed", "wrong_arrow_cost", "min_lift"),
    "evaluate": (
        "assignments", "experiment", "control", "treatment", "allocation", "looks",
        "planned_users", "prediction",
    ),
    "plan": ("effect", "power", "users", "looks"),
}  # fmt: skip
"""Fields that one command reads and the others do not."""

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|sec|m|min|h|d)", re.IGNORECASE)
_UNIT_US = {
    "ms": 1_000,
    "s": US,
    "sec": US,
    "m": 60 * US,
    "min": 60 * US,
    "h": 3600 * US,
    "d": 86_400 * US,
}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]i?B|B)", re.IGNORECASE)
_BYTES = {"B": 1} | {
    f"{unit}{binary}B": (1024 if binary else 1000) ** power
    for power, unit in enumerate("KMGT", 1)
    for binary in ("", "I")
}
_MEMORY = re.compile(r"\d+(\.\d+)?\s*([KMGT]i?B|B)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a run, checked and in inner units."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """Event column to the file's column (a dotted name walks into JSON)."""
    source: str = "auto"
    time_unit: str | None = None
    """Unit of numeric times: s, ms, us or ns; None: by the magnitude of the median."""
    tz: str = "UTC"
    """Zone of times that carry none, and of the hours of the day."""
    gap_us: int | None = None
    """The pause limit in microseconds; None: learned."""
    productive: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    marker: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of marker event (`MARKER_KINDS`) to names and patterns; never in the outcome."""
    all_returns: bool = False
    near: float | None = None
    """Positions this close count as the same element; None: elements are compared."""
    by: tuple[str, ...] = ()
    noticed: tuple[float, float, float] = (
        NOTICED_LOW.value,
        NOTICED_MIDDLE.value,
        NOTICED_HIGH.value,
    )
    search_removed: tuple[float, float, float] = (
        REMOVED_LOW.value,
        REMOVED_MIDDLE.value,
        REMOVED_HIGH.value,
    )
    wrong_arrow_cost: tuple[float, float, float] = (
        WRONG_COST_LOW.value,
        WRONG_COST_MIDDLE.value,
        WRONG_COST_HIGH.value,
    )
    """Seconds."""
    worth: float = WORTH.value
    """Least worthwhile saving per interruption, seconds."""
    min_lift: float = MIN_LIFT.value
    """Least worthwhile lift over chance, points."""
    assignments: str | None = None
    """File with `user_id, variant, assigned_at`."""
    experiment: str | None = None
    """Key of the experiment whose assignment events stand in the log."""
    control: str | None = None
    treatment: str | None = None
    allocation: tuple[float, float] = (1.0, 1.0)
    """Intended shares of control and treatment, in any unit."""
    looks: int = 1
    planned_users: int | None = None
    """Triggered users planned for both arms, fixed before the first of several looks."""
    prediction: str | None = None
    effect: float | None = None
    """Effect that a planned trial should find, seconds; None: `worth`."""
    power: float = POWER.value
    users: int | None = None
    """Users to be assigned in a planned trial; None: those of the log."""
    since_us: int | None = None
    until_us: int | None = None
    exclude_users: str | None = None
    keep_placeholder_ids: bool = False
    lenient: bool = False
    strict: bool = False
    show_ids: bool = False
    seed: int = 0
    memory_limit: str | None = None
    temp_limit: str | None = None
    """Most that the temporary folder may hold; None: in proportion to the input."""
    threads: int | None = None
    allow_views: bool = False

    def __post_init__(self) -> None:
        """Refuse what no run can mean."""
        for name in self.mapping:
            if name not in EVENT_COLUMNS:
                raise UsageError(
                    f"--map: {name!r} is not an event column{nearest(name, EVENT_COLUMNS)}; "
                    f"there are {', '.join(EVENT_COLUMNS)}"
                )
        if {"end", "duration"} <= set(self.mapping):
            raise UsageError("--map: give end or duration, not both; they say the same thing")
        if self.source not in ("auto", "plain"):
            raise UsageError(f"--source: {self.source!r} is not a source; there are auto, plain")
        if self.time_unit not in (None, "s", "ms", "us", "ns"):
            raise UsageError(f"--time-unit: {self.time_unit!r} is none of s, ms, us, ns")
        if self.gap_us is not None and not US <= self.gap_us <= 365 * DAY_US:
            raise UsageError("--gap: a pause limit is at least one second, at most 365 days")
        if self.memory_limit is not None and not _MEMORY.fullmatch(self.memory_limit.strip()):
            raise UsageError(f"--memory-limit: {self.memory_limit!r} is no size; write 2GB, 512MB")
        if self.threads is not None and self.threads < 1:
            raise UsageError("--threads: at least 1")
        self._check_sizing()
        self._check_launch()
        self._check_numbers()
        if (
            self.since_us is not None
            and self.until_us is not None
            and (self.since_us >= self.until_us)
        ):
            raise UsageError("--since stands at or after --until: no row could be used")
        zone(self.tz)

    def _check_sizing(self) -> None:
        """Refuse assumptions and marks that cannot be meant."""
        if self.near is not None and not (math.isfinite(self.near) and self.near >= 0):
            raise UsageError("--near: a distance is 0 or more, in units of the position column")
        for option, values in (("noticed", self.noticed), ("search-removed", self.search_removed)):
            if not all(0 <= value <= 1 for value in values):
                raise UsageError(f"--{option}: shares lie between 0 and 1; write 0.2/0.5/0.8")
        for option in ("noticed", "search_removed", "wrong_arrow_cost"):
            values = getattr(self, option)
            if list(values) != sorted(values) or not all(0 <= v < math.inf for v in values):
                raise UsageError(
                    f"--{option.replace('_', '-')}: low, middle and high in this order, none"
                    " below 0"
                )
        if not 0 < self.worth < math.inf:
            raise UsageError("--worth: seconds above 0, like 5s")
        if not 0 < self.min_lift <= 100:
            raise UsageError("--min-lift: points between 0 and 100, like 10")

    def _check_launch(self) -> None:
        """Refuse a trial that cannot be meant."""
        for kind in self.marker:
            if kind not in MARKER_KINDS:
                raise UsageError(
                    f"--marker: {kind!r} is no kind of marker event{nearest(kind, MARKER_KINDS)}; "
                    f"there are {', '.join(MARKER_KINDS)}: write --marker shown=NAMES"
                )
        if self.assignments is not None and self.experiment is not None:
            raise UsageError("give --assignments or --experiment, not both")
        if self.control is not None and self.control == self.treatment:
            raise UsageError("--control and --treatment: two different variants")
        if not all(0 < share < math.inf for share in self.allocation):
            raise UsageError("--allocation: two shares above 0, like 50/50")
        if self.effect is not None and not 0 < self.effect < math.inf:
            raise UsageError("--effect: seconds above 0, like 5s")
        if not 0.05 < self.power < 1:
            raise UsageError("--power: a share between 0.05 and 1, like 0.8")

    def _check_numbers(self) -> None:
        """Refuse numbers of looks and users that cannot be meant."""
        least = {"looks": 1, "planned_users": 2, "users": 2}
        for name, lowest in least.items():
            if (value := getattr(self, name)) is not None and value < lowest:
                raise UsageError(f"--{name.replace('_', '-')}: at least {lowest}")
        if self.temp_limit is not None:
            parse_size(self.temp_limit, option="--temp-limit")
        if self.planned_users is not None and self.looks == 1:
            raise UsageError("--planned-users is for several looks; give --looks, too")

    def shown(self, command: str = "analyze") -> dict[str, Any]:
        """The settings as they stand in `generated_from`, in plain types.

        Those that only other commands read are left out.
        """
        others = {n for of, names in _ONLY_FOR.items() if of != command for n in names}
        others -= {*_ONLY_FOR.get(command, ())}
        names = (f.name for f in dataclasses.fields(self) if f.name not in others)
        return {name: _plain(getattr(self, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in sorted(value.items())}
    return list(value) if isinstance(value, tuple) else value


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; UsageError where there is none."""
    unknown = UsageError(f"--tz: no time zone {name!r}; write one like Europe/Berlin")
    if name in ("localtime", "posixrules", "Factory") or name.startswith(("posix/", "right/")):
        # These are other zones on other machines, or known to Python only.
        raise unknown
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise unknown from error


def parse_size(text: str, *, option: str) -> int:
    """`512MB`, `2 GiB` to bytes.

    Raises:
        UsageError: It is no size, or one that no disk has.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None or not 0 < (number := float(match[1]) * _BYTES[match[2].upper()]) < 1e18:
        raise UsageError(f"{option}: {text!r} is no size; write 2GB, 512MB")
    return round(number)


def parse_gap(text: str) -> int | None:
    """`auto` to None, `90s`, `30m`, `1h` to microseconds."""
    if text.strip().lower() == "auto":
        return None
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"--gap: {text!r} is no duration; write auto, 90s, 30m or 1h")
    return round(float(match[1]) * _UNIT_US[match[2].lower()])


def parse_instant(text: str, *, option: str, tz: str) -> int:
    """A date or an ISO instant to microseconds UTC; without an offset in zone `tz`."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"{option}: {text!r} is no date; write 2026-03-01 or with a time"
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(tz))
    try:
        delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    except OverflowError as error:
        raise UsageError(f"{option}: {text!r} lies outside of the years 1 to 9999") from error
    return (delta.days * 86_400 + delta.seconds) * US + delta.microseconds


def parse_three(value: object, *, option: str, unit: str = "") -> tuple[float, float, float]:
    """Low, middle and high: `0.2/0.5/0.8`, or a list of three."""
    parts = value if isinstance(value, list | tuple) else str(value).split("/")
    if len(parts) != 3:
        raise UsageError(f"--{option.replace('_', '-')}: {value!r} is not low/middle/high")
    low, middle, high = _numbers([str(part) for part in parts], option=option, unit=unit)
    return low, middle, high


def _numbers(texts: Sequence[str], *, option: str, unit: str) -> list[float]:
    try:
        return [float(text.strip().removesuffix(unit)) for text in texts]
    except ValueError as error:
        raise UsageError(
            f"--{option.replace('_', '-')}: {'/'.join(texts)!r} is no number"
            + (" of seconds" if unit else "")
        ) from error


def parse_mapping(text: str) -> dict[str, str]:
    """`user_id=uid,timestamp=ts` to a dict; a column's name may hold `=` but no comma."""
    pairs: dict[str, str] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, equals, column = item.partition("=")
        if not equals or not column.strip():
            raise UsageError(f"--map: {item!r} is no pair; write user_id=COLUMN,timestamp=COLUMN")
        pairs[name.strip()] = column.strip()
    return pairs


def parse_marker(value: object) -> dict[str, tuple[str, ...]]:
    """`shown=marker_shown,arrow_*` (or a list of such texts, or a table) to names by kind."""
    if isinstance(value, Mapping):
        return {str(kind): parse_names(names) for kind, names in value.items()}
    found: dict[str, tuple[str, ...]] = {}
    for text in [value] if isinstance(value, str) else list(value or ()):  # type: ignore[call-overload]
        kind, equals, names = str(text).partition("=")
        if not equals or not parse_names(names):
            raise UsageError(f"--marker: {text!r} names no event; write --marker shown=NAMES")
        found[kind.strip()] = (*found.get(kind.strip(), ()), *parse_names(names))
    return found


def parse_allocation(value: object) -> tuple[float, float]:
    """Control and treatment: `50/50`, `9:1`, or a list of two."""
    parts = value if isinstance(value, list | tuple) else re.split("[/:]", str(value))
    if len(parts) != 2:
        raise UsageError(f"--allocation: {value!r} is not control/treatment, like 50/50")
    control, treatment = _numbers([str(part) for part in parts], option="allocation", unit="")
    return control, treatment


def parse_names(values: object) -> tuple[str, ...]:
    """Comma lists, repeated or not, to one tuple without repetitions."""
    texts = [values] if isinstance(values, str) else list(values or ())  # type: ignore[call-overload]
    names = (part.strip() for text in texts for part in str(text).split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def nearest(name: str, known: "Mapping[str, Any] | tuple[str, ...]") -> str:
    """` (did you mean X?)` for the known name nearest to `name`, or nothing."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


_FILE_KEYS: Final[dict[str, type]] = {
    "map": dict, "source": str, "time_unit": str, "tz": str, "gap": str, "productive": tuple,
    "complete": tuple, "away": tuple, "ignore": tuple, "all_returns": bool, "near": float,
    "by": tuple, "noticed": str, "search_removed": str, "wrong_arrow_cost": str, "worth": str,
    "min_lift": float, "marker": dict, "assignments": str, "experiment": str, "control": str,
    "treatment": str, "allocation": str, "looks": int, "planned_users": int, "prediction": str,
    "effect": str, "power": float, "users": int, "since": str,
    "until": str, "exclude_users": str, "keep_placeholder_ids": bool, "lenient": bool,
    "strict": bool, "show_ids": bool, "seed": int, "memory_limit": str, "temp_limit": str,
    "threads": int, "allow_views": bool,
}  # fmt: skip
"""The keys of the configuration and the types of their values."""


def find_configuration(start: Path) -> Path | None:
    """The nearest configuration file at or above `start`."""
    for folder in (start, *start.parents):
        own = folder / "resume-gap.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "resume-gap" in _tools(_read_toml(project)):
            return project
    return None


def read_configuration(path: Path) -> dict[str, Any]:
    """The keys of a configuration file, checked by name."""
    table = _read_toml(path)
    if path.name == "pyproject.toml":
        table = _tools(table).get("resume-gap", {})
    if not isinstance(table, dict):
        raise UsageError(f"{path}: tool.resume-gap is no table; write [tool.resume-gap]")
    for key in table:
        if key not in _FILE_KEYS:
            raise UsageError(
                f"{path}: unknown key {key!r}{nearest(key, tuple(sorted(_FILE_KEYS)))}"
            )
    return dict(table)


def _tools(project: dict[str, Any]) -> dict[str, Any]:
    tools = project.get("tool")
    return tools if isinstance(tools, dict) else {}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def resolve(options: Mapping[str, Any], configuration: Mapping[str, Any]) -> Settings:
    """Options over configuration over defaults; values in outer form (text as a person writes).

    Args:
        options: Only what was given; None and empty lists count as not given.
        configuration: The keys of a configuration file.

    Raises:
        UsageError: A key is unknown or a value cannot be meant.
    """
    # 0 is a value, and equal to False.
    given = {k: v for k, v in options.items() if v is not False and v not in (None, (), [], {})}
    for key in given:
        if key not in _FILE_KEYS:
            raise UsageError(f"unknown option {key!r}{nearest(key, tuple(sorted(_FILE_KEYS)))}")
    merged = {**configuration, **given}
    values: dict[str, Any] = {}
    mapping = configuration.get("map", {})
    if not isinstance(mapping, Mapping):
        mapping = parse_mapping(str(mapping))
    values["mapping"] = {**mapping, **given.get("map", {})}
    for name, column in values["mapping"].items():
        if not isinstance(column, str):
            raise UsageError(f"map: {name} = {column!r} is no column; give its name as text")
    for key, value in merged.items():
        if key in ("since", "until"):
            tz = str(merged.get("tz", "UTC"))
            values[f"{key}_us"] = parse_instant(str(value), option=f"--{key}", tz=tz)
        elif key in _PARSED:
            name, parse = _PARSED[key]
            values[name] = parse(value)
        elif key != "map":
            values[key] = _convert(key, value)
    return Settings(**values)


_PARSED: Final[dict[str, tuple[str, Callable[[object], object]]]] = {
    "gap": ("gap_us", lambda value: parse_gap(str(value))),
    "noticed": ("noticed", partial(parse_three, option="noticed")),
    "search_removed": ("search_removed", partial(parse_three, option="search_removed")),
    "wrong_arrow_cost": (
        "wrong_arrow_cost", partial(parse_three, option="wrong_arrow_cost", unit="s"),
    ),
    "worth": ("worth", lambda value: _numbers([str(value)], option="worth", unit="s")[0]),
    "effect": ("effect", lambda value: _numbers([str(value)], option="effect", unit="s")[0]),
    "marker": ("marker", parse_marker),
    "allocation": ("allocation", parse_allocation),
}  # fmt: skip
"""Keys whose values are read by a rule of their own, with the field that they fill."""


def _convert(key: str, value: object) -> object:
    """A value of the configuration in its type; refused where it has another."""
    kind = _FILE_KEYS[key]
    if kind is tuple:
        if isinstance(value, Mapping) or not isinstance(value, Iterable):
            raise UsageError(f"{key}: {value!r} is no list of names")
        if not all(isinstance(name, str) for name in value):
            raise UsageError(f"{key}: {value!r} holds something that is no name")
        return parse_names(value)
    if kind is str:
        return str(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        wanted = "true or false" if kind is bool else "a number"
        wanted = "a whole number" if kind is int else wanted
        raise UsageError(f"{key}: {value!r} is not {wanted}")
    return value

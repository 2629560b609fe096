"""Numbers, shares, durations and sizes."""

import math
import operator
import re
from typing import Any, Final

from resume_gap.options.values import Unfit, ValueKind
from resume_gap.units import DAY_US, HOUR_US, MINUTE_US, US

_NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_UNIT_US: Final = {
    "ms": US // 1_000,
    "s": US,
    "sec": US,
    "m": MINUTE_US,
    "min": MINUTE_US,
    "h": HOUR_US,
    "d": DAY_US,
}
_DURATION = re.compile(
    rf"(\d{{1,12}}(?:\.\d{{1,6}})?)\s*({'|'.join(_UNIT_US)})", re.ASCII | re.IGNORECASE
)
_BYTES: Final = {"B": 1} | {
    f"{unit}{binary}B": (1_024 if binary else 1_000) ** power
    for power, unit in enumerate("KMGT", 1)
    for binary in ("", "I")
}
_SIZE = re.compile(r"(\d{1,18}(?:\.\d{1,6})?)\s*([KMGT]i?B|B)", re.ASCII | re.IGNORECASE)


class Whole(ValueKind[int]):
    """A whole number; 2.0 is none, and neither is True."""

    annotation = "int"

    def __init__(self, low: int, high: int) -> None:
        self._low, self._high = low, high
        self.bounds = f"{low:,} to {high:,}"
        self.wanted = f"a whole number from {self.bounds}"

    def parse(self, text: str) -> int:
        if not _WHOLE.fullmatch(text.strip()):
            raise Unfit
        return self.take(int(text))

    def take(self, value: object) -> int:
        if isinstance(value, bool) or not hasattr(value, "__index__"):
            raise Unfit
        number = operator.index(value)
        if not self._low <= number <= self._high:
            raise Unfit
        return number

    def show(self, value: object) -> str:
        return f"{value:,}"


class Number(ValueKind[float]):
    """A number without an exponent; where it has a unit, the unit may follow it."""

    def __init__(self, low: float, high: float, *, unit: str = "", noun: str = "a number") -> None:
        self._low, self._high, self._unit = low, high, unit
        self.annotation = "float | str" if unit else "float"
        self.bounds = f"{_figure(low)}{unit} to {_figure(high)}{unit}"
        self.wanted = f"{noun} from {self.bounds}"

    def parse(self, text: str) -> float:
        bare = text.strip().removesuffix(self._unit).strip()
        if not _NUMBER.fullmatch(bare):
            raise Unfit
        return self.take(float(bare))

    def take(self, value: object) -> float:
        if isinstance(value, str) and self._unit:
            return self.parse(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Unfit
        # False for NaN, and exact for whole numbers that no float can hold.
        if not self._low <= value <= self._high:
            raise Unfit
        return float(value)

    def show(self, value: object) -> str:
        return f"{_figure(float(str(value)))}{self._unit}"


class Three(ValueKind[tuple[float, float, float]]):
    """Low, middle and high: `0.2/0.5/0.8`, or a list of three."""

    annotation = "str | Sequence[float]"

    def __init__(self, each: Number) -> None:
        self._each = each
        self.bounds = each.bounds
        self.wanted = f"low/middle/high in this order, each {each.wanted}"

    def parse(self, text: str) -> tuple[float, float, float]:
        return self._ordered([self._each.parse(part) for part in _parts(text, "/", 3)])

    def take(self, value: object) -> tuple[float, float, float]:
        if isinstance(value, str):
            return self.parse(value)
        return self._ordered([self._each.take(part) for part in _items(value, 3)])

    def _ordered(self, values: list[float]) -> tuple[float, float, float]:
        low, middle, high = values
        if not low <= middle <= high:
            raise Unfit
        return low, middle, high

    def show(self, value: object) -> str:
        return "/".join(_figure(part) for part in _items(value, 3))


class Shares(ValueKind[tuple[float, ...]]):
    """Control, treatment and where there is one a sham: `50/50`, `9:1`, `2/1/1`, in any unit."""

    annotation = "str | Sequence[float]"
    _least: Final = 0.001

    def __init__(self) -> None:
        self._each = Number(self._least, 1_000_000)
        self.bounds = self._each.bounds
        self.wanted = (
            f"control/treatment like 50/50, or with a sham control/treatment/sham like 2/1/1, each"
            f" {self._each.wanted}, none below {self._least:.1%} of all"
        )

    def parse(self, text: str) -> tuple[float, ...]:
        return self._all([self._each.parse(part) for part in _parts(text, "[/:]", 2, 3)])

    def take(self, value: object) -> tuple[float, ...]:
        if isinstance(value, str):
            return self.parse(value)
        return self._all([self._each.take(part) for part in _items(value, 2, 3)])

    def _all(self, values: list[float]) -> tuple[float, ...]:
        if min(values) < self._least * sum(values):
            raise Unfit
        return tuple(values)

    def show(self, value: object) -> str:
        shares = _items(value, 2, 3)
        return "/".join(_figure(share / sum(shares) * 100) for share in shares)


class Duration(ValueKind[int | None]):
    """`auto` to None, `90s`, `30m`, `1h` to microseconds."""

    def __init__(self, low: str, high: str) -> None:
        self._low, self._high = _duration_us(low), _duration_us(high)
        self.bounds = f"{low} to {high}"
        self.wanted = f"auto, or a duration from {self.bounds} with its unit, like 90s, 30m or 1h"

    def parse(self, text: str) -> int | None:
        if text.strip().lower() == "auto":
            return None
        value = _duration_us(text)
        if not self._low <= value <= self._high:
            raise Unfit
        return value

    def show(self, value: object) -> str:
        if isinstance(value, int) and value % US == 0:
            return f"{value // US}s"
        return "auto" if value is None else f"{value} us"


class Size(ValueKind[str]):
    """A size in memory or on a disk, kept as it was given; `size_bytes` gives its bytes."""

    def __init__(self, low: str, high: str) -> None:
        self._low, self._high = size_bytes(low), size_bytes(high)
        self.bounds = f"{low} to {high}"
        self.wanted = f"a size from {self.bounds}, like 2GB or 512MB"

    def parse(self, text: str) -> str:
        if not self._low <= size_bytes(text) <= self._high:
            raise Unfit
        return text.strip()


def size_bytes(text: str) -> int:
    """`512MB`, `2 GiB` to bytes.

    Raises:
        Unfit: It is no size.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise Unfit
    return math.floor(float(match[1]) * _BYTES[match[2].upper()])


def _duration_us(text: str) -> int:
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise Unfit
    return round(float(match[1]) * _UNIT_US[match[2].lower()])


def _parts(text: str, separator: str, *counts: int) -> list[str]:
    parts = re.split(separator, text)
    if len(parts) not in counts:
        raise Unfit
    return parts


def _items(value: object, *counts: int) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) not in counts:
        raise Unfit
    return list(value)


def _figure(value: float) -> str:
    """A number without an exponent and without zeros at its end."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")

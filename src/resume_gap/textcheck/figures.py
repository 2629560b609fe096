"""The figures of a `summary.json`, each with its unit and the ends of its interval."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from resume_gap.textcheck.written import TextUnit, Written, numbers_of

_LEFT_OUT: Final = frozenset(
    {
        "schema_version",
        "tool_version",
        "inputs",
        "sha256",
        "gap_histogram",
        "curve",
        "curves",
        "resolution",
        "tornado",
    }
)
"""Keys with nothing in them that a text would quote, and much that equals a number by chance."""
_OWN_INTERVAL: Final = frozenset({"estimate", "hit", "upper"})
"""Keys whose interval is `ci_lower` and `ci_upper` beside them."""
_WITHOUT_INTERVAL: Final = frozenset({"threshold", "figures"})
"""Objects whose figures are quoted without one: the threshold that was used, and what a
recommendation was derived from."""
_ENDS: Final = ("ci_lower", "ci_upper", "_lower", "_upper", "_lower_seconds", "_upper_seconds")
_UPPER: Final = ("_upper", "_upper_seconds")
_BOUNDS: Final = ("opportunity.minutes_per_user_week",)
"""Figures that are upper bounds, and whose names do not say so."""
_CHANGES: Final = ("excess.estimate", "excess.ci_", "evaluation.primary.")
"""Where the first screen's figures of a change are: one above 0 is longer, or more."""
_RANGE: Final = ("lower", "upper")
"""Ends of a range over several comparisons, where both are there."""
_SENTENCES: Final = ("badge", "caption", "cautions")
"""Parts of the first screen that are read alone; its figures have their intervals beside them."""
_SECONDS_OF_A_MINUTE: Final = 60.0
_MOST: Final = 10
"""A larger figure whose name states no unit is no share: no text writes over 1,000 %."""


class ReportFigure(NamedTuple):
    """One number of a report.

    Attributes:
        path: Where it is in `summary.json`: `excess.estimate`.
        value: As it is there.
        unit: In what it may be written: None where its name does not say; then a value of at most
            `_MOST` may be a share or seconds.
        scale: What makes seconds of it, where it is a length.
        interval: The ends of its interval, or of the one that it is an end of; None without one.
        is_end: It is an end of an interval itself.
        is_shown: The report's first screen shows it, with its interval where it has one.
    """

    path: str
    value: float
    unit: TextUnit | None
    scale: float
    interval: tuple[float, float] | None
    is_end: bool
    is_shown: bool = False

    @property
    def is_bound(self) -> bool:
        """It is the most that something can be, and no end of an interval."""
        is_upper = self.path.endswith(_UPPER) and self.interval is None
        return is_upper or self.path.endswith(_BOUNDS)

    @property
    def direction(self) -> int:
        """1 for a change to longer or more, -1 for one to shorter or less; 0 for no change."""
        is_change = self.value < 0 or self.path.startswith(_CHANGES)
        return (self.value > 0) - (self.value < 0) if is_change else 0

    def in_unit(self, unit: TextUnit) -> float | None:
        """Its value in the unit of a text; None where it cannot be meant."""
        if self.unit is not None and self.unit != unit:
            return None
        if unit == "none":
            return self.value
        if unit == "share":
            return self.value if abs(self.value) <= _MOST or self.unit == "share" else None
        return self.value * self.scale


def figures_of(summary: Mapping[str, Any]) -> list[ReportFigure]:
    """The figures of a summary, in its order."""
    return list(_walk(summary, "", within="", intervals=True))


def first_screen_of(summary: Mapping[str, Any]) -> list[tuple[str, Written]]:
    """The numbers in the texts of the first screen, each with where it stands."""
    made = summary.get("generated_from") or {}
    parts = {key: summary.get(key) for key in ("headline", "first_screen")}
    texts = [*_texts(parts, ""), *_texts(made.get("subject"), "generated_from.subject")]
    return [(path, one) for path, text in texts for one in numbers_of(text)]


def sentences_of(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the first screen says in whole sentences beside its figures, each with its place."""
    screen = summary.get("first_screen") or {}
    parts = {key: screen.get(key) for key in _SENTENCES}
    return [(path, text) for path, text in _texts(parts, "first_screen") if text.strip()]


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{i}]")


def _walk(value: object, path: str, *, within: str, intervals: bool) -> Iterator[ReportFigure]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _LEFT_OUT:
                continue
            here = f"{path}.{key}" if path else key
            if _is_number(inner):
                yield _figure(value, key, here, within=within, intervals=intervals)
            else:
                yield from _walk(
                    inner,
                    here,
                    within=str(value.get("unit") or key),
                    intervals=intervals and key not in _WITHOUT_INTERVAL,
                )
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            name = inner.get("name") if isinstance(inner, dict) else None
            yield from _walk(inner, f"{path}[{name or i}]", within=within, intervals=intervals)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _figure(
    beside: Mapping[str, Any], key: str, path: str, *, within: str, intervals: bool
) -> ReportFigure:
    unit, scale = _unit(key, beside, within)
    is_end = key.endswith(_ENDS) or (key in _RANGE and _both(beside, *_RANGE) is not None)
    ends = _interval(beside, key, is_end=is_end) if intervals else None
    return ReportFigure(path, float(beside[key]), unit, scale, ends, is_end)


def _unit(key: str, beside: Mapping[str, Any], within: str) -> tuple[TextUnit | None, float]:
    """What its name says about its unit."""
    if "minutes" in key:
        return "seconds", _SECONDS_OF_A_MINUTE
    if key.startswith("relative") or "share" in key or key.endswith("rate"):
        return "share", 1.0
    stated = beside.get("unit")
    if stated in ("seconds", "share"):
        return stated, 1.0
    if "seconds" in key or "seconds" in within:
        return "seconds", 1.0
    if isinstance(beside[key], int) and within != "settings":
        return "none", 1.0
    return None, 1.0


def _interval(beside: Mapping[str, Any], key: str, *, is_end: bool) -> tuple[float, float] | None:
    if is_end:
        return _both(beside, *(re.sub("lower|upper", end, key) for end in ("lower", "upper")))
    stem = key.removesuffix("_seconds")
    pairs = [(f"{key}_ci_lower", f"{key}_ci_upper")]
    if stem != key:
        pairs.append((f"{stem}_lower_seconds", f"{stem}_upper_seconds"))
    if key in _OWN_INTERVAL:
        pairs.append(("ci_lower", "ci_upper"))
    return next((ends for pair in pairs if (ends := _both(beside, *pair)) is not None), None)


def _both(beside: Mapping[str, Any], lower: str, upper: str) -> tuple[float, float] | None:
    ends = beside.get(lower), beside.get(upper)
    return (float(ends[0]), float(ends[1])) if all(map(_is_number, ends)) else None  # type: ignore[arg-type]

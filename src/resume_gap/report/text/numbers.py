"""Numbers as a person reads them, never finer than the stamps of the log allow."""

import math
import re
from collections.abc import Callable

from resume_gap.results.common import Estimate
from resume_gap.units import US

_PERCENT = re.compile(r"(?<=\d)%(?!\w)")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
"""Stands in a table where there is no figure."""


def count(n: int) -> str:
    """`12,345`."""
    return f"{n:,}"


def many(n: int, one: str, more: str | None = None) -> str:
    """`1 return`, `2 returns`."""
    return f"{count(n)} {one if n == 1 else more or one + 's'}"


def or_dash(value: float | None, form: Callable[[float], str]) -> str:
    """The figure in its form, or a dash."""
    return DASH if value is None else form(value)


def percent(share: float) -> str:
    """`34 %`, below a tenth `3.4 %`; never 0 or 100 for what is not all or nothing."""
    value = share * 100
    if value <= 0:
        return "0 %"
    if value < 0.1:
        return "under 0.1 %"
    if round(value, 1) < 10:
        return f"{value:.1f} %"
    if 99 < value < 100:
        return "over 99.9 %" if value > 99.9 else f"{value:.1f} %"
    return f"{value:.0f} %"


def part(n: float, of: float) -> str:
    """`34 %`: `n` as a share of `of`; a dash of nothing."""
    return percent(n / of) if of else DASH


def one_in(chance: float) -> str:
    """A small chance: `1 of 50,000`, in one significant digit; `fewer than 1 of 1,000,000`."""
    rarest = 1_000_000
    if chance * rarest < 1:
        return f"fewer than 1 of {rarest:,}"
    printed = float(f"{chance:.1g}")
    return f"1 of {float(f'{1 / printed:.1g}'):,.0f}"


def p_value(p: float) -> str:
    """A chance in a sentence: `p = 0.00002`, in one digit as `one_in` has it; `p < 0.000001`."""
    rarest = 1e-6
    if p <= rarest:
        return f"p < {rarest:f}"
    return f"p = {float(f'{p:.1g}'):f}".rstrip("0").rstrip(".")


def about(users: int) -> str:
    """A number that is reckoned, in two significant digits: `17,000`."""
    return f"{float(f'{users:.2g}'):,.0f}"


def exact_share(share: float) -> str:
    """A share that was set, such as a margin: `5 %`, `2.5 %`."""
    return f"{round(share * 100, 6):g} %"


def exact(seconds: float) -> str:
    """A length that was set, such as the inactivity threshold: to the second."""
    total = round(float(seconds), 1)
    if not total.is_integer():
        return f"{total:.1f} s" if total < 10 else exact(round(seconds))
    days, rest = divmod(int(total), _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    parts = (
        many(days, "day") if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
        f"{rest} s" if rest or not total else "",
    )
    return " ".join(part for part in parts if part)


def exact_us(micros: int) -> str:
    """A length that was set, from microseconds."""
    return exact(micros / US)


def round_to(seconds: float, step: float) -> float:
    """The length as it is printed: to the step the size asks for, at least `step`."""
    wide = max(_natural(seconds), step)
    return round(seconds / wide) * wide


def _natural(seconds: float) -> float:
    """The step that the size asks for."""
    size = abs(seconds)
    if size < 10:
        return 0.1
    if size < _HOUR:
        return 1.0
    return float(_MINUTE) if size < 2 * _DAY else _DAY / 10


def duration(
    seconds: float, step: float, *, like: float | None = None, most: float | None = None
) -> str:
    """A measured length: `4.2 s`, `41 s`, `7 min 18 s`, `3 h 5 min`, `2.5 days`.

    Args:
        seconds: The length, not negative.
        step: Twice the resolution of the stamps; nothing finer is printed.
        like: The largest length beside it, which chooses the unit.
        most: Never print more than this, such as the cap.
    """
    value = round_to(seconds, step)
    if value <= 0 < seconds:
        return f"under {exact(max(step, 0.1))}"
    if most is not None and value > most:
        return _length(most, 0, like)
    return _length(value, step, like)


def _length(seconds: float, step: float, like: float | None = None) -> str:
    largest = max(seconds, like or 0.0)
    if seconds < 10 and step < 1:
        return f"{seconds:.1f} s"
    total = round(seconds)
    if round(largest) < 2 * _MINUTE and step < _MINUTE:
        return f"{total} s"
    if round(largest) < 2 * _DAY:
        return exact(total)
    days = total / _DAY
    return f"{days:.0f} days" if days.is_integer() else f"{days:.1f} days"


def _largest(estimate: Estimate) -> float:
    """The largest of a figure and the ends of its interval."""
    ends = (estimate.estimate, estimate.ci_lower, estimate.ci_upper)
    return max(abs(end or 0.0) for end in ends)


def outwards(seconds: float, step: float, *, up: bool) -> float:
    """An end of an interval, moved away from the figure where the stamps are coarse."""
    if step <= _natural(seconds):
        return seconds
    return (math.ceil if up else math.floor)(round(seconds / step, 6)) * step


def seconds_figure(estimate: Estimate, step: float, *, most: float | None = None) -> str | None:
    """The figure alone, in the unit that it shares with its interval; or None."""
    if estimate.estimate is None:
        return None
    return duration(estimate.estimate, step, like=_largest(estimate), most=most)


def seconds_interval(estimate: Estimate, step: float, *, most: float | None = None) -> str | None:
    """`[65 s, 79 s]`, or None where there is no interval."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return None
    like = _largest(estimate)
    lower = outwards(max(0.0, estimate.ci_lower), step, up=False)
    upper = outwards(max(0.0, estimate.ci_upper), step, up=True)
    ends = (duration(end, step, like=like, most=most) for end in (lower, upper))
    return f"[{', '.join(ends)}]"


def signed(
    seconds: float, step: float, *, like: float | None = None, most: float | None = None
) -> str:
    """A difference of lengths: `41 s`, below 0 with a minus; nothing finer than `step`."""
    value = round_to(seconds, step)
    if value == 0:
        return f"{'0.0' if step < 1 else '0'} s"
    return (MINUS if value < 0 else "") + duration(abs(value), step, like=like, most=most)


def signed_figure(estimate: Estimate, step: float, *, most: float | None = None) -> str | None:
    """The difference alone, in the unit that it shares with its interval; or None."""
    if estimate.estimate is None:
        return None
    return signed(estimate.estimate, step, like=_largest(estimate), most=most)


def signed_interval(estimate: Estimate, step: float, *, most: float | None = None) -> str | None:
    """`[2.1 s, 4.5 s]`, ends below 0 with a minus, or None where there is no interval."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return None
    like = _largest(estimate)
    lower = outwards(estimate.ci_lower, step, up=False)
    upper = outwards(estimate.ci_upper, step, up=True)
    return f"[{', '.join(signed(end, step, like=like, most=most) for end in (lower, upper))}]"


def assumed(seconds: float, *, like: float = 0.0) -> str:
    """A difference that assumptions make: `-0.8 s`, `41 s`; stamps say nothing of its digits."""
    size = abs(seconds)
    sign = MINUS if seconds < 0 else ""
    if round(size, 1) >= 10:
        return sign + _length(round(size), 0, like)
    for digits in (1, 2):
        if round(size, digits):
            return f"{sign}{size:.{digits}f} s"
    return "0.0 s"


def assumed_interval(estimate: Estimate) -> str | None:
    """The interval of such a difference, or None."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return None
    like = _largest(estimate)
    return f"[{assumed(estimate.ci_lower, like=like)}, {assumed(estimate.ci_upper, like=like)}]"


def beside(value: float, asked: float, *, digits: int, up: bool) -> tuple[str, str]:
    """A limit and what it is compared with, in digits that keep them apart.

    Args:
        value: The limit; rounded up or down, never across what is asked for.
        asked: What it is compared with.
        digits: Decimals to begin with.
        up: Which way to round the limit.
    """
    while True:
        unit = 10**digits
        limit = (math.ceil if up else math.floor)(round(value * unit, 4)) / unit
        shown = tuple(f"{abs(n):.{digits}f}" for n in (limit, asked))
        apart = (limit < asked) == (value < asked) and shown[0] != shown[1]
        if apart or digits >= 6 or value == asked:
            return (MINUS if limit < 0 else "") + shown[0], shown[1]
        digits += 1


def multiplied(seconds: float) -> str:
    """A length with one digit more, for readers who multiply."""
    if seconds < 10:
        return f"{seconds:.2f} s"
    return f"{seconds:.1f} s" if seconds < 2 * _MINUTE else exact(seconds)


def spaced(text: str) -> str:
    """A sentence from elsewhere with `40 %` for `40%`."""
    return _PERCENT.sub(" %", text)


def points(share: float) -> str:
    """A difference of shares: `39 points`, below ten `3.4 points`."""
    value = _points(share)
    return f"{value} point" if value in ("1.0", f"{MINUS}1.0") else f"{value} points"


def points_interval(lower: float | None, upper: float | None) -> str | None:
    """`[34, 44]` in points, or None where there is no interval."""
    if lower is None or upper is None:
        return None
    return f"[{_points(lower)}, {_points(upper)}]"


def _points(share: float) -> str:
    value = share * 100
    size = round(abs(value), 1)
    text = f"{size:.1f}" if size < 10 else f"{abs(value):.0f}"
    return (MINUS if value < 0 and size > 0 else "") + text


def minutes(value: float) -> str:
    """Minutes a week: `2.6 minutes`, `14 minutes`, from two hours on `4.4 hours`."""
    if 0 < value < 0.05:
        return "under 0.1 minutes"
    if value < 9.95:
        return f"{value:.1f} minutes"
    if value < 119.5:
        return f"{value:.0f} minutes"
    hours = value / 60
    return f"{hours:.1f} hours" if hours < 9.95 else f"{hours:,.0f} hours"


def share_interval(estimate: Estimate) -> str | None:
    """`[30 %, 38 %]`, or None where there is no interval."""
    return share_interval_of(estimate.ci_lower, estimate.ci_upper)


def share_interval_of(lower: float | None, upper: float | None) -> str | None:
    """The same of two ends."""
    if lower is None or upper is None:
        return None
    return f"[{percent(max(0.0, lower))}, {percent(min(1.0, upper))}]"

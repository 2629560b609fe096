"""Numbers as a person reads them, never finer than the stamps of the log allow."""

from resume_gap.model import Estimate

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
MINUS = "\N{MINUS SIGN}"


def count(n: int) -> str:
    """`12,345`."""
    return f"{n:,}"


def many(n: int, one: str, more: str | None = None) -> str:
    """`1 return`, `2 returns`."""
    return f"{count(n)} {one if n == 1 else more or one + 's'}"


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


def exact(seconds: float) -> str:
    """A length that was set, such as the pause limit: to the second."""
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


def round_to(seconds: float, step: float) -> float:
    """The length as it is printed: to the step the size asks for, at least `step`."""
    size = abs(seconds)
    if size < 10:
        natural = 0.1
    elif size < _HOUR:
        natural = 1.0
    elif size < 2 * _DAY:
        natural = float(_MINUTE)
    else:
        natural = _DAY / 10
    wide = max(natural, step)
    return round(seconds / wide) * wide


def duration(seconds: float, step: float) -> str:
    """A measured length: `4.2 s`, `41 s`, `7 min 18 s`, `3 h 5 min`, `2.5 days`.

    Args:
        seconds: The length, not negative.
        step: Twice the resolution of the stamps; nothing finer is printed.
    """
    value = round_to(seconds, step)
    if value <= 0 < seconds:
        return f"under {exact(max(step, 0.1))}"
    return _length(value, step)


def _length(seconds: float, step: float) -> str:
    if seconds < 10 and step < 1:
        return f"{seconds:.1f} s"
    total = round(seconds)
    if total < 2 * _MINUTE and step < _MINUTE:
        return f"{total} s"
    if total < 2 * _DAY:
        return exact(total)
    days = total / _DAY
    return f"{days:.0f} days" if days.is_integer() else f"{days:.1f} days"


def seconds_interval(estimate: Estimate, step: float) -> str | None:
    """`[65 s, 79 s]`, or None where there is no interval."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return None
    lower = duration(max(0.0, estimate.ci_lower), step)
    return f"[{lower}, {duration(max(0.0, estimate.ci_upper), step)}]"


def signed_interval_of(lower: float | None, upper: float | None, step: float) -> str | None:
    """Two ends of a difference, or None."""
    return signed_interval(Estimate(ci_lower=lower, ci_upper=upper), step)


def signed(seconds: float, step: float) -> str:
    """A difference of lengths: `41 s`, below 0 with a minus; nothing finer than `step`."""
    value = round_to(seconds, step)
    if value == 0:
        return f"{'0.0' if step < 1 else '0'} s"
    return (MINUS if value < 0 else "") + duration(abs(value), step)


def signed_interval(estimate: Estimate, step: float) -> str | None:
    """`[2.1 s, 4.5 s]`, ends below 0 with a minus, or None where there is no interval."""
    if estimate.ci_lower is None or estimate.ci_upper is None:
        return None
    return f"[{signed(estimate.ci_lower, step)}, {signed(estimate.ci_upper, step)}]"


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

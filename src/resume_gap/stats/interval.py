"""A figure with its interval: what most functions of `stats` return."""

from typing import NamedTuple


class Interval(NamedTuple):
    """A number with its two-sided 95 % interval over users, in the units of the number.

    Attributes:
        estimate: None where it cannot be had: no user, no row.
        ci_lower: None without an estimate, from under 25 users, and where it would be infinite.
        ci_upper: None where `ci_lower` is, and only there.
    """

    estimate: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None

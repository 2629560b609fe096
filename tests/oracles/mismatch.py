"""A slow, obvious reference for where a sample ratio mismatch comes from.

Users are rows as `oracles.trial` sums them, with `in_log` beside. Nothing here is shared with the
program.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Arms = tuple[int, int]
"""Users of control and treatment."""


def arms(users: Iterable[dict[str, Any]]) -> Arms:
    """Count the users of both arms."""
    treated = [bool(user["is_treated"]) for user in users]
    return len(treated) - sum(treated), sum(treated)


def stages(users: Sequence[dict[str, Any]], lost: Arms) -> list[tuple[str, Arms, Arms]]:
    """By stage, who reached it and who is left after it; each stage takes only from the one before.

    `lost` are assignments that name an arm and cannot be used; nobody has their events.
    """
    known = [user for user in users if user["in_log"]]
    back = [user for user in known if user["interruptions"]]
    followed = [user for user in back if user["eligible"]]
    given = (arms(users)[0] + lost[0], arms(users)[1] + lost[1])
    return [
        ("assignment", given, given),
        ("logging", given, arms(known)),
        ("trigger", arms(known), arms(back)),
        ("analysis", arms(back), arms(followed)),
    ]


def split_p(
    rows: Sequence[tuple[str, bool]], *, least: int = 20, expected: int = 5, most: int = 50
) -> tuple[float, dict[str | None, Arms]] | None:
    """Chi-square of value by arm; rare values count together under None.

    A value counts by itself when at least `least` users have it and `expected` of them are expected
    in the smaller arm, and when it is one of the `most` most frequent.
    """
    treated = sum(arm for _, arm in rows)
    smaller = min(treated, len(rows) - treated)
    if not smaller:
        return None
    sizes = Counter(value for value, _ in rows)

    def is_enough(n: int) -> bool:
        return n >= least and n * smaller >= expected * len(rows)

    ranked = sorted(sizes, key=lambda value: (-sizes[value], value))
    alone = [value for value in ranked if is_enough(sizes[value])][:most]
    found: dict[str | None, Arms] = {}
    for value in alone:
        own = [arm for other, arm in rows if other == value]
        found[value] = (len(own) - sum(own), sum(own))
    others = [arm for value, arm in rows if value not in alone]
    if is_enough(len(others)):
        found[None] = (len(others) - sum(others), sum(others))
    total = sum(map(sum, found.values()))
    share = sum(n for _, n in found.values()) / max(total, 1)
    if len(found) < 2 or not 0 < share < 1:
        return None
    statistic = 0.0
    for control, treatment in found.values():
        n = control + treatment
        statistic += (control - n * (1 - share)) ** 2 / (n * (1 - share))
        statistic += (treatment - n * share) ** 2 / (n * share)
    return float(stats.chi2.sf(statistic, len(found) - 1)), found

"""Whether units were as usual right before their launch: a roll-out that is set earlier.

Where a unit is launched after weeks that were unlike it, a return to what is usual passes for an
effect. So the launches are set some periods earlier; what is measured until the true launches is
compared with what the periods before lead one to expect.
"""

from typing import NamedTuple

import numpy as np

from resume_gap.constants import ROLLOUT_LAST
from resume_gap.stats.imputed import Order, Panel, imputed, rank


class BeforeLaunch(NamedTuple):
    """The periods right before the launches.

    Attributes:
        seconds: Measured minus imputed, the mean over the launched units.
        p: Its rank among random orders of the launches, two-sided.
    """

    seconds: float
    p: float


def before_launch(rest: Panel, orders: Order, *, lines: bool) -> BeforeLaunch | None:
    """What was measured right before the launches, beyond what was expected.

    Args:
        rest: (units, periods) the panel without the effect of the launches.
        orders: (orders, units) launches as in the panel, then random ones.
        lines: Whether each unit has its own line.

    Returns:
        None where nothing was measured in these periods, or no unit is left to compare with.
    """
    back = int(ROLLOUT_LAST.value)
    found = imputed(rest, orders, back=back, lines=lines, periods_too=False).effects[:, 0]
    if not np.isfinite(found[0]):
        return None
    return BeforeLaunch(float(found[0]), rank(float(found[0]), found[1:]))

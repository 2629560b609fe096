"""Numbers behind the comparison without random assignment."""

from resume_gap.units import Constant

SERIES_DAYS = Constant(28, "days", "of history before a date, or nothing is expected of it")
SERIES_WINDOW = Constant(84, "days", "before a date tell its weekdays and its line")
SERIES_SMOOTH = Constant(7, "days", "whose mean tells how closely a measure follows its control")
SERIES_PRESENT = Constant(0.5, "", "of the days must have returns, before and after a date")
PLACEBOS_LEAST = Constant(53, "placebos", "with fewer no p-value can be 0.05 twice over")
CONTROL_LEAST = Constant(14, "windows", "fewer cannot tell how closely a measure follows")
CONTROL_NOISE = Constant(
    0.5, "", "of what a control moves at most counts as its noise from day to day"
)
CONTROL_JUMP = Constant(3, "days", "on each side of a date tell a jump of a control that drifts")

ROLLOUT_PERIODS = Constant(8, "periods", "before its launch tell a unit's own line")
ROLLOUT_UNITS = Constant(10, "units", "fewer have too few orders for a p-value")
ROLLOUT_DRAWS = Constant(999, "draws", "random orders of the launches behind such a p-value")
ROLLOUT_DRAWS_LEAST = Constant(199, "draws", "random orders at least, however many units there are")
ROLLOUT_CELLS = Constant(500_000, "launches", "are dealt in all, where units are many")
ROLLOUT_LAST = Constant(2, "periods", "right before its launch, in which a unit is to be as usual")
ROLLOUT_LAST_WITHHELD = Constant(
    0.05, "", "units further off then, away from the change, than by chance: no verdict"
)
ROLLOUT_LEADS = Constant(4, "periods", "before its launch are looked at as if it were launched")

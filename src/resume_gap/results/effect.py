"""One measure in both arms of a trial, and the same within a group."""

from dataclasses import dataclass
from typing import Literal

from resume_gap.results.common import Estimate

Unit = Literal["seconds", "share", "minutes", "count"]
Method = Literal["welch", "permutation", "delta", "clustered", "sequential", "bootstrap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One measure in both arms and the difference between them."""

    estimand: str
    """Stable name: `first_return` (P1), `productive_minutes` (P2), `all_returns` (P3) ..."""
    unit: Unit
    """Unit of the measure and of the difference."""
    reason: str | None = None
    """Why figures are None: `withheld`, `few_users`, `few_units`, `no_rows`, `atom`, `no_history`,
    `no_variation`, `allocation_changed`, `by_unit`; or None. With `few_users` and `atom` only
    the measures of the arms are known; with `no_variation` (every user of an arm is alike) the
    estimate is, too."""
    control: float | None = None
    """The measure in control."""
    treatment: float | None = None
    """The measure in treatment."""
    estimate: float | None = None
    """Treatment minus control."""
    ci_lower: float | None = None
    """Lower end of its 95 % interval."""
    ci_upper: float | None = None
    """Upper end of its 95 % interval."""
    relative: float | None = None
    """The estimate as a share of the control's measure."""
    relative_ci_lower: float | None = None
    """Lower end of the 95 % interval of `relative`."""
    relative_ci_upper: float | None = None
    """Upper end of the 95 % interval of `relative`."""
    p: float | None = None
    """Two-sided; None with several looks, where only the interval decides."""
    p_adjusted: float | None = None
    """Holm among the secondary, Benjamini-Hochberg among the segments."""
    method: Method | None = None
    """How the interval was made."""
    n_control: int = 0
    """Users of control behind it."""
    n_treatment: int = 0
    """Users of treatment behind it."""
    rows_control: int | None = None
    """Interruptions of control behind it, where a user may have several."""
    rows_treatment: int | None = None
    """Interruptions of treatment behind it, where a user may have several."""
    flag: str | None = None
    """`returns_may_differ`: who comes back may differ between the arms, so this is exploration.
    `first_return_seen`: nothing is known before the assignment, so it may not be the first."""

    @property
    def users(self) -> int:
        """Users behind it, both arms together."""
        return self.n_control + self.n_treatment

    @property
    def rows(self) -> int | None:
        """Interruptions behind it, both arms together; None where a user has one at most."""
        if self.rows_control is None or self.rows_treatment is None:
            return None
        return self.rows_control + self.rows_treatment

    @property
    def saved(self) -> Estimate:
        """The difference as what the treatment saves, with its interval."""
        return -Estimate(estimate=self.estimate, ci_lower=self.ci_lower, ci_upper=self.ci_upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffect:
    """The effect within a group: an exposure number, a week, a value of a column."""

    group: str
    """`exposure`, `week`, `predicted` or the column's name."""
    value: str
    """Its value: a number, a week, `hit` or `miss`, or what the column holds."""
    effect: Effect
    """The effect within it."""

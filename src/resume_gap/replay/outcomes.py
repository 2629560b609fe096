"""What became of returns, in columns side by side, and its sums by user."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import pays
from resume_gap.pipeline.runs import run_heads
from resume_gap.replay.loops import add_by_user
from resume_gap.replay.target_rules import TARGET_RULES

RETURN_FLAGS: Final = ("eligible", "habit_hit", "abandoned", "later_work", "reached")
RETURN_NUMBERS: Final = ("reorientation_us", "chance", "chance_of_three")
RULE_FLAGS: Final = ("hit", "addressable", "gave_up_right")
RULE_NUMBERS: Final = ("search_us", "addressable_us")
"""What is known of a return, and of each rule: whether its element is the place where work went on
within the cap; whether that could have shortened something; whether the user left again and worked
there the next time. Where it could: what the way took beyond a second, and re-orientation time."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Flags and whole numbers of some returns, r of them, each under a name.

    Those of a return stand together, as all of them are added up at once.

    Attributes:
        flags: (r, f)
        numbers: (r, n)
        flag_names: f of them.
        number_names: n of them.
    """

    flags: Bools
    numbers: Ints
    flag_names: tuple[str, ...]
    number_names: tuple[str, ...]

    @classmethod
    def of_returns(cls, returns: int) -> "Outcomes":
        """Room for what is asked of so many returns at every threshold."""
        return _room(
            returns,
            (*RETURN_FLAGS, *(f"{r.name}_{of}" for r in TARGET_RULES for of in RULE_FLAGS)),
            (*RETURN_NUMBERS, *(f"{r.name}_{of}" for r in TARGET_RULES for of in RULE_NUMBERS)),
        )

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> "Outcomes":
        """Columns that are there; flags are those of truth values."""
        flags = [name for name, values in columns.items() if values.dtype == np.bool_]
        numbers = [name for name in columns if name not in flags]
        found = _room(max(map(len, columns.values())), flags, numbers)
        for name, values in columns.items():
            found[name][:] = values
        return found

    def __getitem__(self, name: str) -> NDArray[Any]:
        """(r) one column, as it stands here."""
        if name in self.flag_names:
            return self.flags[:, self.flag_names.index(name)]
        return self.numbers[:, self.number_names.index(name)]

    def columns(self) -> dict[str, NDArray[Any]]:
        """All of them by name."""
        return {name: self[name] for name in (*self.flag_names, *self.number_names)}

    def with_flags(self, flags: Mapping[str, Bools]) -> "Outcomes":
        """The same with some more flags."""
        more = np.column_stack([*flags.values()])
        return Outcomes(
            np.ascontiguousarray(np.hstack([self.flags, more])),
            self.numbers,
            (*self.flag_names, *flags),
            self.number_names,
        )

    def by_user(self, user_no: Ints, counted: Bools) -> tuple[Ints, dict[str, Ints]]:
        """Sums over some of the returns; those of one user mostly stand together.

        Args:
            user_no: (r) whose they are.
            counted: (r) which are added.

        Returns:
            (u) the user of each run of rows that are added, and by name (u) its sums, in 32 bits
            where these are counts.
        """
        if pays(user_no):
            return self._by_user_in_loop(user_no, counted)
        user_no = user_no[counted]
        heads = run_heads(user_no)
        flags = np.add.reduceat(self.flags[counted], heads, axis=0, dtype=np.int32)
        numbers = np.add.reduceat(self.numbers[counted], heads, axis=0)
        return user_no[heads], self._named(flags, numbers)

    def _by_user_in_loop(self, user_no: Ints, counted: Bools) -> tuple[Ints, dict[str, Ints]]:
        flags = np.empty(self.flags.shape, dtype=np.int32)
        numbers = np.empty(self.numbers.shape, dtype=np.int64)
        users = np.empty(len(user_no), dtype=np.int64)
        many = add_by_user(
            user_no,
            counted,
            self.flags.view(np.uint8).ravel(),
            self.numbers.ravel(),
            self.flags.shape[1],
            self.numbers.shape[1],
            users,
            flags.ravel(),
            numbers.ravel(),
        )
        return users[:many], self._named(flags[:many], numbers[:many])

    def _named(self, flags: Ints, numbers: Ints) -> dict[str, Ints]:
        columns = (*np.ascontiguousarray(flags.T), *np.ascontiguousarray(numbers.T))
        return dict(zip((*self.flag_names, *self.number_names), columns, strict=True))


def _room(returns: int, flags: Iterable[str], numbers: Iterable[str]) -> Outcomes:
    flags, numbers = tuple(flags), tuple(numbers)
    return Outcomes(
        np.empty((returns, len(flags)), dtype=np.bool_),
        np.empty((returns, len(numbers)), dtype=np.int64),
        flags,
        numbers,
    )

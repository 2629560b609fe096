"""What the numbers of the table of returns stand for: users, events and elements."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from resume_gap.pipeline.queries import Runner

_LABEL_BITS = 32
"""A content is a kind, and in these bits a label (`queries/00_macros.sql`)."""


@dataclass(frozen=True, slots=True)
class ReturnNames:
    """What the numbers of the table of returns stand for; each in the order of the numbers.

    Attributes:
        users: user_no, user_id.
        kinds: kind_no, event.
        labels: label_no, target and context of the labels that returns have.
    """

    users: pl.DataFrame
    kinds: pl.DataFrame
    labels: pl.DataFrame

    @classmethod
    def of(cls, runner: "Runner") -> Self:
        """The names of a run; there are no more labels than three for each return."""
        return cls(
            users=runner.read("91_user_ids").pl().sort("user_no"),
            kinds=runner.table("kinds").pl().select("kind_no", "event").sort("kind_no"),
            labels=runner.read("97_returned_labels").pl(),
        )

    def restored(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows of `queries/90_interruptions.sql` with names in place of numbers."""
        stop, back, work = (frame[f"{at}_content"] for at in ("stop", "return", "work"))
        return frame.with_columns(
            user_id=_named(self.users, "user_id", frame["user_no"]),
            stop_event=self._event(stop),
            stop_target=self._label(stop, "target"),
            stop_context=self._label(stop, "context"),
            return_event=self._event(back),
            return_target=self._label(back, "target"),
            first_productive_event=self._event(work),
            first_productive_target=self._label(work, "target"),
        )

    def _event(self, contents: pl.Series) -> pl.Series:
        return _named(self.kinds, "event", contents // (1 << _LABEL_BITS))

    def _label(self, contents: pl.Series, name: str) -> pl.Series:
        return _named(self.labels, name, contents % (1 << _LABEL_BITS))


def _named(names: pl.DataFrame, column: str, numbers: pl.Series) -> pl.Series:
    """The names of numbers, which stand in the first column; null for null."""
    known = names.get_column(names.columns[0]).to_numpy()
    place = np.searchsorted(known, numbers.fill_null(0).to_numpy())
    return names[column].gather(pl.Series(place).set(numbers.is_null(), None))

"""What the numbers of the table of returns stand for: users, events and elements."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import polars as pl
import pyarrow as pa

from resume_gap.arrays import Bools, Ints, masked

if TYPE_CHECKING:
    from resume_gap.pipeline.queries import Runner

_LABEL_BITS = 32
"""A content is a kind, and in these bits a label (`queries/00_macros.sql`)."""
_CONTENTS = {
    "stop": "stop_content",
    "return": "return_content",
    "first_productive": "work_content",
}


class _Texts:
    """The texts of numbers.

    Args:
        names: Numbers, from 0 on, and texts.
        column: Of the texts.
        rows: How many rows have one of them.
    """

    def __init__(self, names: pl.DataFrame, column: str, rows: int) -> None:
        known = names.to_series(0).to_numpy()
        self._repeat = len(known) < rows
        every = names[column]
        self._texts = every.unique(maintain_order=True) if self._repeat else every
        self._lacking = self._texts.is_null().to_numpy()
        self._places = np.zeros(1 + int(known.max(initial=0)), dtype=np.int32)
        self._places[known] = _places_of(every, self._texts)

    def of(self, numbers: Ints, null: Bools) -> pa.Array:
        """The texts of these numbers; null where `null` is set.

        Where they repeat, each stands once in a dictionary. Of texts that stood in it twice, Arrow
        would write pages that are too long, with whatever was in memory at their end.
        """
        places = self._places[numbers]
        if not self._repeat:
            return self._texts.gather(pl.Series(places).set(pl.Series(null), None)).to_arrow()
        if self._lacking.any():
            null = null | self._lacking[places]
        there = np.zeros(len(self._texts), dtype=np.bool_)
        there[places[~null]] = True
        used = np.flatnonzero(there)
        codes = np.zeros(len(self._texts), dtype=np.int32)
        codes[used] = np.arange(len(used), dtype=np.int32)
        texts = self._texts.gather(used).to_arrow()
        return pa.DictionaryArray.from_arrays(masked(codes[places], null), texts)


def _places_of(texts: pl.Series, among: pl.Series) -> Ints:
    """Where each text stands among others that differ from each other."""
    if len(texts) == len(among):
        return np.arange(len(texts), dtype=np.int32)
    places = pl.DataFrame({"text": among, "place": np.arange(len(among), dtype=np.int32)})
    found = texts.to_frame("text").join(
        places, on="text", how="left", nulls_equal=True, maintain_order="left"
    )
    return found["place"].to_numpy()


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


class NameColumns:
    """Makes the columns of names of the table of returns, batch by batch.

    Args:
        names: What the numbers stand for.
        rows: How many there are in all.
    """

    def __init__(self, names: ReturnNames, rows: int) -> None:
        self._users = _Texts(names.users, "user_id", rows)
        self._events = _Texts(names.kinds, "event", rows)
        self._targets = _Texts(names.labels, "target", rows)
        self._contexts = _Texts(names.labels, "context", rows)

    def of(self, rows: pl.DataFrame) -> dict[str, pa.Array]:
        """The columns of some rows of `queries/90_interruptions.sql`."""
        users = rows["user_no"].to_numpy()
        made = {"user_id": self._users.of(users, np.zeros(len(users), dtype=np.bool_))}
        for at, column in _CONTENTS.items():
            contents, null = rows[column].fill_null(0).to_numpy(), rows[column].is_null().to_numpy()
            labels = contents & ((1 << _LABEL_BITS) - 1)
            made[f"{at}_event"] = self._events.of(contents >> _LABEL_BITS, null)
            made[f"{at}_target"] = self._targets.of(labels, null)
            if at == "stop":
                made[f"{at}_context"] = self._contexts.of(labels, null)
        return made

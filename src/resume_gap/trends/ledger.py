"""Sealed predictions beside outcomes: the two are joined by the seal alone."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from resume_gap.results.common import Estimate
from resume_gap.results.history import Agreement, LedgerEntry, LedgerRow, LedgerStatus
from resume_gap.results.predicted import AT_MOST, AT_MOST_WITH_GIVE_UPS
from resume_gap.trends.reports import ReadReport, estimate_of

_LAUNCHES = ("evaluate", "compare")
"""Commands whose reports were compared with a prediction."""
_BOUNDS = (AT_MOST, AT_MOST_WITH_GIVE_UPS)


def ledger(reports: Sequence[ReadReport]) -> tuple[LedgerEntry, ...]:
    """Every prediction, in the order of the runs; one for each launch compared with it."""
    sealed = [one for one in reports if one.seal]
    launches = [one for one in sealed if one.run.command in _LAUNCHES]
    made: dict[str, ReadReport] = {}
    for one in sealed:
        seal, command = one.seal or "", one.run.command
        # A plan keeps the prediction that an analysis left in its folder.
        if command == "analyze" or (command not in _LAUNCHES and seal not in made):
            made[seal] = one
    held = {one.seal for one in launches}
    entries = [_entry(made.get(one.seal or ""), one) for one in launches]
    entries += [_entry(one, None) for seal, one in made.items() if seal not in held]
    return tuple(entries)


def _entry(made: ReadReport | None, launch: ReadReport | None) -> LedgerEntry:
    rows = () if launch is None else tuple(map(_row, launch.predicted))
    known = launch or made
    return LedgerEntry(
        seal=str(known.seal) if known else "",
        predicted_in=None if made is None else made.run.folder,
        measured_in=None if launch is None else launch.run.folder,
        status=_status(launch, rows),
        word=None if launch is None else launch.run.word,
        rows=rows,
        finest_seconds=max(one.run.finest_seconds for one in (made, launch) if one),
    )


def _status(launch: ReadReport | None, rows: Sequence[LedgerRow]) -> LedgerStatus:
    if launch is None:
        return "open"
    return "measured" if any(row.agreement for row in rows) else "withheld"


def _row(row: Mapping[str, Any]) -> LedgerRow:
    predicted, measured = estimate_of(row["predicted"]), estimate_of(row["measured"])
    bound = row["name"] in _BOUNDS
    return LedgerRow(
        name=row["name"],
        predicted=predicted,
        measured=measured,
        at_most=bound,
        agreement=_agreement(predicted, measured, bound=bound),
    )


def _agreement(predicted: Estimate, measured: Estimate, *, bound: bool) -> Agreement | None:
    """Whether the intervals meet; below a bound everything does."""
    if predicted.estimate is None or measured.estimate is None:
        return None
    low, high = _ends(predicted)
    lower, upper = _ends(measured)
    if lower > high:
        return "above"
    return "below" if upper < (-math.inf if bound else low) else "agrees"


def _ends(one: Estimate) -> tuple[float, float]:
    """The interval; of a figure without one the figure itself."""
    lower = one.estimate if one.ci_lower is None else one.ci_lower
    upper = one.estimate if one.ci_upper is None else one.ci_upper
    return lower or 0.0, upper or 0.0

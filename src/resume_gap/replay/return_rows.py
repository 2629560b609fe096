"""Sessions, stops and lags of the headline threshold: rows that queries read (sections 3 and 4).

They are made of whole streams, batch by batch; `tests/oracles/returns` has the same as SQL.

| relation | one row per | columns |
|---|---|---|
| `sessions` | session | stream_no, start_us, end_us |
| `stops` | stop | stream_no, stop_us, return_us (null without a return), log_end_us, reason |
| `lags` | return | stream_no, stop_us, return_us, gap_us, reason, is_interruption, eligible, |
| | | lag_end, abandoned_by_leaving, next_stop_us, lag_us (null unless work was seen), |
| | | reorientation_us (charged with the cap where none was reached within it; null where the log |
| | | ends before return + cap) |

The replay puts the columns of `lags` beside its own, into `replays`.
"""

from collections.abc import Collection
from typing import Final

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER, Bools, Ints, masked
from resume_gap.replay.chunks import Bursts, Sessions
from resume_gap.replay.stops import REASONS, Stops
from resume_gap.replay.waits import Waits

ROW_RELATIONS: Final = ("sessions", "stops", "lags")
"""What queries may read."""
_LAG_ENDS: Final = ("observed", "abandoned", "log_end")
"""How a wait for work ended."""
_OBSERVED, _ABANDONED, _LOG_END = range(3)


def return_rows(
    bursts: Bursts,
    sessions: Sessions,
    stops: Stops,
    found: Waits,
    relations: Collection[str],
    *,
    has_productive: bool,
) -> dict[str, pa.Table]:
    """The rows of one threshold, in order, by relation.

    Args:
        bursts: Whole streams.
        sessions: Of the threshold.
        stops: Their ends.
        found: Their returns.
        relations: Which are wanted.
        has_productive: Whether any event counts as productive.
    """
    made = {}
    if "sessions" in relations:
        made["sessions"] = pa.table(
            {
                "stream_no": stops.stream,
                "start_us": bursts.start_us[sessions.first],
                "end_us": stops.stop_us,
            }
        )
    if "stops" in relations:
        made["stops"] = _stops(stops)
    if "lags" in relations:
        made["lags"] = lags(bursts, sessions, stops, found, has_productive=has_productive)
    return made


def _stops(stops: Stops) -> pa.Table:
    rows = stops.is_stop
    return pa.table(
        {
            "stream_no": stops.stream[rows],
            "stop_us": stops.stop_us[rows],
            "return_us": masked(stops.return_us[rows], ~stops.is_back[rows]),
            "log_end_us": stops.log_end_us[rows],
            "reason": _text(stops.reason[rows], REASONS),
        }
    )


def lags(
    bursts: Bursts, sessions: Sessions, stops: Stops, found: Waits, *, has_productive: bool
) -> pa.Table:
    """One row per return; arguments are those of `return_rows`."""
    before, back, wait = sessions.stops, sessions.returns, found.wait
    first = sessions.first[back]
    observed = wait.lag_us != NEVER
    end = np.where(wait.abandoned, np.int8(_ABANDONED), np.int8(_LOG_END))
    end[observed] = _OBSERVED
    left_again = bursts.next_leaving_step[first] <= bursts.last_step[sessions.last[back]]
    blind = np.full(len(first), not has_productive)
    return pa.table(
        {
            "stream_no": stops.stream[back],
            "stop_us": stops.stop_us[before],
            "return_us": stops.return_us[before],
            "gap_us": bursts.gap_us[first],
            "reason": _text(stops.reason[before], REASONS),
            "is_interruption": found.is_interruption,
            "eligible": found.eligible,
            "lag_end": _text(end, _LAG_ENDS, blind),
            "abandoned_by_leaving": wait.abandoned & left_again,
            "lag_us": masked(wait.lag_us, ~observed),
            "reorientation_us": masked(found.y_us, blind | ~found.eligible),
            "next_stop_us": masked(stops.stop_us[back], ~stops.is_stop[back]),
        }
    )


def _text(places: Ints, texts: tuple[str, ...], null: Bools | None = None) -> pa.Array:
    """The texts at these places; null where `null` is set."""
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=null), pa.array(texts))

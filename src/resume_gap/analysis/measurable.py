"""Whether a log can show re-orientation at all, judged before anything is concluded from it.

Sections 1 ("Is it measurable at all?") and 6 ("Elements must recur") of the method. A finding about
people is never drawn from a log that cannot show them.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from resume_gap import constants
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.full_sessions import FullSessions
from resume_gap.quality.session_shapes import shape
from resume_gap.results.common import US, BlindReason
from resume_gap.results.run import Measurability
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.sources.role_names import Role, is_understood
from resume_gap.sources.roles import RoleChoice


class Coverage(NamedTuple):
    """What the roles suggested by name cover, as shares of the events that took part."""

    productive: float
    not_understood: float


def coverage(choice: RoleChoice, counts: Mapping[str, int]) -> Coverage | None:
    """What suggested roles cover; None where they were configured, or where there are none.

    Args:
        choice: The roles.
        counts: Event name to its number of events that took part, idle events left out.
    """
    total = sum(counts.values())
    if choice.source != "suggested" or not total:
        return None
    work = unknown = 0
    for name, n in counts.items():
        bits = choice.bits.get(name, 0)
        work += n if bits & PRODUCTIVE else 0
        role: Role = "undecided" if name in choice.undecided else "none"
        unknown += n if not bits and not is_understood(name, role) else 0
    return Coverage(work / total, unknown / total)


class SessionsHeld(NamedTuple):
    """What the sessions of whole streams hold."""

    working: int
    """Sessions with work."""
    beside: int
    """Those of them that hold something else, too."""
    events: int
    others: int
    """Events that are no work."""
    median_events: float
    """Of a session."""


def sessions_of(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> SessionsHeld:
    """What the sessions of whole streams hold.

    Args:
        sample: Whole streams in order, one event at least.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    totals = np.zeros(4, dtype=np.int64)
    sizes = []
    for steps in sample:
        of = shape(steps, threshold_us=threshold_us)
        work = contents.is_work(steps.content)
        worked = np.add.reduceat(work.astype(np.int64), of.heads)
        beside = (worked > 0) & (worked < of.sizes)
        totals += [(worked > 0).sum(), beside.sum(), len(work), (~work).sum()]
        sizes.append(of.sizes)
    working, both, events, others = totals.tolist()
    return SessionsHeld(working, both, events, others, float(np.median(np.concatenate(sizes))))


def followed_up(returns: pl.DataFrame) -> pl.DataFrame:
    """The eligible interruptions, with what is judged of each.

    Args:
        returns: One row per return (`return_frame`).
    """
    asked = returns.select("is_interruption", "eligible", "lag_us", "in_batch")
    return asked.filter(pl.col("is_interruption") & pl.col("eligible"))


def judge(
    interruptions: pl.DataFrame,
    *,
    cap_us: int,
    resolution_seconds: float,
    covered: Coverage | None,
    sessions: SessionsHeld | None = None,
    full: FullSessions | None = None,
    lost_share: float = 0.0,
    turns_share: float = 0.0,
    queued_share: float = 0.0,
    sent_every_seconds: float = 0.0,
    ids_of_several: bool = False,
) -> Measurability:
    """Whether the log can show re-orientation, and if not, why.

    Args:
        interruptions: The eligible ones: lag_us (null where no work was seen) and, where batch
            uploads were looked for, `in_batch`.
        cap_us: The cap.
        resolution_seconds: How fine the stamps are.
        covered: What roles suggested by name cover; None: they were configured.
        sessions: What sessions hold; None: not looked at.
        full: The sessions at whose size the log seems to cut; None: it does not.
        lost_share: Of the returns, beyond chance, that begin in rows that are not there.
        turns_share: Of work on elements, that of ids under which several people work at once.
        queued_share: Of the returns, beyond chance, that begin with a burst of queued work.
        sent_every_seconds: The period of a timer that sends most of the work; 0: there is none.
        ids_of_several: Whether another column knows the people behind each id.
    """
    n = interruptions.height
    if n < constants.JUDGED_FROM.value:
        return Measurability()
    in_batch = _in_batch(interruptions)
    lags = interruptions["lag_us"].drop_nulls()
    # A lag of 0 in a batch upload is the order of its rows, which nobody knows.
    at_once = (interruptions["lag_us"] == 0).fill_null(value=False) & ~in_batch
    later = lags.filter((lags > 0) & (lags <= cap_us))
    figures = {
        "eligible": n,
        "zero_share": int(at_once.sum()) / n,
        "resolution_seconds": max(resolution_seconds, sent_every_seconds),
        "batch_share": int(in_batch.sum()) / n,
        "lost_share": lost_share,
        "turns_share": turns_share,
        "queued_share": queued_share,
        "sent_on_timer": int(sent_every_seconds > resolution_seconds),
        "ids_of_several": int(ids_of_several),
    }
    if sessions is not None:
        figures |= _held(sessions)
    if full is not None:
        figures |= {"full_share": full.share, "full_events": full.events}
    if len(later):
        figures["median_lag_seconds"] = float(np.median(later.to_numpy())) / US
    if covered is not None:
        figures["productive_share"] = covered.productive
        figures["not_understood_share"] = covered.not_understood
    return Measurability(reason=_reason(figures), figures=figures)


def _held(sessions: SessionsHeld) -> dict[str, float]:
    """What sessions hold, as far as it says something."""
    found = {"session_events": sessions.median_events}
    if (
        sessions.working >= constants.JUDGED_FROM.value
        and sessions.others >= constants.OTHER_EVENTS.value * sessions.events
    ):
        found["beside_share"] = sessions.beside / sessions.working
    return found


def _in_batch(interruptions: pl.DataFrame) -> pl.Series:
    """Whether each begins among many rows of one instant."""
    if "in_batch" not in interruptions.columns:
        return pl.Series([False] * interruptions.height, dtype=pl.Boolean)
    return interruptions["in_batch"].fill_null(value=False)


def _reason(figures: Mapping[str, float]) -> BlindReason | None:
    """The first of the reasons, in the order of the method."""
    if figures["lost_share"] > constants.STARTS_LOST.value:
        return "starts_lost"
    median = figures.get("median_lag_seconds", math.inf)
    is_coarse = figures["resolution_seconds"] > constants.COARSE_SHARE.value * median
    # Coarse stamps lose the order of a person's own events, which then seem to take turns.
    take_turns = not is_coarse and figures["turns_share"] > constants.TURNS_MOST.value
    if take_turns or figures["ids_of_several"]:
        return "several_people"
    if figures["zero_share"] > constants.FIRST_IS_WORK.value:
        return "first_event_is_work"
    if is_coarse:
        return "too_coarse"
    if max(figures["batch_share"], figures["queued_share"]) > constants.BATCH_RETURNS.value:
        return "order_unknown"
    return _reason_of_events(figures)


def _reason_of_events(figures: Mapping[str, float]) -> BlindReason | None:
    """Which events are there, when the stamps are right."""
    if figures.get("beside_share", 1.0) < constants.WORK_BESIDE.value:
        return "work_apart"
    if "full_share" in figures:
        return "sessions_cut"
    if (
        figures.get("session_events", constants.SESSION_EVENTS.value)
        < constants.SESSION_EVENTS.value
    ):
        return "too_sparse"
    if (
        figures.get("productive_share", 1.0) < constants.THIN_WORK.value
        or figures.get("not_understood_share", 0.0) > constants.NOT_UNDERSTOOD.value
    ):
        return "roles_too_thin"
    return None


class Recurrence(NamedTuple):
    """How often elements come again, in pairs of a session and an element touched in it."""

    again: int
    """Pairs whose element a later session touches, too."""
    earlier: int
    """Pairs that have a later session: those of a stream's last session are left out."""
    within: int
    """Pairs whose element is touched twice or more in the session itself."""
    pairs: int

    @property
    def is_missing(self) -> bool:
        """Elements live for one session, or one event: nothing in a log can point back at one."""
        if not self.earlier or self.again >= constants.RECURRING.value * self.earlier:
            return False
        least = constants.RECURRING_NEVER.value
        never = self.again < least * self.earlier and self.within < least * self.pairs
        return never or self.within >= constants.RECURRING_WITHIN.value * self.pairs


def recurrence(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> Recurrence:
    """How often the elements of whole streams come again.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    totals = np.zeros(4, dtype=np.int64)
    for steps in sample:
        opens = steps.opens()
        session = np.cumsum(opens | (gaps(steps) > threshold_us)) - 1
        stream = steps.stream_index()
        element = contents.element(steps.content).astype(np.int64)
        rows = np.flatnonzero(element > 0)
        if not len(rows):
            continue
        last = session[steps.starts[1:] - 1]
        key, first, touched = np.unique(
            session[rows] << 32 | element[rows], return_index=True, return_counts=True
        )
        of_stream = stream[rows][first]
        place = of_stream << 32 | key & 0xFFFFFFFF
        # Pairs stand in the order of their sessions: an element's last pair is its last session.
        _, own = np.unique(place, return_inverse=True)
        latest = np.zeros(int(own.max()) + 1, dtype=np.int64)
        np.maximum.at(latest, own, key >> 32)
        earlier = key >> 32 < last[of_stream]
        again = earlier & (latest[own] > key >> 32)
        totals += [again.sum(), earlier.sum(), (touched > 1).sum(), len(key)]
    return Recurrence(*totals.tolist())

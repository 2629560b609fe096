"""Events that stand at the edges of long gaps: idle events by another name.

Section 1 of the method: a name most of whose occurrences are the last before or the first after a
long gap is a likely idle event. It is reported and never taken: rules from behavior after gaps
would be circular.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Ints
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared, of_kinds
from resume_gap.results.common import Check
from resume_gap.sources.role_names import is_start, suggest

_BY_OTHERS: Final = frozenset({"sent_by_a_server", "somebody_else"})


def at_edges(
    sample: Sequence[Steps], contents: Contents, *, threshold_us: int
) -> tuple[Ints, Ints, Ints]:
    """By event number: occurrences in sessions of some length, those at a long gap, users.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    events = int(contents.kind_event.max(initial=0)) + 1
    totals = np.zeros((3, events), dtype=np.int64)
    for steps in sample:
        opens = steps.opens()
        long = ~opens & (gaps(steps) > threshold_us)
        heads = np.flatnonzero(opens | long)
        ends = np.append(heads[1:], len(steps.at)) - 1
        size = ends - heads + 1
        enough = np.repeat(size >= constants.IDLE_SESSION.value, size)
        edge = long.copy()
        edge[np.flatnonzero(long) - 1] = True
        event = contents.event(steps.content)
        stream = steps.stream_index()
        pairs = np.unique(stream[enough] * events + event[enough])
        for place, values in enumerate((event[enough], event[enough & edge], pairs % events)):
            totals[place] += np.bincount(values, minlength=events)
    return totals[0], totals[1], totals[2]


def idle_by_position(
    sample: Sequence[Steps],
    contents: Contents,
    event_names: Sequence[str],
    *,
    threshold_us: int,
) -> Mapping[str, tuple[int, int]]:
    """Likely idle events: name to its occurrences and how many of them are at a long gap.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        event_names: (event_no - 1) names of the events.
        threshold_us: What parts sessions.
    """
    seen, edge, streams = at_edges(sample, contents, threshold_us=threshold_us)
    with_role = np.zeros(len(seen), dtype=np.bool_)
    with_role[contents.kind_event[contents.kind_roles != 0]] = True
    share = edge / np.maximum(seen, 1)
    everywhere = int(edge.sum()) / max(1, int(seen.sum()))
    found = np.flatnonzero(
        ~with_role
        & (seen >= constants.ROLE_MIN_COUNT.value)
        & (streams >= constants.ROLE_MIN_USERS.value)
        & (share > constants.IDLE_EDGE_SHARE.value)
        & (share >= constants.IDLE_EDGE_TIMES.value * everywhere)
    )
    return {
        event_names[no - 1]: (int(seen[no]), int(edge[no]))
        for no in found.tolist()
        if _may_mark_absence(event_names[no - 1])
    }


def _may_mark_absence(name: str) -> bool:
    """Whether a name leaves it open: logins, starts and mails of a server stand there, too."""
    return not is_start(name) and suggest(name).reason not in _BY_OTHERS


def idle_checks(runner: Runner, sampled: SampleMeasurement, away: Sequence[str]) -> list[Check]:
    """One check for all likely idle events, with the figures with and without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
        away: Idle events that are taken already, which `--away` would replace.
    """
    contents = sampled.resampling.contents
    found = idle_by_position(
        sampled.sample,
        contents,
        sampled.event_names,
        threshold_us=sampled.resampling.threshold_us,
    )
    if not found:
        return []
    shown = [name for name in found if sampled.shown.may_show(name)]
    numbers = [no for no, name in enumerate(sampled.event_names, start=1) if name in found]
    suspect = np.isin(contents.kind_event, numbers)
    both = compared(runner, sampled, of_kinds(suspect))
    seen, edge = (sum(counts) for counts in zip(*found.values(), strict=True))
    return [
        Check(
            check="likely_idle_events",
            severity="warn",
            count=seen,
            share=edge / seen,
            figures={"names": len(shown), "unnamed": len(found) - len(shown)} | both.figures,
            names=(*shown, *away),
            words=both.words,
        )
    ]

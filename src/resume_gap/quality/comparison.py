"""What leaving rows out does to the figures of the sampled users, and to the recommendation.

Rows that no person may have caused are never taken out by themselves: the figures with and without
them are shown, and where the recommendation is another one, it depends on them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps, subset
from resume_gap.quality.resampling import Resampling, resampled
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.common import Word

RowsLeftOut = Callable[[Steps], Bools]
"""(n) which rows of some streams are left out."""
Decide = Callable[[Runner, Shelf], Word]
"""The recommendation for a log that was measured again."""


class SampleFigures(NamedTuple):
    """What was measured of the sampled streams.

    Attributes:
        numbers: Returns, interruptions and `mean_seconds`; nothing where no event is left.
        word: The recommendation; None where none is asked for.
    """

    numbers: dict[str, float]
    word: Word | None


class WithAndWithout(NamedTuple):
    """The sampled streams with some rows and without them.

    Attributes:
        figures: By name and `_with` or `_without`; `work_share` of `work_left_out`.
        words: The recommendations with and without them; None where none is asked for.
    """

    figures: dict[str, float]
    words: tuple[Word, Word] | None = None


@dataclass(frozen=True, slots=True)
class SampleMeasurement:
    """How the sampled streams are measured, with and without the suspects."""

    sample: Sequence[Steps]
    event_names: Sequence[str]
    """(event_no - 1) names of the events."""
    shown: EventNames
    """Those that may be shown."""
    resolution_seconds: float
    resampling: Resampling
    is_sent_on_timer: bool = False
    """Whether a timer sends work, whose stamps are regular then."""
    decide: Decide | None = None
    """Makes the recommendation; None: none is asked for."""
    whole: list[SampleFigures] = field(default_factory=list)
    """What was measured of all rows, once it was."""


def of_kinds(suspect: Bools) -> RowsLeftOut:
    """Rows by their kind.

    Args:
        suspect: By kind number, which events are left out.
    """
    return lambda steps: suspect[steps.content >> 32]


def compared(runner: Runner, sampled: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
    """The sampled streams with some rows and without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams.
        left_out: The rows.
    """
    if not sampled.whole:
        sampled.whole.append(figures_of(runner, sampled, _nothing))
    (before,) = sampled.whole
    after = figures_of(runner, sampled, left_out)
    words = None if before.word is None or after.word is None else (before.word, after.word)
    return WithAndWithout(
        {f"{name}_with": value for name, value in before.numbers.items()}
        | {f"{name}_without": value for name, value in after.numbers.items()}
        | work_left_out(sampled, left_out),
        words,
    )


def work_left_out(sampled: SampleMeasurement, left_out: RowsLeftOut) -> dict[str, float]:
    """How much of the work some rows are, as `work_share`; nothing where nothing is work.

    Args:
        sampled: The sampled streams.
        left_out: The rows.
    """
    contents = sampled.resampling.contents
    everything = gone = 0
    for steps in sampled.sample:
        work = contents.is_work(steps.content)
        everything += int(work.sum())
        gone += int((work & left_out(steps)).sum())
    return {"work_share": gone / everything} if everything else {}


def _nothing(steps: Steps) -> Bools:
    return np.zeros(len(steps.at), dtype=np.bool_)


def figures_of(runner: Runner, sampled: SampleMeasurement, left_out: RowsLeftOut) -> SampleFigures:
    """Returns, interruptions and mean re-orientation of the sample without some rows.

    No number where no event is left; no mean where there is none.
    """
    kept = (subset(steps, ~left_out(steps)) for steps in sampled.sample)
    with resampled(runner, sampled.resampling, kept) as measured:
        if measured is None:
            return SampleFigures({}, None)
        there, sums, shelf = measured
        (total,) = sums.totals
        word = None if sampled.decide is None else sampled.decide(there, shelf)
    found: dict[str, float] = {"returns": total.returns, "interruptions": total.interruptions}
    mean = total.mean_seconds
    return SampleFigures(found if mean is None else found | {"mean_seconds": mean}, word)


_LEAST: Final = 1e-9
"""Less is no difference."""


def moves(figures: Mapping[str, float], share: float = constants.HEARTBEAT_RAISES.value) -> bool:
    """Whether any figure is another one without the rows, by a share of what it is with them."""
    return any(
        _moves(figures, name, share) for name in ("returns", "interruptions", "mean_seconds")
    )


def moves_mean(figures: Mapping[str, float], share: float) -> bool:
    """Whether mean re-orientation time is another one without the rows, by a share of it."""
    return _moves(figures, "mean_seconds", share)


def changes(both: WithAndWithout) -> bool:
    """Whether any figure, or the recommendation, is another one without the rows.

    Args:
        both: The sampled streams with the rows and without them.
    """
    return moves(both.figures) or (both.words is not None and both.words[0] != both.words[1])


def _moves(figures: Mapping[str, float], name: str, share: float) -> bool:
    before, after = figures.get(f"{name}_with"), figures.get(f"{name}_without")
    if before is None or after is None:
        return before is not after
    return abs(after - before) >= max(share * before, _LEAST)


def has_fine_stamps(steps: Steps) -> Bools:
    """(n) whether each row is of a stream with stamps of a second or finer.

    Rows of coarser stamps share their instant by that alone.
    """
    fine: Bools = (steps.resolution <= 1)[steps.stream_index()]
    return fine


def rows_of_events(sampled: SampleMeasurement, events: Sequence[int]) -> tuple[int, int]:
    """Rows of some events by their numbers, and all rows of the sample."""
    contents = sampled.resampling.contents
    found = sum(int(np.isin(contents.event(s.content), events).sum()) for s in sampled.sample)
    return found, sum(len(steps.at) for steps in sampled.sample)


class MainEvent(NamedTuple):
    """The event that most of some rows are.

    Attributes:
        number: Its number.
        is_own: Whether most of its occurrences are such rows.
    """

    number: int
    is_own: bool


def main_event(sampled: SampleMeasurement, left_out: RowsLeftOut) -> MainEvent:
    """The event that most of some rows are.

    Args:
        sampled: The sampled streams.
        left_out: The rows.
    """
    contents = sampled.resampling.contents
    events = int(contents.kind_event.max(initial=0)) + 1
    some, seen = np.zeros(events, dtype=np.int64), np.zeros(events, dtype=np.int64)
    for steps in sampled.sample:
        event = contents.event(steps.content)
        seen += np.bincount(event, minlength=events)
        some += np.bincount(event[left_out(steps)], minlength=events)
    number = int(some.argmax())
    return MainEvent(number, 2 * int(some[number]) > int(seen[number]))

"""A second, small measurement of the sampled users, to say what one change does to the figures."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.bursts import reduce_steps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.moments import Thinning
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import store
from resume_gap.pipeline.steps import Steps
from resume_gap.replay.returns import ReturnRules, ReturnSums, measure
from resume_gap.sources.role_bits import PRODUCTIVE


@dataclass(frozen=True, slots=True)
class Resampling:
    """How the sampled streams are measured."""

    contents: Contents
    cut_us: int
    threshold_us: int
    log_end_us: int | None
    all_returns: bool


@contextmanager
def resampled(
    runner: Runner, resampling: Resampling, sample: Iterable[Steps]
) -> Iterator[tuple[Runner, ReturnSums, Shelf] | None]:
    """A database of its own with the sample measured at the headline threshold; None: no event."""
    contents = resampling.contents
    steps = [one for one in sample if len(one.at)]
    with runner.beside() as there:
        there.store("streams", runner.table("streams").to_arrow_table())
        reduced = reduce_steps(iter(steps), contents, Thinning(share=0), cut_us=resampling.cut_us)
        shelf = Shelf(None)
        if not store(there, reduced, shelf):
            yield None
            return
        found = measure(
            there,
            shelf,
            ReturnRules(
                threshold_us=resampling.threshold_us,
                grid_us=(resampling.threshold_us,),
                log_end_us=resampling.log_end_us,
                has_productive=any(
                    bool((contents.roles(one.content) & PRODUCTIVE).any()) for one in steps
                ),
                all_returns=resampling.all_returns,
                relations=(),
            ),
        )
        yield there, found, shelf

"""Which events work begins with, soon after a return of treatment."""

from typing import NamedTuple

from resume_gap.pipeline.queries import Runner


class FirstWork(NamedTuple):
    """An event with which work began soon after a return of treatment.

    Attributes:
        event: Its name.
        users: Users of treatment whose work began with it.
        share_in_control: Share of it in the work of control.
    """

    event: str
    users: int
    share_in_control: float


def first_work(runner: Runner, within_us: int) -> tuple[FirstWork, ...]:
    """Events with which work began so soon after a return of treatment, most users first."""
    runner.let(first_step_us=within_us)
    return tuple(FirstWork(*row) for row in runner.read("69_first_work").fetchall())

"""What each step of `analyze` costs: its CPU from one announcement to the next.

    python -m benchmarks.performance.steps LOG OUT OPTIONS_AS_JSON

Beside the steps, the files of queries/ that make a table, each with the CPU of the process while it
ran: the tool itself is not changed, its runner is wrapped here. Queries whose rows are streamed are
in the step that takes the rows.
"""

import functools
import json
import resource
import sys
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

STARTUP: Final = "starting Python, imports of the call"


def cpu() -> float:
    """CPU seconds of this process and of the children it has waited for."""
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class StepTimer:
    """Adds up CPU by step.

    Attributes:
        spent: Seconds by step, in the order of their beginning.
    """

    def __init__(self, first: str, clock: Callable[[], float] = cpu) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._clock = clock
        self._name, self._begun = first, 0.0

    def begin(self, name: str) -> None:
        """What is spent from here on belongs to a step."""
        now = self._clock()
        self.spent[self._name] += now - self._begun
        self._name, self._begun = name, now


def _timed(function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """A method `(self, name, ...)` whose CPU is added up by name."""

    @functools.wraps(function)
    def timed(self: object, name: str, *more: object, **named: object) -> Any:  # noqa: ANN401
        begun = cpu()
        try:
            return function(self, name, *more, **named)
        finally:
            spent[name] += cpu() - begun

    return timed


def _main() -> None:
    import resume_gap  # noqa: PLC0415 - imports are part of what is timed
    from resume_gap.pipeline.queries import Runner  # noqa: PLC0415

    queries: dict[str, float] = defaultdict(float)
    Runner.make = _timed(Runner.make, queries)  # type: ignore[method-assign]
    timer = StepTimer(STARTUP)
    log, out, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    resume_gap.analyze(log, out=out, force=True, on_progress=timer.begin, **options)
    timer.begin("end")
    print(json.dumps({"steps": timer.spent, "queries": queries}))


if __name__ == "__main__":
    _main()

"""What the comparison measured, as the page needs it; kept in docs/alternatives.json."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one way of cutting a log found of the interruptions that were planted in it.

    Attributes:
        way: `sql`, `fixed` or `learned`.
        threshold_seconds: Inactivity threshold.
        source: `given`, `learned`, or `fallback` where it could not be learned.
        counted: Returns that it counts as interruptions.
        found: Planted interruptions among them.
        without_work: Those of the returns that never reach a productive event, and are left out of
            the mean; None where they are charged the cap.
        seconds: Mean time from a return to the first productive event.
        ci_lower: 95 % interval of that mean by user; None where the way has none.
        ci_upper: The other end.
        truth_seconds: The same mean over all planted interruptions, by the way's own definition.
    """

    way: str
    threshold_seconds: float
    source: str
    counted: int
    found: int
    without_work: int | None = None
    seconds: float
    ci_lower: float | None = None
    ci_upper: float | None = None
    truth_seconds: float


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One sample log.

    Attributes:
        name: Of the file.
        events: Rows.
        users: Users.
        planted: Interruptions that were planted in it.
        ways: Each way of cutting it.
    """

    name: str
    events: int
    users: int
    planted: int
    ways: list[Found]


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """Sessions of one log at one timeout, by `resume-gap` and by retentioneering.

    Attributes:
        sample: Name of the log.
        timeout_seconds: Whole seconds.
        ours: Sessions of `resume-gap`.
        theirs: Sessions of retentioneering.
    """

    sample: str
    timeout_seconds: int
    ours: int
    theirs: int


@dataclass(frozen=True, kw_only=True)
class Method:
    """One way of evaluating the sample trial.

    Attributes:
        key: Its name in the code.
        alarms: Splits without an effect in which it reports one.
        estimate: Of the sample itself: treatment less control in seconds, or a share of control.
        ci_lower: 95 % interval.
        ci_upper: The other end.
        p: Two-sided; or the chance to win where the method has that instead.
        truth: What was planted, in the units of the estimate.
    """

    key: str
    alarms: int
    estimate: float
    ci_lower: float
    ci_upper: float
    p: float
    truth: float


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The sample trial by all methods.

    Attributes:
        users: Assigned.
        rows: Interruptions after the assignment.
        splits: Re-randomizations.
        verdict: Of `evaluate` on the sample.
        unnamed: The same where nobody names the events that the marker writes.
        methods: In the order of the page.
    """

    users: int
    rows: int
    splits: int
    verdict: str
    unnamed: str
    methods: list[Method]


@dataclass(kw_only=True)
class Figures:
    """Everything that one run measured.

    Attributes:
        samples: The logs, cut in each way.
        sessions: The same sessions in retentioneering.
        trial: The evaluation.
        versions: What ran, with versions.
        skipped: Sentences on what did not run.
    """

    samples: list[Sample]
    sessions: list[Sessions]
    trial: Trial
    versions: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write them as JSON, numbers to six digits behind the point."""
        text = json.dumps(asdict(self), indent=1)
        rounded = json.loads(text, parse_float=lambda digits: round(float(digits), 6))
        path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Figures:
        """Read what `save` wrote."""
        found = json.loads(path.read_text(encoding="utf-8"))
        samples = [
            Sample(**one | {"ways": [Found(**way) for way in one["ways"]]})
            for one in found["samples"]
        ]
        trial = found["trial"]
        methods = [Method(**one) for one in trial["methods"]]
        return cls(
            samples=samples,
            sessions=[Sessions(**one) for one in found["sessions"]],
            trial=Trial(**trial | {"methods": methods}),
            versions=found["versions"],
            skipped=found["skipped"],
        )

"""Work that only answers other events: the limits of the rule, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from factories.streams import HOUR, SECOND, contents_of, steps_of

from resume_gap.quality import echoes as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.echoes import Followers, echo_checks, echoes, followers
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    import pytest

    from resume_gap.pipeline.steps import Steps
    from resume_gap.results.common import Check

VIEW, EDIT, DRAWN = (n << 32 for n in (1, 2, 3))
CONTENTS = contents_of([0, PRODUCTIVE, PRODUCTIVE])


def rows(*pairs: tuple[float, int]) -> Steps:
    return steps_of({1: [(round(at * SECOND), content) for at, content in pairs], 2: [(0, DRAWN)]})


def test_what_follows_another_event() -> None:
    steps = rows((0, VIEW), (1, DRAWN), (2, EDIT), (2.5, DRAWN), (3, DRAWN), (3.5, VIEW), (5, EDIT))
    found = followers([steps], CONTENTS)
    assert found.work.tolist() == [0, 0, 2, 4]
    assert found.follow.tolist() == [0, 0, 1, 2]  # not itself, not in another stream
    assert found.after_others.tolist() == [0, 0, 0, 1]


def test_the_limits() -> None:
    def of(work: int, follow: int, after: int, rest: int = 100) -> tuple[int, ...]:
        return echoes(Followers(*np.array([[rest, work], [0, follow], [0, after]])))

    assert of(100, 90, 5) == (1,)
    assert of(100, 89, 5) == ()
    assert of(100, 90, 4) == ()
    assert of(49, 49, 49) == ()
    assert of(400, 400, 400) == (1,)
    assert of(401, 401, 401) == ()  # hardly any other work


def checks(monkeypatch: pytest.MonkeyPatch, *, after: float, suggested: bool = True) -> list[Check]:
    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        assert left_out(of.sample[0]).sum() == 50
        return WithAndWithout({"returns_with": 10, "returns_without": after})

    monkeypatch.setattr(module, "compared", measured)
    stream = [
        (n * HOUR + k * SECOND // 2, content)
        for n in range(50)
        for k, content in enumerate((VIEW, DRAWN, EDIT))
    ]
    resampling = Resampling(CONTENTS, 1, HOUR // 2, None, all_returns=False)
    shown = EventNames(users={"drawn": frozenset(range(9))})
    sampled = SampleMeasurement(
        [steps_of({1: stream})], ("view", "edit", "drawn"), shown, 0.0, resampling
    )
    return echo_checks(None, sampled, suggested=suggested)  # type: ignore[arg-type]


def test_figures_without_them_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = checks(monkeypatch, after=20)
    assert (check.check, check.count, check.share, check.names) == ("echoes", 50, 0.5, ("drawn",))
    assert checks(monkeypatch, after=10) == []
    assert checks(monkeypatch, after=20, suggested=False) == []


def test_all_of_them_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "echoes", lambda _: (2, 3))
    seen: list[int] = []

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        seen.append(int(left_out(of.sample[0]).sum()))
        return WithAndWithout({"returns_with": 10, "returns_without": 20})

    monkeypatch.setattr(module, "compared", measured)
    stream = [(n * SECOND, content) for n, content in enumerate((VIEW, DRAWN, EDIT, EDIT))]
    resampling = Resampling(CONTENTS, 1, HOUR, None, all_returns=False)
    shown = EventNames(users={"drawn": frozenset(range(9)), "edit": frozenset(range(9))})
    sampled = SampleMeasurement(
        [steps_of({1: stream})], ("view", "edit", "drawn"), shown, 0.0, resampling
    )
    (check,) = echo_checks(None, sampled, suggested=True)  # type: ignore[arg-type]
    assert seen == [3]
    assert (check.count, check.share, check.names) == (3, 1.0, ("edit", "drawn"))


def test_names_of_few_users_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "echoes", lambda _: (2, 3))
    both = WithAndWithout({"returns_with": 10, "returns_without": 20})
    monkeypatch.setattr(module, "compared", lambda *_: both)
    stream = [(n * SECOND, content) for n, content in enumerate((VIEW, DRAWN, EDIT))]
    resampling = Resampling(CONTENTS, 1, HOUR, None, all_returns=False)
    shown = EventNames(users={"drawn": frozenset(range(9)), "edit": frozenset(range(2))})
    sampled = SampleMeasurement(
        [steps_of({1: stream})], ("view", "edit", "drawn"), shown, 0.0, resampling
    )
    (check,) = echo_checks(None, sampled, suggested=True)  # type: ignore[arg-type]
    assert (check.count, check.names) == (2, ("drawn",))

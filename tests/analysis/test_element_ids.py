"""When elements cannot be pointed back at: the borders of both rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resume_gap.analysis import element_ids
from resume_gap.analysis.measurable import Recurrence
from resume_gap.constants import JUDGED_FROM, RECURRING_HITS
from resume_gap.quality.varying_names import VaryingWork

LEAST, HITS = int(JUDGED_FROM.value), int(RECURRING_HITS.value)


class Headline:
    """Sums of one user."""

    def __init__(self, eligible: int, hits: int) -> None:
        self.columns = {"eligible": np.array([eligible])}
        self.hits = hits

    def of(self, policy: str, measure: str) -> Any:
        assert (policy, measure) == ("last_touched", "hit")
        return np.array([self.hits])


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is said of interruptions and hits, given what the sampled streams show."""

    def say(eligible: int, hits: int, *, again: int = 900, varying: int = 0) -> Any:
        recurrence = Recurrence(again=again, earlier=1_000, within=2, pairs=4_000)
        names = VaryingWork(varying, 100)
        monkeypatch.setattr(element_ids.measurable, "recurrence", lambda *_, **__: recurrence)
        monkeypatch.setattr(element_ids.varying_names, "varying_work", lambda *_: names)
        monkeypatch.setattr(element_ids.varying_names, "base_numbers", lambda _: ((), ()))
        headline: Any = Headline(eligible, hits)
        none: Any = None
        return element_ids.unusable(none, [], none, headline, threshold_us=5)

    return say


def test_elements_that_never_come_again_are_looked_for_where_there_are_no_hits(found: Any) -> None:
    assert found(LEAST - 1, 0, again=1) is None
    assert found(LEAST, HITS, again=1) is None
    assert found(LEAST, 0) is None
    said = found(LEAST, HITS - 1, again=1)
    assert (said.word, said.reason) == ("cannot_be_measured", "elements_do_not_recur")
    assert said.figures == {"recurring_share": 0.001, "within_share": 0.0005}


@pytest.mark.parametrize("hits", [0, HITS])
def test_names_that_vary_are_looked_for_whatever_the_hits(found: Any, hits: int) -> None:
    assert found(LEAST - 1, hits, varying=100) is None
    assert found(LEAST, hits, varying=50) is None
    said = found(LEAST, hits, varying=51)
    assert (said.word, said.reason) == ("cannot_be_measured", "element_names_vary")
    assert said.figures == {"varying_share": 0.51}

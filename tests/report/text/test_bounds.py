"""Every assumption has its clause, in plain words."""

from typing import get_args

from factories.results import changed, full

from resume_gap.report.text.bounds import ASSUMPTION, and_more, is_nothing_left
from resume_gap.results import opportunity
from resume_gap.results.common import Estimate
from resume_gap.stats import bounds


def test_every_assumption_has_its_own_clause() -> None:
    assert set(ASSUMPTION) == set(get_args(opportunity.BoundAssumption))
    assert get_args(opportunity.BoundAssumption) == get_args(bounds.BoundAssumption)
    assert len(set(ASSUMPTION.values())) == len(ASSUMPTION)
    for never in ("cap", "eligible", "rung", "excess", "lift", "saves"):
        assert never not in " ".join(ASSUMPTION.values()).split()


def test_people_who_leave_are_more_than_the_upper_bound_counts() -> None:
    more = "; more if it also keeps people who leave"
    assert and_more(full().opportunity) == more
    nobody = changed(full(), opportunity={"abandoned": 0})
    unknown = changed(full(), opportunity={"with_give_ups": Estimate()})
    assert [and_more(one.opportunity) for one in (nobody, unknown)] == ["", ""]


def test_nothing_is_left_only_where_the_bound_is_known_to_be_zero() -> None:
    def left(bound: float | None) -> bool:
        found = changed(full(), opportunity={"search_upper_seconds": bound})
        return not is_nothing_left(found.opportunity)

    assert [left(bound) for bound in (0.0, 0.4, None)] == [False, True, True]

"""Users that seem to have been assigned as groups that no column names, as sentences."""

import pytest

from resume_gap.report.text import trust
from resume_gap.report.text.unnamed_units import question, whose
from resume_gap.results.trust import TrustCheck
from resume_gap.trial.unnamed_units import DOMAIN, INSTANT, PREFIX


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (DOMAIN, "users whose ids have the same e-mail domain"),
        (PREFIX, "users whose ids begin with the same letters or digits"),
        (INSTANT, "users who were assigned at the same instant"),
    ],
)
def test_what_the_users_have_in_common(by: str, says: str) -> None:
    figures = {"by": by, "values": 30, "users": 300}
    assert whose(figures) == says
    check = TrustCheck(
        name="unit_of_randomization",
        code="together_unnamed",
        status="failed",
        p=0.00005,
        figures=figures,
    )
    found = trust.found(check)
    assert found.startswith(
        f"{says} are in the same arm more often than one by one (30 groups, 300 users, p = 5e-05):"
    )
    assert found.endswith(question(figures))
    assert ("one arm written after the other" in found) == (by == INSTANT)


def test_a_sentence_of_people_begins_with_a_capital() -> None:
    assert whose({"by": DOMAIN}, "people").startswith("People whose ids")

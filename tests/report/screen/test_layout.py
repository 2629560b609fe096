"""A caution and what is left of it."""

from __future__ import annotations

from resume_gap.report.screen.layout import CAUTIONS_GO, REMEDIES_GO, caution


def test_the_first_caution_loses_its_remedy_and_the_others_may_go() -> None:
    first = caution("caution", "It rains.", "take an umbrella", first=True)
    assert first.text == "It rains; take an umbrella"
    assert first.shorter == ((REMEDIES_GO, "It rains."),)
    other = caution("caution", "it rains", "take an umbrella", first=False)
    assert other.shorter == ((REMEDIES_GO, "it rains"), (CAUTIONS_GO, ""))
    assert caution("error", "it rains", first=True, style="red").shorter == ()
    assert first.counted == other.counted == "caution"

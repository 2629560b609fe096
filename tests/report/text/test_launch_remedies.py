"""The option that does what a check of a launch asks for stands beside it."""

from __future__ import annotations

from factories.launch_results import CONTROL, RENAMED, another_change, short

from resume_gap.report.text import launch_remedies


def test_options_stand_beside_what_they_mend() -> None:
    assert launch_remedies.whole(RENAMED).endswith("--ignore leaves others out")
    assert launch_remedies.of(another_change(), "failed") == (launch_remedies.option(RENAMED),)
    (option,) = launch_remedies.of(short(), "not_checked")
    assert option.startswith("--marker shown=NAME")
    assert launch_remedies.option(CONTROL) == ""
    assert launch_remedies.whole(CONTROL).endswith("as on other dates")

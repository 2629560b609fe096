"""A failed check in plain words."""

from resume_gap.report.text.plain_check import GROUPS, REPORT, Plain, as_


def test_the_next_step_is_what_to_find_out_and_then_to_report_again() -> None:
    plain = Plain(GROUPS, as_("Why."), "also", lambda f: f"ask {f['whom']}")
    assert plain.next_step({"whom": "them"}) == f"ask them; {REPORT}"
    assert plain.why({}) == "Why."

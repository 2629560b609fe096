"""What the measures of a trial are called, and what a guardrail asks of one."""

from resume_gap.report.text import measures


def test_a_measure_without_a_name_of_its_own_is_called_by_its_key() -> None:
    assert measures.measure("first_return") == "re-orientation time, first return"
    assert measures.measure("pages_per_user") == "pages per user"


def test_what_a_guardrail_asks_is_a_clause() -> None:
    asked = measures.kept("interruptions_per_user", falls="rise")
    assert asked == "interruptions per user do not rise"
    assert measures.kept("pages_per_user", falls="fall") == "pages per user does not fall"
    assert measures.kept("first_return", falls="rise").endswith("first return does not rise")


def test_a_missing_figure_has_a_reason_short_in_a_table() -> None:
    assert measures.why(None) == "there is too little data"
    assert measures.why("no_variation") == "the values do not vary"
    assert measures.short("no_variation") == "no variation"
    assert measures.short("few_users") == measures.why("few_users")
    assert measures.short("made_up") == "made up"

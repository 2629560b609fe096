"""What the measures of a trial are called, and what a change for the worse is."""

from resume_gap.report.text import measures


def test_a_measure_without_a_name_of_its_own_is_called_by_its_key() -> None:
    assert measures.measure("first_return") == "re-orientation time, first return"
    assert measures.measure("pages_per_user") == "pages per user"


def test_a_change_for_the_worse_stands_after_its_size() -> None:
    assert measures.harm("productive_minutes", less=True) == "fewer productive minutes per user"
    assert measures.harm("return_rate_1d", less=True) == "fewer users back within 1 day"
    assert measures.harm("pages_per_user", less=True) == "less of pages per user"
    assert measures.harm("first_return", less=False).startswith("more of re-orientation time")


def test_a_missing_figure_has_a_reason_short_in_a_table() -> None:
    assert measures.why(None) == "there is too little data"
    assert measures.why("no_variation") == "the values do not vary"
    assert measures.short("no_variation") == "no variation"
    assert measures.short("few_users") == measures.why("few_users")
    assert measures.short("made_up") == "made up"

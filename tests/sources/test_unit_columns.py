"""Which columns name a group of users, by their names."""

import pytest

from resume_gap.sources.unit_columns import is_unit_column


@pytest.mark.parametrize(
    "name",
    ["company", "Company ID", "org_name", "$tenant", "school_code", "context.account.id", "class"],
)
def test_names_that_say_so(name: str) -> None:
    assert is_unit_column(name)


@pytest.mark.parametrize(
    "name", ["variant", "group", "cohort", "bucket", "platform", "companion", "id", "className2"]
)
def test_names_that_do_not(name: str) -> None:
    assert not is_unit_column(name)

"""Which columns say what events came from, by their names."""

import pytest

from resume_gap.sources.platform_columns import is_platform_column


@pytest.mark.parametrize(
    "name",
    ["platform", "OS", "device_type", "Browser Version", "$os", "app_version", "context.os.name"],
)
def test_names_that_say_so(name: str) -> None:
    assert is_platform_column(name)


@pytest.mark.parametrize("name", ["plan", "country", "event", "position", "team", "context.page"])
def test_names_that_do_not(name: str) -> None:
    assert not is_platform_column(name)

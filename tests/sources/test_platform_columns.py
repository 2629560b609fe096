"""Which columns say what events came from, by their names."""

import pytest

from resume_gap.sources.platform_columns import is_platform_column, platform_columns


@pytest.mark.parametrize(
    "name",
    ["platform", "OS", "device_type", "Browser Version", "$os", "app_version", "context.os.name"],
)
def test_names_that_say_so(name: str) -> None:
    assert is_platform_column(name)


@pytest.mark.parametrize("name", ["plan", "country", "event", "position", "team", "context.page"])
def test_names_that_do_not(name: str) -> None:
    assert not is_platform_column(name)


def test_what_is_looked_at_anyhow_is_left_out_and_ten_are_enough() -> None:
    assert platform_columns(["a", "os", "browser"], ["browser"]) == ("os",)
    many = [f"x{n}.platform" for n in range(12)]
    assert platform_columns(many, []) == tuple(many[:10])

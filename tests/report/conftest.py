"""Tests of pages look at pictures."""

import pytest


@pytest.fixture(autouse=True)
def pictures() -> None:
    """Draw them."""

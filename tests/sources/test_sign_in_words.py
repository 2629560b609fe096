"""Names of signing in."""

from __future__ import annotations

import pytest

from resume_gap.sources.role_words import FINISHING, PRODUCTIVE
from resume_gap.sources.sign_in_words import GIVEN, SECRETS, WAYS_IN, is_signing_in, way_in


def test_what_is_done_to_sign_in_would_be_work_elsewhere() -> None:
    assert GIVEN <= PRODUCTIVE | FINISHING
    assert (WAYS_IN | SECRETS).isdisjoint(PRODUCTIVE | FINISHING)


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("login", True),
        ("User Signed In", True),
        ("sign_in_shown", True),
        ("2FA code entered", True),
        ("auth.success", True),
        ("logout", False),
        ("auth_logout", False),
        ("signed_document", False),
        ("sign_up", False),
        ("author_added", False),
        ("password_changed", False),
        ("edit_item", False),
    ],
)
def test_names_of_signing_in(name: str, *, is_so: bool) -> None:
    assert is_signing_in(name) == is_so


def test_the_word_that_says_so() -> None:
    assert way_in(("user", "signed", "in")) == "signed in"
    assert way_in(("enter", "otp")) == "otp"
    assert way_in(("signed", "document", "in")) == ""

"""Names of signing in: it comes before the work of a visit, and is no part of it."""

from itertools import pairwise
from typing import Final

from resume_gap.sources.role_words import LEAVING, SIGNING_IN, all_forms, joined, split

WAYS_IN: Final = all_forms(
    "login signin logon auth authenticate authentication otp totp mfa sso passcode passkey captcha"
) | {"2fa"}
"""Words of signing in alone."""
_PAIRS: Final = SIGNING_IN | {("2", "fa")}
SECRETS: Final = all_forms("password credential")
"""Signing in where they are given, not where they are changed."""
GIVEN: Final = all_forms(
    "submit complete finish done enter type send accept approve solve resolve answer post"
)
"""Whoever does one of these beside such a word signs in; who creates a login or edits it works."""


def way_in(words: tuple[str, ...]) -> str:
    """The word of signing in among the words of a name, or nothing.

    Args:
        words: Of the name, in order, lower case.
    """
    pairs = (" ".join(pair) for pair in pairwise(words) if pair in _PAIRS)
    return next((word for word in words if word in WAYS_IN), "") or next(pairs, "")


def is_signing_in(name: str) -> bool:
    """Whether a name says that somebody signs in."""
    words = joined(split(name))
    return bool(way_in(words)) and LEAVING.isdisjoint(words)

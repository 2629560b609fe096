"""Ids that stand for nobody: what trackers and programs write where they know no user."""

from typing import Final

PLACEHOLDER_IDS: Final = (
    "undefined",
    "null",
    "(null)",
    "nil",
    "none",
    "(none)",
    "nan",
    "[object object]",
    "0",
    "-",
    "n/a",
    "anonymous",
    "anonymous user",
    "anonymoususer",
    "anon",
    "guest",
    "guest user",
    "unknown",
    "unknown user",
    "not set",
    "(not set)",
    "not_authenticated",
    "unauthenticated",
    "distinct_id",
    "distinctid",
    "00000000-0000-0000-0000-000000000000",
)
"""In lower case; they are nobody's in any case (lists of Amplitude, Mixpanel and PostHog)."""

"""Ids that stand for nobody, and texts for null: what programs write where they know no value."""

from typing import Final

PLACEHOLDER_IDS: Final = (
    "undefined",
    "null",
    "(null)",
    "nil",
    "none",
    "(none)",
    "nan",
    "\\n",
    "<null>",
    "<nil>",
    "<na>",
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

NULL_TEXTS: Final = (
    "\\N",
    "NULL",
    "null",
    "(null)",
    "<null>",
    "<nil>",
    "None",
    "NaN",
    "nan",
    "<NA>",
    "undefined",
    "[object Object]",
)
"""How databases, Python, pandas, Go and JavaScript write null as text; no name is written so.

In this case alone: what a product shows as 'none' may be an element.
"""

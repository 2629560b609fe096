"""Users that seem to have been assigned as groups that no column names, in words."""

from collections.abc import Mapping
from typing import Any, Final

_SHARED: Final = {
    "domain": "whose ids have the same e-mail domain",
    "prefix": "whose ids begin with the same letters or digits",
    "instant": "who were assigned at the same instant",
}
_ASK: Final = (
    "were groups of users (companies, teams) assigned as a whole? Then write each user's group into"
    " a column of the assignments, as the arms are to be compared by it"
)


def whose(f: Mapping[str, Any], who: str = "users") -> str:
    """`users whose ids have the same e-mail domain`; of `people` with a capital, for a sentence."""
    shown = f"{who} {_SHARED[f['by']]}"
    return shown if who == "users" else f"{shown[0].upper()}{shown[1:]}"


def question(f: Mapping[str, Any]) -> str:
    """What to ask about the assignment, and what to do, a clause."""
    if f["by"] == "instant":
        return f"was one arm written after the other? If not: {_ASK}"
    return _ASK

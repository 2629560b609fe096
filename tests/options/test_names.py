"""Names that are printed to be pasted mean the same names when they are typed."""

from __future__ import annotations

import shlex

import pytest

from resume_gap.options.names import Assignments, Names, nearest, pasted
from resume_gap.options.values import Unfit
from resume_gap.sources.roles import matching


@pytest.mark.parametrize(
    "name",
    [
        "edit",
        "save doc",
        "edit ",
        "  edit",
        "a,b",
        "plan=pro",
        "a*b",
        "a[b]c",
        "what?",
        "it's",
        "$HOME; rm",
        "\u200bedit",
        "caf\u00e9",
        "\u7de8\u96c6",
        "\x1b[31m",
        '"x"',
        " ",
        "-x",
    ],
)
def test_a_pasted_name_means_itself(name: str) -> None:
    (argument,) = shlex.split(pasted([name, "view"]))
    assert argument.isprintable()
    first, second = Names().parse(argument)
    assert matching([name], first) == [name]
    assert "=" not in first
    assert second == "view"


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Gap", "gap"), ("thread", "threads"), ("GAPS", "gap"), ("user_id", "User_ID"), ("x", "")],
)
def test_the_nearest_name_in_any_case(name: str, meant: str) -> None:
    expected = f" (did you mean {meant}?)" if meant else ""
    assert nearest(name, ["map", "gap", "threads", "User_ID"]) == expected


def test_assignments_are_a_list_and_stay_as_they_are() -> None:
    """Text alone would be a list of letters."""
    assert Assignments().take(["a=1,2", "b=x"]) == Assignments().take(("a=1,2", "b=x"))
    assert Assignments().take(["a=1,2"]) == ("a=1,2",)
    for bad in ("a=1", {"a": "1"}, None, 5, [1], ["a=1", None]):
        with pytest.raises(Unfit):
            Assignments().take(bad)

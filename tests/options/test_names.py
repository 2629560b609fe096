"""Names that are printed to be pasted mean the same names when they are typed."""

from __future__ import annotations

import shlex

import pytest

from resume_gap.options.names import (
    MOST_NAMES,
    Assignments,
    Columns,
    MarkerNames,
    Names,
    nearest,
    pasted,
)
from resume_gap.options.values import LONGEST_TEXT, Unfit
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


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("b, a,,b", ("b", "a")),
        (["b,a", "c"], ("b", "a", "c")),
        (("x" * LONGEST_TEXT,), ("x" * LONGEST_TEXT,)),
        (",".join(f"n{i}" for i in range(MOST_NAMES)), tuple(f"n{i}" for i in range(MOST_NAMES))),
        ([], ()),
    ],
    ids=["text", "texts", "long", "many", "none"],
)
def test_names_stand_once_and_in_order(given: object, names: tuple[str, ...]) -> None:
    assert Names().take(given) == names


@pytest.mark.parametrize(
    "given",
    [{"a": 1}, 5, None, ["a", 5], "x" * (LONGEST_TEXT + 1), "a\x00", "n," * MOST_NAMES + "n"],
    ids=["table", "number", "nothing", "mixed", "long", "nul", "many"],
)
def test_what_is_no_list_of_names(given: object) -> None:
    with pytest.raises(Unfit):
        Names().take(given)


def test_columns_are_pairs_as_text_or_as_a_table() -> None:
    expected = {"user_id": "uid", "timestamp": "a=b"}
    assert Columns().parse(" user_id = uid ,, timestamp=a=b") == expected
    assert Columns().parse_all(["user_id=uid", "timestamp=a=b"]) == expected
    assert Columns().take("user_id=uid,timestamp=a=b") == expected
    assert Columns().take(expected) == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["user_id=uid"], "^$"),
        (None, "^$"),
        ("user_id", "'user_id' is no pair; write user_id=COLUMN"),
        ("user_id= ", "is no pair"),
        ({"user_id": 5}, "user_id = 5 is no column"),
        ({"user_id": " "}, "user_id = ' ' is no column"),
        ({"usr_id": "a"}, r"is not an event column \(did you mean user_id\?\); there are user_id,"),
        ({"user_id": "a\x00"}, "cannot be the name of a column"),
        ({"end": "a", "duration": "b"}, "give end or duration, not both"),
    ],
)
def test_what_is_no_column(given: object, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        Columns().take(given)


def test_events_of_the_marker_by_their_kind() -> None:
    expected = {"shown": ("a", "b", "c"), "clicked": ("d",)}
    texts = ["shown=a,b", "clicked=d", " shown =c"]
    assert MarkerNames().parse_all(texts) == MarkerNames().take(texts) == expected
    assert MarkerNames().take(tuple(texts)) == expected
    assert MarkerNames().take({"shown": "a,b,c", "clicked": ["d"]}) == expected
    assert MarkerNames().take("shown=a") == MarkerNames().parse("shown=a") == {"shown": ("a",)}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (5, "^$"),
        (["shown=a", 5], "^$"),
        ({"shown": 5}, "^$"),
        (
            "marker_shown",
            r"^say which kind 'marker_shown' is: --marker shown=marker_shown \(or clicked=, dis",
        ),
        ("my marker", "'my marker' is: --marker 'shown=my marker'"),
        ("shown", "^name the events after 'shown': --marker shown=NAMES$"),
        ("shown=,", "^name the events after 'shown=,': --marker shown=NAMES$"),
        ("clicked=", "^name the events after 'clicked=': --marker clicked=NAMES$"),
        ("", "^$"),
        (
            "show=a",
            r"is no kind of marker event \(did you mean shown\?\); there are shown, clicked,",
        ),
    ],
)
def test_what_is_no_event_of_the_marker(given: object, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        MarkerNames().take(given)

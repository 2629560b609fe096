"""Values from outside: types, bounds, required keys, and the place that is named."""

import math

import pytest

from resume_gap.output.schema import (
    Kind,
    List,
    Malformed,
    Missing,
    Number,
    Open,
    Record,
    Text,
    Whole,
)

SECONDS = Number(1, 60)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SECONDS, 1), (SECONDS, 60.0), (Number(0, 1, null=True), None),
        (Whole(0, 9), 9), (Whole(0, 9, null=True), None),
        (Text(), ""), (Text(one_of=("a", "b")), "b"), (Text(shortest=2, longest=3), "abc"),
        (Text(null=True), None),
        (List(Whole(0, 9), most=2), [1, 2]), (List(SECONDS), []),
        (Record({"a": SECONDS}), {"a": 5, "newer": object()}),
        (Open({"a": SECONDS}), {}), (Open({"a": SECONDS}), {"a": 5, "b": "x"}),
    ],
)  # fmt: skip
def test_what_fits(kind: Kind, value: object) -> None:
    kind.check(value, "x")


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (SECONDS, 0.99, "x is 0.99, not a number from 1 to 60"),
        (SECONDS, 61, "x is 61, not"),
        (SECONDS, math.nan, "not a number from"),
        (SECONDS, math.inf, "not a number from"),
        (SECONDS, True, "not a number from"),
        (SECONDS, "5", "not a number from"),
        (SECONDS, None, "not a number from 1 to 60"),
        (Number(0, 1, null=True), "x", "from 0 to 1 or null"),
        (Whole(0, 9), 10, "a whole number from 0 to 9"),
        (Whole(0, 9), -1, "a whole number"),
        (Whole(0, 9), 1.0, "a whole number"),
        (Whole(0, 9), False, "a whole number"),
        (Whole(0, 9), None, "a whole number"),
        (Text(), 5, "not a text"),
        (Text(one_of=("a", "b")), "c", "not one of a, b"),
        (Text(shortest=2), "a", "a text of 2 to 1,000,000 characters"),
        (Text(longest=2), "abc", "a text of 0 to 2 characters"),
        (Text(), None, "not a text"),
        (List(Whole(0, 9)), (1,), "not a list"),
        (List(Whole(0, 9), most=2), [1, 2, 3], "a list of at most 2"),
        (List(Whole(0, 9)), [1, 99], r"x\[1\] is 99"),
        (Record({"a": SECONDS}), [], "not an object"),
        (Record({"a": Record({"b": SECONDS})}), {"a": {"b": 99}}, r"x\.a\.b is 99"),
        (Open({"a": SECONDS}), {"a": 99}, r"x\.a is 99"),
        (Open({}), [], "not an object"),
        (Open({}), {"a": [[[[[[[[[1]]]]]]]]]}, "at most 8 levels"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(kind: Kind, value: object, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        kind.check(value, "x")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(Missing, match=r"^x\.a\.b is missing$"):
        Record({"a": Record({"b": SECONDS})}).check({"a": {}}, "x")
    with pytest.raises(Missing, match=r"^a is missing$"):
        Record({"a": SECONDS}).check({}, "")


def test_the_deepest_object() -> None:
    deep: object = {"a": 1}
    for _ in range(5):  # the innermost value is a level, too
        deep = [deep]
    Open({}).check({"a": deep}, "x")
    with pytest.raises(Malformed, match="not an object of at most 8 levels"):
        Open({}).check({"a": [deep]}, "x")

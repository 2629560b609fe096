"""Values from outside: types, bounds, required keys, and the place that is named."""

import math

import pytest

from resume_gap.output.schema import (
    JsonInstant,
    JsonKind,
    JsonList,
    JsonNumber,
    JsonObject,
    JsonOpenObject,
    JsonText,
    JsonWhole,
    Malformed,
    Missing,
)

SECONDS = JsonNumber(1, 60)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SECONDS, 1),
        (SECONDS, 60.0),
        (JsonNumber(0, 1, null=True), None),
        (JsonWhole(0, 9), 9),
        (JsonWhole(0, 9, null=True), None),
        (JsonText(), ""),
        (JsonText(one_of=("a", "b")), "b"),
        (JsonText(shortest=2, longest=3), "abc"),
        (JsonText(null=True), None),
        (JsonInstant(), "2025-03-01T08:00:00.5Z"),
        (JsonInstant(null=True), None),
        (JsonList(JsonWhole(0, 9), most=2), [1, 2]),
        (JsonList(SECONDS), []),
        (JsonObject({"a": SECONDS}), {"a": 5, "newer": object()}),
        (JsonOpenObject({"a": SECONDS}), {}),
        (JsonOpenObject({"a": SECONDS}), {"a": 5, "b": "x"}),
    ],
)
def test_what_fits(kind: JsonKind, value: object) -> None:
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
        (JsonNumber(0, 1, null=True), "x", "from 0 to 1 or null"),
        (JsonInstant(), "2025-03-41T08:00:00Z", "not an instant like 2026-03-01T"),
        (JsonInstant(), "2025-03-01T08:00:00", "not an instant like 2026-03-01T"),
        (JsonInstant(), 5, "not an instant"),
        (JsonInstant(), None, "not an instant"),
        (JsonInstant(null=True), "", "an instant like 2026-03-01T09:30:00Z or null"),
        (JsonWhole(0, 9), 10, "a whole number from 0 to 9"),
        (JsonWhole(0, 9), -1, "a whole number"),
        (JsonWhole(0, 9), 1.0, "a whole number"),
        (JsonWhole(0, 9), False, "a whole number"),
        (JsonWhole(0, 9), None, "a whole number"),
        (JsonText(), 5, "not a text"),
        (JsonText(one_of=("a", "b")), "c", "not one of a, b"),
        (JsonText(shortest=2), "a", "a text of 2 to 1,000,000 characters"),
        (JsonText(longest=2), "abc", "a text of 0 to 2 characters"),
        (JsonText(), None, "not a text"),
        (JsonList(JsonWhole(0, 9)), (1,), "not a list"),
        (JsonList(JsonWhole(0, 9), most=2), [1, 2, 3], "a list of at most 2"),
        (JsonList(JsonWhole(0, 9)), [1, 99], r"x\[1\] is 99"),
        (JsonObject({"a": SECONDS}), [], "not an object"),
        (JsonObject({"a": JsonObject({"b": SECONDS})}), {"a": {"b": 99}}, r"x\.a\.b is 99"),
        (JsonOpenObject({"a": SECONDS}), {"a": 99}, r"x\.a is 99"),
        (JsonOpenObject({}), [], "not an object"),
        (JsonOpenObject({}), {"a": [[[[[[[[[1]]]]]]]]]}, "at most 8 levels"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    kind: JsonKind, value: object, says: str
) -> None:
    with pytest.raises(Malformed, match=says):
        kind.check(value, "x")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(Missing, match=r"^x\.a\.b is missing$"):
        JsonObject({"a": JsonObject({"b": SECONDS})}).check({"a": {}}, "x")
    with pytest.raises(Missing, match=r"^a is missing$"):
        JsonObject({"a": SECONDS}).check({}, "")


def test_the_deepest_object() -> None:
    deep: object = {"a": 1}
    for _ in range(5):  # the innermost value is a level, too
        deep = [deep]
    JsonOpenObject({}).check({"a": deep}, "x")
    with pytest.raises(Malformed, match="not an object of at most 8 levels"):
        JsonOpenObject({}).check({"a": [deep]}, "x")

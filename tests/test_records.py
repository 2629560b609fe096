"""Dataclasses of ours are those of `dataclasses`, but for how long they take to make."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from resume_gap.records import dataclass, field

KINDS: list[dict[str, bool]] = [
    {},
    {"slots": True},
    {"frozen": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True, "kw_only": True, "eq": False},
]


class Point:
    """What two makers make a dataclass of."""

    x: int
    hidden: int = field(default=1, repr=False, compare=False)
    parts: tuple[str, ...] = field(default_factory=tuple)


def both(**asked: bool) -> tuple[Any, Any]:
    """A class by the library and by us, of the same fields and the same name."""
    made = []
    for maker in (dataclasses.dataclass, dataclass):
        content = {k: v for k, v in vars(Point).items() if k not in ("__dict__", "__weakref__")}
        made.append(maker(**asked)(type("Point", (), content)))
    return made[0], made[1]


@pytest.mark.parametrize("asked", KINDS)
def test_a_record_is_shown_and_compared_as_any_dataclass(asked: dict[str, bool]) -> None:
    library, ours = both(**asked)
    found = []
    for kind in (library, ours):
        one, same, other = kind(x=1), kind(x=1, hidden=2), kind(x=1, parts=("a",))
        hashed = kind.__hash__ and (hash(one) == hash(same), hash(one) == hash((1, ())))
        found.append((repr(other), one == same, one == other, one == (1, ()), hashed))
        assert dataclasses.replace(other, x=2).parts == ("a",)
        assert [each.name for each in dataclasses.fields(kind)] == ["x", "hidden", "parts"]
    assert found[0] == found[1]


@pytest.mark.parametrize("asked", KINDS)
def test_a_frozen_record_stays_as_it_is(asked: dict[str, bool]) -> None:
    for kind in both(**asked):
        one = kind(x=1)
        if asked.get("frozen"):
            for name in ("x", "hidden", "unknown"):
                with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
                    setattr(one, name, 5)
            with pytest.raises(dataclasses.FrozenInstanceError):
                del one.x
        else:
            one.x = 5
        assert (one.x, one.hidden) == (1 if asked.get("frozen") else 5, 1)


def test_what_a_class_says_of_itself_holds() -> None:
    @dataclass(frozen=True, slots=True)
    class Named:  # noqa: PLW1641 - it is made
        name: str

        def __repr__(self) -> str:
            return self.name

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Named)

    assert repr(Named("a")) == "a"
    assert Named("a") == Named("b")
    assert hash(Named("a")) == hash(("a",))


@dataclass(frozen=True)
class Base:
    """With a default, which stands in the class."""

    x: int = 1


@dataclass(frozen=True, slots=True)
class Child(Base):
    """With a slot and an inherited field that may have one, too."""

    y: int = 2


def test_a_record_may_inherit_and_be_copied() -> None:
    child = Child(y=5)
    copies = [copy.copy(child), copy.deepcopy(child), pickle.loads(pickle.dumps(child))]  # noqa: S301
    assert copies == [child] * 3
    assert repr(child) == "Child(x=1, y=5)"
    assert child != Base()
    with pytest.raises(dataclasses.FrozenInstanceError):
        child.x = 7  # type: ignore[misc]


def test_a_record_that_holds_itself_is_shown() -> None:
    @dataclass(slots=True)
    class Node:
        next: Any = None

    node = Node()
    node.next = node
    assert "..." in repr(node)

"""Dataclasses that are made in a quarter of the time, and otherwise those of `dataclasses`.

That module compiles up to seven functions of each class from text, every time the class's module is
loaded: for the two hundred classes of a run that takes as long as learning from a small log. Here
`__init__` alone is compiled. How a record is shown and compared, and that a frozen one stays as it
is, are functions that all of them share; they take longer to call, which few do.
"""

import dataclasses
from collections.abc import Callable
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass, field
else:
    field = dataclasses.field

    def dataclass(*, frozen=False, slots=False, kw_only=False, eq=True):  # noqa: ANN201, ANN001
        """As `dataclasses.dataclass`, with what of it is used here."""
        return _maker(frozen=frozen, eq=eq, slots=slots, kw_only=kw_only)


__all__ = ["dataclass", "field"]


def _maker(*, frozen: bool, eq: bool, **made: bool) -> Callable[[type], type]:
    shared: dict[str, Any] = {"__repr__": _text}
    if eq:
        shared |= {"__eq__": _is_equal, "__hash__": _hash if frozen else None}
    if frozen:
        shared |= {"__setattr__": _set_once, "__delattr__": _keep}

    def make(kind: type) -> type:
        own = {name for name in shared if name in vars(kind)}
        if vars(kind).get("__hash__", _hash) is None and "__eq__" in own:
            own -= {"__hash__"}  # Python's own mark of a class that says what is equal
        found: type = dataclasses.dataclass(repr=False, eq=False, **made)(kind)
        for name in shared.keys() - own:
            setattr(found, name, shared[name])
        return found

    return make


@recursive_repr()
def _text(self: object) -> str:
    content = ", ".join(
        f"{each.name}={getattr(self, each.name)!r}" for each in _fields(self) if each.repr
    )
    return f"{type(self).__qualname__}({content})"


def _fields(record: object) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(record)  # type: ignore[arg-type]


def _content(record: object) -> tuple[object, ...]:
    return tuple(getattr(record, each.name) for each in _fields(record) if each.compare)


def _is_equal(self: object, other: object) -> bool:
    return _content(self) == _content(other) if type(other) is type(self) else NotImplemented


def _hash(self: object) -> int:
    return hash(_content(self))


def _set_once(self: object, name: str, value: object) -> None:
    """Let `__init__`, or whoever makes a copy, set a field that has no value yet."""
    if all(name != each.name for each in _fields(self)) or _is_set(self, name):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _is_set(record: object, name: str) -> bool:
    """Whether a field has a value of its own; a default stands in the class."""
    if isinstance(getattr(type(record), name, None), MemberDescriptorType):
        return hasattr(record, name)
    return name in vars(record)


def _keep(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

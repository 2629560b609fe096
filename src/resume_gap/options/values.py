"""What the value of an option may be: how it is read, and its bounds.

A value comes as text from a command line (`parse`), or typed from a configuration file or from
Python (`take`). Both give the inner value or raise `Unfit`; the caller adds which option it was.
Bounds stand in one place, the option table, and are spelled out in every message.
"""

import codecs
import os
import reprlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final, Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LONGEST_TEXT: Final = 1_000
"""Characters of a name; longer ones are a mistake."""


class Unfit(ValueError):  # noqa: N818 - the caller makes an error of it
    """A value that an option cannot take; `str()` is the reason, empty for the usual one."""


class ValueKind(Generic[T_co]):
    """One kind of value.

    Attributes:
        wanted: What the value has to be, for messages: "a whole number from 1 to 1,024".
        bounds: Lowest and highest value in words; empty where there are none.
        annotation: The type of the parameter in Python.
        repeats: The option may be given several times.
    """

    wanted: str
    bounds: str = ""
    annotation: str = "str"
    repeats: ClassVar[bool] = False

    def parse(self, text: str) -> T_co:
        """Text as it is typed to the inner value.

        Raises:
            Unfit: It cannot be meant.
        """
        raise NotImplementedError

    def parse_all(self, texts: Sequence[str]) -> T_co:
        """The texts of a repeatable option to the inner value."""
        raise NotImplementedError

    def take(self, value: object) -> T_co:
        """A typed value to the inner one; by default only text is.

        Raises:
            Unfit: It has another type, or cannot be meant.
        """
        if not isinstance(value, str):
            raise Unfit
        return self.parse(value)

    def hint(self, value: object) -> str:  # noqa: ARG002 - kinds with names have one
        """` (did you mean X?)` behind a value that cannot be meant, or nothing."""
        return ""

    def show(self, value: object) -> str:
        """An inner value as a person would write it."""
        return str(value)


class Switch(ValueKind[bool]):
    """On or off."""

    wanted = "true or false"
    annotation = "bool"

    def take(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise Unfit
        return value

    def show(self, value: object) -> str:
        return "on" if value else "off"


class Text(ValueKind[str]):
    """A name that only the data know."""

    def __init__(self, what: str = "text") -> None:
        self.wanted = f"{what} of 1 to {LONGEST_TEXT:,} characters"

    def parse(self, text: str) -> str:
        if not text.strip() or len(text) > LONGEST_TEXT or not is_plain(text):
            raise Unfit
        return text


class File(ValueKind[str]):
    """The path of a file, kept as it was given."""

    wanted = "the path of a file"
    annotation = "str | PathLike[str]"

    def parse(self, text: str) -> str:
        if not text or "\x00" in text:
            raise Unfit
        return text

    def take(self, value: object) -> str:
        return self.parse(_path(value))


class AnyPath(ValueKind[Path]):
    """The path of a folder or a file, as a `Path`."""

    wanted = "a path"
    annotation = "str | PathLike[str]"

    def parse(self, text: str) -> Path:
        if not text or "\x00" in text:
            raise Unfit
        return Path(text)

    def take(self, value: object) -> Path:
        return self.parse(_path(value))


class Choice(ValueKind[T]):
    """One of a few words."""

    def __init__(self, *words: T) -> None:
        self._words: Mapping[str, T] = {str(word): word for word in words}
        self.bounds = ", ".join(self._words)
        self.wanted = f"one of {self.bounds}"
        self.annotation = f"Literal[{', '.join(f'{word!r}' for word in self._words)}]"

    def parse(self, text: str) -> T:
        try:
            return self._words[text.strip()]
        except KeyError:
            raise Unfit from None


class Encoding(ValueKind[str]):
    """How characters are written as bytes, by Python's name for it."""

    wanted = "the name of an encoding, such as latin-1 or utf-16"

    def parse(self, text: str) -> str:
        name = text.strip()
        try:
            "a".encode(name)  # what encodes no text, such as hex, has a name, too
            return codecs.lookup(name).name
        except (LookupError, ValueError):
            raise Unfit from None


def shown(value: object) -> str:
    """A value in one short line, whatever it is."""
    try:
        text = _SHORT.repr(value)
    except ValueError:  # a number of more digits than Python turns into text
        return "a number of thousands of digits"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def is_plain(text: str) -> bool:
    """Neither NUL nor half a character, which no file and no database can hold."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _path(value: object) -> str:
    if not isinstance(value, str | os.PathLike):
        raise Unfit
    path = os.fspath(value)
    if not isinstance(path, str):
        raise Unfit
    return path


_LONGEST_SHOWN: Final = 120
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 60
_SHORT.maxlevel = 3

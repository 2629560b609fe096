"""Event logs in XES (IEEE 1849), read as a stream.

What an untrusted file may do is bounded: a document type, by which entities are made, is refused;
so is what lies deeper or is longer than any log.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from resume_gap.errors import InputError
from resume_gap.sources.inputs import BROKEN, InputFile, unreadable
from resume_gap.sources.sandbox import first_line

_PIECE: Final = 1 << 16
_DEEPEST: Final = 64
_LONGEST: Final = 1_000_000
_CASE: Final = "case:"
_TYPES: Final = frozenset(("string", "date", "int", "float", "boolean", "id"))

Attributes = dict[str, str]


def rows(file: InputFile) -> Iterator[Mapping[str, str]]:
    """The events with their attributes, and those of their trace behind `case:`.

    Raises:
        InputError: The file is broken, has a document type, or is nested without end.
    """
    handler = _Events(file)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.StartDoctypeDeclHandler = handler.refuse_doctype
    try:
        with file.open_bytes() as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
                yield from handler.take()
            parser.Parse(b"", True)
        yield from handler.take()
    except expat.ExpatError as error:
        raise InputError(
            f"{file.label}: is no XES that can be read ({first_line(error)}); export it again"
        ) from error
    except BROKEN as error:
        raise unreadable(file.label, error) from error


class _Events:
    """What the parser calls; collects finished events."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._path: list[str] = []
        self._trace: Attributes = {}
        self._event: Attributes = {}
        self._held: list[tuple[Attributes, Attributes]] = []

    def take(self) -> Iterator[Attributes]:
        """The events that are finished, each once."""
        held, self._held = self._held, []
        for trace, event in held:
            yield {**trace, **event}

    def refuse_doctype(self, *_: object) -> None:
        """Refuse a document type."""
        raise InputError(
            f"{self._file.label}: has a document type (DTD), which no XES needs and which is never"
            " read; remove it"
        )

    def start(self, name: str, values: Mapping[str, str]) -> None:
        """An element begins."""
        tag = name.rpartition(" ")[2]
        if len(self._path) >= _DEEPEST:
            raise InputError(f"{self._file.label}: is nested deeper than any XES; export it again")
        inside = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag == "trace":
            self._trace = {}
        elif tag == "event":
            self._event = {}
        elif tag in _TYPES and inside in ("trace", "event"):
            key, value = values.get("key", ""), values.get("value", "")
            if len(value) > _LONGEST:
                raise InputError(
                    f"{self._file.label}: holds a value that is longer than any of XES"
                )
            if inside == "trace":
                self._trace[f"{_CASE}{key}"] = value
            else:
                self._event[key] = value

    def end(self, name: str) -> None:
        """An element ends."""
        self._path.pop()
        if name.rpartition(" ")[2] == "event":
            self._held.append((self._trace, self._event))

"""Events inside of documents, written one on a line: what a layout says lies under some keys."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from resume_gap.errors import InputError
from resume_gap.layouts import NAMES, TrackerLayout, layouts, load
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.tables import Broken

DOCUMENT_MOST: Final = 500_000_000
"""Characters of one document; it is held in memory as a whole."""
_CHECKED: Final = 20_000
_EXAMPLES: Final = 5
_DEPTH: Final = 2
_EVERY: Final = "*"
_LIST: Final = "[]"


@dataclass(frozen=True, slots=True)
class Packing:
    """Where the events of documents lie.

    Attributes:
        ways: The steps from the top to their lists.
        carry: Objects on the way that are handed on.
    """

    ways: tuple[tuple[str, ...], ...]
    carry: tuple[str, ...]


def packing(names: Sequence[str], source: str) -> Packing | None:
    """How a layout packs events into documents with these keys; None: it is none of those.

    Args:
        names: The keys.
        source: What `--source` says.
    """
    some = (load(source),) if source in NAMES else layouts() if source != "plain" else ()
    found = ((_ways(one, names), one.carry) for one in some)
    return next((Packing(ways, carry) for ways, carry in found if ways), None)


def _ways(layout: TrackerLayout, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The ways that begin at one of the keys, as steps."""
    return tuple(
        tuple(way.replace(_LIST, f".{_LIST}").split("."))
        for way, beside in layout.unpack.items()
        if {way.partition(".")[0].removesuffix(_LIST), *beside} <= set(names)
    )


def write_events(
    file: InputFile,
    packed: Packing,
    how: str,
    target: Path,
    check: Callable[[], None],
) -> Broken:
    """Write the events of a JSON file's documents to `target`, one object on a line.

    An event gets the plain values of the objects above it, its own ones first.

    Args:
        file: The file.
        packed: Where they lie.
        how: How the documents stand, as `jsonlines.layout` says.
        target: The file to write.
        check: Called now and then; raises when the temporary folder is too large.

    Returns:
        The lines that hold no document.

    Raises:
        InputError: The file is one document that is broken or too large.
    """
    broken: list[int] = []

    def rows() -> Iterator[Mapping[str, Any]]:
        documents = _lines(file, broken) if how in ("lines", "bom") else _whole(file)
        for document in documents:
            for way in packed.ways:
                yield from _events(document, way, packed.carry, {})

    write_lines(rows(), target, check)
    return Broken(len(broken), tuple(broken[:_EXAMPLES]))


def write_lines(rows: Iterator[Mapping[str, Any]], target: Path, check: Callable[[], None]) -> None:
    """Write objects one on a line."""
    with target.open("w", encoding="utf-8") as stream:
        for number, row in enumerate(rows):
            stream.write(json.dumps(row, separators=(",", ":")) + "\n")
            if number % _CHECKED == 0:
                check()


def _lines(file: InputFile, broken: list[int]) -> Iterator[object]:
    with file.open_bytes() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                yield _read(line)
            except (ValueError, RecursionError):
                broken.append(number)


def _whole(file: InputFile) -> Iterator[object]:
    with file.open_bytes() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace").read(
            DOCUMENT_MOST + 1
        )
    if len(text) > DOCUMENT_MOST:
        raise InputError(
            f"{file.label}: is one document of more than {DOCUMENT_MOST / 1e6:,.0f} MB; export"
            " fewer days at a time"
        )
    decoder = json.JSONDecoder(parse_constant=lambda _: None)
    place = 0
    try:
        while place < len(text):
            found, place = decoder.raw_decode(text, _after_blanks(text, place))
            yield from found if isinstance(found, list) else (found,)
            place = _after_blanks(text, place)
    except (ValueError, RecursionError) as error:
        line = text.count("\n", 0, place) + 1
        raise InputError(
            f"{file.label}: is no valid JSON from line {line} on ({str(error)[:80]}); check that"
            " the export finished"
        ) from error


def _after_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _read(line: str) -> object:
    return json.loads(line, parse_constant=lambda _: None)


def _events(
    value: object, way: Sequence[str], carry: Sequence[str], above: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    if not way:
        if isinstance(value, dict):
            yield {**above, **{name: without_pairs(own) for name, own in value.items()}}
        return
    step, rest = way[0], way[1:]
    if step == _LIST:
        for inner in value if isinstance(value, list) else ():
            yield from _events(inner, rest, carry, above)
    elif not isinstance(value, dict):
        return
    elif step == _EVERY:
        for key, inner in value.items():
            yield from _events(inner, rest, carry, {**above, "id": key})
    elif step in value:
        plain = {
            name: without_pairs(own)
            for name, own in value.items()
            if name in carry or not isinstance(own, list | dict)
        }
        yield from _events(value[step], rest, carry, {**above, **plain})


def without_pairs(value: object, depth: int = 0) -> object:
    """The value with lists of keys with values as objects, as far as those lie near the top."""
    if depth > _DEPTH:
        return value
    if isinstance(value, dict) and [*value] == ["list"] and isinstance(value["list"], list):
        # BigQuery writes a list to Parquet as `list` of `element`.
        value = [one.get("element") for one in value["list"] if isinstance(one, dict)]
    if isinstance(value, dict):
        return {name: without_pairs(own, depth + 1) for name, own in value.items()}
    if isinstance(value, list) and value and all(map(_is_pair, value)):
        return {str(pair.get("key", pair.get("name"))): _first_of(pair["value"]) for pair in value}
    return value


def _is_pair(value: object) -> bool:
    return isinstance(value, dict) and "value" in value and ("key" in value or "name" in value)


def _first_of(value: object) -> object:
    """A value that stands in a field for its type."""
    if not isinstance(value, dict):
        return value
    return next((own for own in value.values() if own is not None), None)

"""Where the parts of an event probably lie when no column of a file is called like them.

Exports often pack everything but a name into one object, or a whole log into one document. The
first rows are looked at, and the options, or a command that unpacks the events, are proposed.
"""

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from resume_gap.eventcolumns import BY_NAME
from resume_gap.sources.columns import alternatives, flag, plain_name
from resume_gap.sources.inputs import beside

ROWS: Final = 50
"""Rows of a file that are looked at; the answer is a proposal and decides nothing."""
_DEEPEST: Final = 6
_ENTRIES: Final = 20
_KNOWN_PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "user_id": (
        "actor.account.name",
        "actor.mbox",
        "actor.id",
        "user.id",
        "enduser.id",
        "context.user_id",
    ),
    "timestamp": ("eventTime", "timeUnixNano"),
    "event": ("verb.id", "verb", "data.app", "data.status"),
}
"""Paths that published layouts use, best first (xAPI, Caliper, OpenTelemetry, ActivityWatch)."""
_AT_WORST: Final = {"user_id": "hostname"}
"""What stands in where nothing else is found."""
_LIKELY: Final = {
    "user_id": "who useremail email emailaddress login author authorid authoraccountid actorid"
    " updaterid createdby employee employeeid agentid",
    "timestamp": "when date created browsertime eventdate loggedat performedat started startedat",
    "event": "what type operation summary activitytype actiontype",
}
"""Plain names of columns that are proposed, but mean too many things to be taken unasked."""
_TIME: Final = re.compile(r"\d{4}-?\d\d|\d{9,}(\.\d*)?$")
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_]+")

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Packed:
    """Events inside of a document.

    Attributes:
        path: The keys that lead to their list; `None` stands for every entry of an object or list.
        events: The first ones, each with the plain values of the object that holds the list.
    """

    path: tuple[str | None, ...]
    events: tuple[Document, ...]


def advice(documents: Sequence[Document], missing: Sequence[str], file: str) -> str:
    """What to paste where required columns are missing; empty where nothing is found.

    Args:
        documents: The first rows of a file, by column.
        missing: Event columns without a column.
        file: The name of the file, as given.
    """
    whole = [unpacked(document) for document in documents]
    inside = _options(whole, missing)
    pasted = " ".join(inside.get(name) or flag(name, "COL") for name in missing)
    if len(inside) == len(missing):
        return f"say which, such as: {pasted}"
    packed = next((found for one in whole if (found := _packed(one)) is not None), None)
    if packed is None:
        return f"say which, such as: {pasted}" if inside else ""
    shown = ".".join("*" if key is None else key for key in packed.path)
    options = _options(packed.events, ("user_id", "timestamp", "event"), known=False)
    then = f" and name the columns: {' '.join(options.values())}" if options else ""
    new = beside(file, "events.jsonl")
    return (
        f"the events lie under {shown}; unpack them: {_command(packed.path, file)} > {new},"
        f" then give {new}{then}"
    )


def path_to(documents: Iterable[Document], name: str) -> str | None:
    """The shortest dotted path to values inside of columns under this key; None where none is.

    A list of keys with values, such as GA4's `event_params`, is one of its keys' paths.
    """
    paths = {
        path
        for document in documents
        for path in (*(path for path, _ in leaves(unpacked(document), ())), *_pairs(document))
        if path.rpartition(".")[2] == name.rpartition(".")[2] and "." in path
    }
    return min(paths, key=lambda path: (path.count("."), path), default=None)


def _pairs(document: Document) -> Iterator[str]:
    for column, value in unpacked(document).items():
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("key"), str):
                yield f"{column}.{entry['key']}"


def unpacked(document: Document) -> Document:
    """The document with texts that hold JSON read."""
    return {name: _read(value) for name, value in document.items()}


def _read(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _options(
    documents: Sequence[Document], wanted: Sequence[str], *, known: bool = True
) -> dict[str, str]:
    """Options by event column that name where its values lie.

    Args:
        documents: Objects.
        wanted: Event columns.
        known: Also those that are recognized without an option.
    """
    values: dict[str, list[object]] = {}
    for document in documents:
        for path, value in leaves(document, ()):
            values.setdefault(path, []).append(value)
    found = {}
    for event_column in wanted:
        ranked = sorted(
            (rank, path.count("."), -len(held), path)
            for path, held in values.items()
            if (rank := _rank(event_column, path)) is not None
            and (event_column != "timestamp" or all(map(_is_time, held)))
        )
        if not ranked:
            continue
        path = ranked[0][-1]
        if known or "." in path or not alternatives(event_column, [path]):
            found[event_column] = flag(event_column, path)
    return found


_AT_LAST: Final = 100


def _rank(event_column: str, path: str) -> int | None:
    """How well a path fits an event column, best first; None: not at all.

    A likely name of a whole column fits better than an alias of a value inside of another one:
    `type` beside `payload.action`.
    """
    for place, known in enumerate(reversed(_KNOWN_PATHS.get(event_column, ())), start=1):
        if path == known:
            return -place
    if path == _AT_WORST.get(event_column):
        return _AT_LAST
    name = plain_name(path.rpartition(".")[2].lstrip("$@"))
    ranks = ((event_column,), *BY_NAME[event_column].aliases)
    for place, rank in enumerate(ranks):
        if name in map(plain_name, rank):
            return 2 * place
    if name not in _LIKELY.get(event_column, "").split():
        return None
    return 2 * len(ranks) if "." in path else 1


def _is_time(value: object) -> bool:
    return not isinstance(value, bool) and _TIME.match(str(value)) is not None


def leaves(value: Document, path: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """Plain values with their dotted paths; lists are not entered."""
    for key, inner in value.items():
        if isinstance(inner, Mapping) and len(path) < _DEEPEST:
            yield from leaves(inner, (*path, key))
        elif isinstance(inner, str | int | float) and inner != "":
            yield ".".join((*path, key)), inner


def _packed(value: object, path: tuple[str | None, ...] = ()) -> _Packed | None:
    """The first list of objects with a time, and the way to it."""
    if len(path) > 2 * _DEEPEST:
        return None
    if isinstance(value, list):
        return _first((inner, (*path, None)) for inner in value[:_ENTRIES])
    if not isinstance(value, Mapping):
        return None
    for key, inner in value.items():
        events = _events(inner)
        if events:
            plain = {name: own for name, own in value.items() if not _holds_more(own)}
            return _Packed((*path, key), tuple({**plain, **event} for event in events))
    entries = list(value.items())[:_ENTRIES]
    return _first((inner, (*path, _step(key))) for key, inner in entries)


def _first(places: Iterable[tuple[object, tuple[str | None, ...]]]) -> _Packed | None:
    return next((found for place in places if (found := _packed(*place)) is not None), None)


def _step(key: str) -> str | None:
    """A key that names a part of the layout; None for one that is data itself."""
    return key if _PLAIN_KEY.fullmatch(key) else None


def _events(value: object) -> list[Document]:
    """The objects of a list of objects that have a time; empty where it is none."""
    if not isinstance(value, list):
        return []
    objects = [inner for inner in value[:_ENTRIES] if isinstance(inner, Mapping)]
    return objects if "timestamp" in _options(objects, ("timestamp",)) else []


def _holds_more(value: object) -> bool:
    return isinstance(value, Mapping | list)


def _command(path: Sequence[str | None], file: str) -> str:
    """A command of jq that writes one event a line, with what the object around it says."""
    *above, last = path
    steps = "".join(map(_step_of_jq, above)).removeprefix(".")
    around = f".{steps} | " if steps else ""
    events = _step_of_jq(last).removeprefix(".")
    script = shlex.quote(f"{around}map_values(scalars) + .{events}[]")
    packed = _UNPACKERS.get(file.rpartition(".")[2].lower())
    if packed is None:
        return f"jq -c {script} {shlex.quote(file)}"
    return f"{packed} {shlex.quote(file)} | jq -c {script}"


_UNPACKERS: Final = {"gz": "gzip -dc", "zst": "zstd -dc"}


def _step_of_jq(key: str | None) -> str:
    if key is None:
        return "[]"
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{json.dumps(key)}]"

"""Files to tables: every input opened, and what is not Parquet written to Parquet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import nested
from resume_gap.sources.beginnings import advice_on_header
from resume_gap.sources.clashes import refuse_lists
from resume_gap.sources.columns import Taken, recognize
from resume_gap.sources.drafts import Draft, columns_of
from resume_gap.sources.found_times import FoundFormat, found_format, with_date
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.layout import Known, Probe, known_layout
from resume_gap.sources.measure import TIMES
from resume_gap.sources.needed import needed_columns
from resume_gap.sources.opener import Opener
from resume_gap.sources.pandas_frames import refuse_left_out
from resume_gap.sources.readers.header import refuse_too_many
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import InputTable
from resume_gap.sources.time_patterns import check_pattern
from resume_gap.sources.times import DAY_NUMBERS
from resume_gap.sources.walks import heads
from resume_gap.system.temporary import SourceFolder

_LOOKED_AT: Final = 5
"""Inputs of a log whose values say which tracker wrote it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """All inputs with what their columns are.

    Attributes:
        tables: In the order of the files.
        taken: Event columns to the files' columns.
        names: All columns of the files, each once.
        opener: What opened them.
        known: What the layout of a tracker says; None: it is a plain log.
        written: How its times are written, where that was found.
    """

    tables: tuple[InputTable, ...]
    taken: dict[str, Taken]
    names: tuple[str, ...]
    opener: Opener
    known: Known | None = None
    written: FoundFormat | None = None


def open_tables(opener: Opener) -> Opened:
    """Open every input; text is parsed, what is broken is counted.

    Raises:
        InputError: A file cannot be read or the columns do not say what is needed.
    """
    files, settings = opener.files, opener.settings
    tables: dict[int, InputTable] = {}
    drafts: dict[int, Draft] = {}
    for number, file in enumerate(files):
        with one_line_errors(file.label):
            opened = opener.open(file, number)
        if isinstance(opened, InputTable):
            tables[number] = opened
        else:
            drafts[number] = opened
    check_pattern(opener.con, settings.time_format)
    names = _names(files, tables, drafts)
    refuse_too_many(_labels(files), len(names))
    if not any(t.rows for t in tables.values()) and not any(d.names for d in drafts.values()):
        raise _all_empty(files)
    walks = {
        value
        for value in settings.mapping.values()
        if value not in names
        and (
            any(_draft_walks(draft, value) for draft in drafts.values())
            or opener.walks(tables.values(), value)
        )
    }
    known = known_layout(opener.con, _probes(tables, drafts)[:_LOOKED_AT], names, settings)
    asked = [*settings.mapping.values(), *(known.columns.values() if known else ())]
    asked += [known.session] if known and known.session else []
    dotted = [value for value in asked if value not in names or "." in value]

    def first_with_rows() -> int:
        return next(n for n in range(len(files)) if _has_rows(tables.get(n), drafts.get(n)))

    def inside(name: str) -> str | None:
        number = first_with_rows()
        return nested.path_to(opener.documents(tables.get(number) or drafts[number]), name)

    def advice(missing: Sequence[str]) -> str:
        number = first_with_rows()
        above = advice_on_header(drafts[number]) if number in drafts else ""
        if above:
            return above
        documents = opener.documents(tables.get(number) or drafts[number])
        return nested.advice(documents, missing, files[number].label)

    refuse_left_out(files, settings)
    taken = recognize(
        names,
        settings.mapping,
        configured=settings.configured,
        dotted=walks,
        layout=known.columns if known else {},
        without=known.without if known else (),
        advice=advice,
        inside=inside,
    )
    written = _read_times(opener, _probes(tables, drafts), taken, names, known)
    times = list(dict.fromkeys(taken[name].column for name in TIMES if name in taken))
    dotted += [name for name in times if name not in names and name not in dotted]
    needed = needed_columns(settings, taken, names)
    mapped = sorted({one.column for one in taken.values()})
    opener.expect(drafts)
    for number, draft in drafts.items():
        with one_line_errors(draft.file.label):
            table = opener.write(draft, number, times, dotted, needed)
            tables[number] = replace(table, file=files[number], kinds=opener.kinds(draft, mapped))
    ordered = tuple(tables[number] for number in range(len(files)))
    refuse_lists(taken, ordered)
    return Opened(ordered, taken, names, opener, known, written)


def _read_times(
    opener: Opener,
    probes: Sequence[Probe],
    taken: dict[str, Taken],
    names: Sequence[str],
    known: Known | None,
) -> FoundFormat | None:
    """Find out how the times are written, and state it in the settings that the inputs are read by.

    Args:
        opener: Its settings change.
        probes: All inputs that have rows.
        taken: Event columns; a date beside a time of day joins it.
        names: All columns of the files.
        known: What the layout of a tracker says.
    """
    if known is not None:
        opener.settings = known.settings(opener.settings)
    settings = opener.settings
    if taken["timestamp"].how != "mapping":
        both = with_date(opener.con, probes, taken["timestamp"].column, names)
        taken["timestamp"] = Taken(both, "content") if both is not None else taken["timestamp"]
    stated = settings.time_format
    if stated is not None and not opener.is_beside:
        return None
    if stated == DAY_NUMBERS:  # numbers of another file may be instants
        settings = opener.settings = replace(settings, time_format=None)
    day_first = known is not None and known.layout.day_first
    column = taken["timestamp"].column
    written = found_format(
        opener.con, probes, column, settings.tz, day_first=day_first, stated=stated
    )
    if written is not None:
        opener.settings = replace(settings, time_format=written.form.pattern)
    return written


def column_names(
    files: Sequence[InputFile], settings: Settings, folder: SourceFolder
) -> tuple[str, ...]:
    """The columns of all files, each once, before anybody asks what they mean.

    Raises:
        InputError: A file cannot be read.
    """
    with Opener(files, settings, folder) as opener:
        names: dict[str, None] = {}
        for number, file in enumerate(files):
            with one_line_errors(file.label):
                opened = opener.open(file, number)
            names.update(
                dict.fromkeys(opened.columns if isinstance(opened, InputTable) else opened.names)
            )
    return tuple(names)


def _names(
    files: Sequence[InputFile],
    tables: Mapping[int, InputTable],
    drafts: Mapping[int, Draft],
) -> tuple[str, ...]:
    """All column names, each once, in the order of the inputs."""
    found: dict[str, None] = {}
    for number in range(len(files)):
        names = tables[number].columns if number in tables else drafts[number].names
        found.update(dict.fromkeys(names))
    return tuple(found)


def _has_rows(table: InputTable | None, draft: Draft | None) -> bool:
    return bool(table is not None and table.rows) or bool(draft is not None and draft.names)


def _all_empty(files: Sequence[InputFile]) -> InputError:
    return InputError(f"{_labels(files)}: no rows; check that the export finished")


def _labels(files: Sequence[InputFile]) -> str:
    return ", ".join(file.label for file in files[:3]) + (" ..." if len(files) > 3 else "")


def _draft_walks(draft: Draft, name: str) -> bool:
    return any(head in draft.names for head in heads(name))


def _probes(tables: Mapping[int, InputTable], drafts: Mapping[int, Draft]) -> tuple[Probe, ...]:
    """The first inputs that have rows, to look at."""
    found = [Probe(table, table.relation) for table in tables.values() if table.rows]
    found += [
        Probe(
            InputTable(draft.file, draft.path, columns_of(draft), 0),
            draft.source(strict=False),
        )
        for draft in drafts.values()
        if draft.names
    ]
    return tuple(found)

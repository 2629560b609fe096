"""Parquet files with values that the engine cannot read, written anew before the analysis."""

from collections.abc import Mapping, Sequence

from resume_gap.errors import InputError
from resume_gap.fileformats import FORMATS
from resume_gap.sources import findings
from resume_gap.sources.columns import Taken
from resume_gap.sources.groups import group
from resume_gap.sources.measure import TIMES
from resume_gap.sources.opener import MEMORY_LIMIT, Opener
from resume_gap.sources.readers.parquet import broken_columns, mend, reads, suspects
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import InputTable
from resume_gap.system.temporary import SourceFolder


def mend_tables(
    tables: Sequence[InputTable],
    taken: Mapping[str, Taken],
    folder: SourceFolder,
    opener: Opener,
) -> tuple[tuple[InputTable, ...], list[findings.Unread]]:
    """Parquet files whose values the engine can all read, and what had to change for that."""
    mended = list(tables)
    unread: list[findings.Unread] = []
    text = {one.column for name, one in taken.items() if name not in TIMES}
    for one in group(tables):
        kind = one.tables[0].file.kind
        if kind != "parquet" and not FORMATS[kind].converted:
            continue
        names = suspects(one.tables, text)
        limit = opener.settings.memory_limit or MEMORY_LIMIT
        with one_line_errors(one.label):
            if not names or reads(opener.con, one.tables, names):
                continue
            opener.renew()
            if one.tables[0].view:
                mended[one.numbers[0]] = opener.lay_down(one.tables[0], one.numbers[0])
            stored = tuple(mended[number] for number in one.numbers)
            broken = broken_columns(stored, names, limit)
        for place, columns in broken.items():
            number = one.numbers[place]
            new = mend(mended[number], columns, folder.path / f"mended-{number}.parquet")
            lost = [name for name, one in taken.items() if one.column in new.left_out]
            if lost:
                raise InputError(
                    f"{new.table.file.label}: column {taken[lost[0]].column!r} holds values that"
                    " cannot be read; copy or export it again"
                )
            mended[number] = new.table
            unread.append(findings.Unread(new.table.file.label, new.columns, new.left_out))
    return tuple(mended), unread

"""docs/sources.md: how to export from each tracker, what is read of it, and what is lost.

Written by `python -m benchmarks.option_pages`, from the layouts.
"""

from typing import Final

from resume_gap.eventcolumns import BY_NAME
from resume_gap.layouts import EITHER, TrackerLayout, layouts

_INTRODUCTION: Final = """\
# Sources

Generated from `src/resume_gap/layouts/` by `python -m benchmarks.option_pages`.

An export is recognized by its columns, or by the keys inside of them; the report's data section
says as what it was read, and why. `--source NAME` takes a layout without its marks. With
`--source plain` there is none: columns are recognized by their names alone (docs/options.md), as
they are where no layout fits. `--map`, `--user`, `--time`, `--event` and `--target` win over
both.

In a name a dot walks into an object, into a text of JSON, or into a list of keys with values.
`a | b` is the first of the two that has a value in a row, `a/` is the last part of an address.
`--map` takes such names as well: `--map 'user_id=properties.user | properties.$device_id'`.

Of several names the first one counts that has a value in at least half as many of the first rows as
any other. What a customer adds to an event (`properties` below) is searched for the names of the
element, context, task and position in docs/options.md first.

A folder is read with everything below it, as one log, so put one product's files there only. Names
of folders such as `date=2026-01-01`, which writers of partitions make, are no columns: what they
say must be in the files, too.

Events inside of documents are unpacked. XML with a document type is refused, so that no entity is
ever expanded.
"""


def source_page() -> str:
    """docs/sources.md."""
    return "\n".join([_INTRODUCTION, *map(_section, layouts())])


def _section(one: TrackerLayout) -> str:
    lines = [f"## {one.label}\n", f"`--source {one.name}`. {one.export.strip()}\n"]
    if one.refused:
        return "\n".join([*lines, f"Refused: {one.refused}.\n", _marks(one)])
    lines.append("| part | names, best first |\n|---|---|")
    lines += [f"| {BY_NAME[name].name} | {_names(names)} |" for name, names in one.columns.items()]
    if one.properties:
        lines.append(f"| properties | {_names(one.properties)} |")
    if one.zone:
        lines.append(f"| zone of times that carry none | {one.zone} |")
    if one.session:
        lines.append(f"| session id, compared with the gaps only | {_names(one.session)} |")
    lines += [f"| {unit} | {value} |" for unit, value in one.units.items()]
    if one.unpack:
        lines.append(f"| events are under | {_names(tuple(one.unpack))} |")
    alone = [f"Refused: {_sets(one.tables)}: tables of its database, not joined.\n"]
    return "\n".join(
        [*lines, "", f"Lost: {one.lost}\n", *(alone if one.tables else []), _marks(one)]
    )


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name.replace(EITHER, chr(32) + chr(92) + '| ')}`" for name in names)


def _marks(one: TrackerLayout) -> str:
    return f"Recognized by {_sets(one.recognized)}.\n"


def _sets(some: tuple[tuple[str, ...], ...]) -> str:
    return "; or ".join(map(_names, some))

"""What the columns of the opened inputs mean, and what is odd about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from resume_gap.errors import InputError, UsageError
from resume_gap.results.common import Check
from resume_gap.settings import nearest
from resume_gap.sources import findings
from resume_gap.sources.agent_columns import likely_agents
from resume_gap.sources.choices import about_choices
from resume_gap.sources.clashes import about_kinds
from resume_gap.sources.columns import Taken, found_columns
from resume_gap.sources.fitness import (
    drop_unfit,
    drop_unreadable,
    refuse_blind_walks,
    sequence_kind,
    time_unit,
)
from resume_gap.sources.groups import Group, group
from resume_gap.sources.lengths import lengths_of
from resume_gap.sources.measure import TIMES, Held, measure
from resume_gap.sources.mending import mend_tables
from resume_gap.sources.opening import Opened
from resume_gap.sources.people_columns import people_checks
from resume_gap.sources.roles import Entries, Mark, parse
from resume_gap.sources.rows import RowPlan
from resume_gap.sources.siblings import Preferred, Siblings
from resume_gap.sources.tables import InputTable
from resume_gap.system.temporary import SourceFolder


class ColumnRoles(NamedTuple):
    """What columns say about roles and people.

    Attributes:
        entries: What the role options say.
        agents: Values of columns by which an assistant or automation may have acted.
        people: Checks of ids that several people share.
    """

    entries: Entries
    agents: tuple[Mark, ...]
    people: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """How the inputs are read.

    Attributes:
        tables: All inputs; those that the engine could not read are written anew.
        groups: Those that have rows.
        plan: How their columns become those of events.
        roles: What columns say about roles and people.
        times: What the column of times holds.
        checks: How columns, units and zones were taken, and what is odd about the files.
    """

    tables: tuple[InputTable, ...]
    groups: tuple[Group, ...]
    plan: RowPlan
    roles: ColumnRoles
    times: Held
    checks: tuple[Check, ...]


class _Columns(NamedTuple):
    """The event columns that are used.

    Attributes:
        held: What the typed ones hold.
        left_out: Those that were recognized by name and dropped by content.
        preferred: Those that were chosen by their values.
        event_else: The column that fills the event, if any.
    """

    held: Mapping[str, Held]
    left_out: Sequence[findings.LeftOut]
    preferred: Sequence[Preferred]
    event_else: Preferred | None


def interpret(opened: Opened, folder: SourceFolder, twice: Sequence[str]) -> Interpretation:
    """Decide how the columns of the inputs are read.

    Args:
        opened: The inputs and the columns that were recognized; loses those that do not fit.
        folder: Where files that are written anew lie.
        twice: Inputs that were given more than once.

    Raises:
        InputError: The inputs hold no row, or a column that is needed cannot be used.
        UsageError: An option names a column that is not there.
    """
    opener, taken, known = opened.opener, opened.taken, opened.known
    findings.refuse_broken(opened.tables, lenient=opener.settings.lenient)
    tables, unread = mend_tables(opened.tables, taken, folder, opener)
    groups = group(tables)
    if not groups:
        raise InputError(f"{tables[0].file.label}: no rows; check that the export finished")
    columns = _columns_of(opened, groups)
    roles = _roles(opened, groups)
    plan, about_lengths = _plan(opened, groups, columns, roles)
    zoned = known.zoned if known else None
    return Interpretation(
        tables=tables,
        groups=groups,
        plan=plan,
        roles=roles,
        times=columns.held["timestamp"],
        checks=(
            *findings.about_files(tables, twice),
            *((known.check(),) if known else ()),
            *((opened.written.check(),) if opened.written else ()),
            *findings.about_columns(taken, opened.names, tables, columns.left_out),
            *about_choices(columns.preferred, columns.event_else),
            *about_lengths,
            *roles.people,
            *findings.about_unread(unread),
            *about_kinds(taken, tables),
            *findings.about_times(columns.held, plan.units, opener.settings, plan.taken, zoned),
        ),
    )


def _columns_of(opened: Opened, groups: Sequence[Group]) -> _Columns:
    """Choose among columns by their values, and drop those that cannot be what their name says."""
    con, taken, settings = opened.opener.con, opened.taken, opened.opener.settings
    preferred, event_else = Siblings(groups, con).choose(taken, opened.names)
    left_out = drop_unfit(con, groups, taken)
    refuse_blind_walks(con, groups, taken)
    held = measure(con, groups, _names_of(taken), settings.tz, settings.time_format)
    return _Columns(held, left_out + drop_unreadable(held, taken), preferred, event_else)


def _roles(opened: Opened, groups: Sequence[Group]) -> ColumnRoles:
    con, settings, names = opened.opener.con, opened.opener.settings, opened.names
    mapped = _names_of(opened.taken)
    entries = parse(
        settings,
        names,
        tuple(mapped),
        lambda name: any(one.column(name, con) is not None for one in groups),
    )
    agents = () if settings.agent else likely_agents(con, groups, names, mapped.values())
    people = people_checks(con, groups, names, mapped["user_id"], mapped.values())
    return ColumnRoles(entries, agents, people)


def _plan(
    opened: Opened, groups: Sequence[Group], columns: _Columns, roles: ColumnRoles
) -> tuple[RowPlan, tuple[Check, ...]]:
    """How rows are read, and the check of their durations."""
    con, settings, names = opened.opener.con, opened.opener.settings, opened.names
    held = columns.held
    units = {name: time_unit(held[name], settings) for name in TIMES if name in held}
    lengths, checks = lengths_of(con, groups, opened.taken, settings, units["timestamp"])
    mapped = _names_of(opened.taken)
    plan = RowPlan(
        taken=mapped,
        units=units,
        tz=settings.tz,
        time_format=settings.time_format,
        sequence_kind=sequence_kind(held.get("sequence"), con, groups, mapped),
        marks=(*roles.entries.marks, *roles.agents),
        unmapped=sorted(set(names) - set(mapped.values())),
        segments=[_segment(name, names, mapped) for name in settings.by],
        unit=_unit(settings.unit or settings.rollout_by, names, mapped),
        lengths=lengths,
        event_else=columns.event_else,
        experiment=settings.experiment,
        session=opened.known.session if opened.known else None,
    )
    return plan, checks


def _segment(name: str, names: Sequence[str], mapped: Mapping[str, str]) -> str:
    """The column that --by names, by its own name or as an event column.

    Raises:
        UsageError: There is none.
    """
    if name in names:
        return name
    if name in mapped:
        return mapped[name]
    raise UsageError(
        f"--by {name!r}: there is no such column{nearest(name, tuple(names))};"
        f" columns found: {found_columns(names, [name])}"
    )


def _unit(name: str | None, names: Sequence[str], mapped: Mapping[str, str]) -> str | None:
    """The column that --unit or --rollout-by names; None where the log has none."""
    return name if name in names else mapped.get(name or "")


def _names_of(taken: Mapping[str, Taken]) -> dict[str, str]:
    return {name: one.column for name, one in taken.items()}

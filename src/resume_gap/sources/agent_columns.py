"""Columns that say whether a person caused an event, and values that say that none did.

Names and values decide, never behavior: an event is proposed as an agent's (`--agent
column=value`) where a column for who or what caused it holds only words for programs.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import duckdb

from resume_gap.constants import ROLE_MIN_COUNT
from resume_gap.sources import role_words as w
from resume_gap.sources.columns import plain_name
from resume_gap.sources.groups import Group
from resume_gap.sources.nested import ROWS, leaves, unpacked
from resume_gap.sources.role_bits import LIKELY_AGENT
from resume_gap.sources.roles import Mark
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.values import as_text, is_nested, is_text
from resume_gap.sqltext import quote_text

_WHO: Final = frozenset(
    (
        *("usertype", "useridtype", "accounttype", "actortype", "authortype", "sendertype"),
        *("persontype", "userrole", "userkind", "membertype", "identitytype", "principaltype"),
    )
)
"""Plain names of columns for what kind of user acts: an agent may be a person there."""
_BY: Final = frozenset(
    (
        *("actor", "source", "origin", "initiator", "initiatedby", "triggeredby", "trigger"),
        *("causedby", "generatedby", "performedby", "createdby", "changedby", "author", "via"),
        *("eventsource", "actionsource", "triggersource", "changesource", "invokedby", "agent"),
        *("agenttype", "executor", "caller", "performer", "sender", "requestedby"),
    )
)
"""Plain names of columns for who or what caused an event."""
_WHETHER: Final = frozenset(
    (
        *("bot", "isbot", "automated", "isautomated", "isautomation", "issystem", "isagent"),
        *("isai", "isrobot", "isserviceaccount", "isassistant", "aigenerated", "isaigenerated"),
        *("synthetic", "issynthetic", "isautomatic", "isscheduled", "isheadless", "botflag"),
    )
)
"""Plain names of columns that say yes or no."""
_YES: Final = frozenset(("true", "1", "yes", "y", "t"))
_PROGRAMS: Final = (
    w.AGENTS
    | frozenset(("automated", "automatic", "scheduled", "scheduler", "cron", "cronjob", "daemon"))
    | frozenset(("script", "scripted", "service", "svc", "system", "webhook", "integration"))
    | frozenset(("api", "ai", "llm", "machine", "crawler", "spider", "headless", "synthetic"))
    | frozenset(("backend", "worker", "serviceaccount", "importer", "rpa", "copilots", "gpt"))
)
_BESIDE: Final = frozenset(("user", "account", "actor", "type", "client", "call", "task", "job"))
"""Words that may stand beside one of those in a value."""
_CUTS: Final = frozenset(",=*?[")
"""Letters that an option reads as something else."""
_MOST_VALUES: Final = 200
"""Values of a column that are looked at, the most frequent."""


def is_agent_column(name: str) -> bool:
    """Whether a column is called like one that says who or what caused an event."""
    return plain_name(name) in _WHO | _BY | _WHETHER


def means_agent(column: str, value: str) -> bool:
    """Whether a value of such a column says that no person acted."""
    plain = plain_name(column)
    if plain in _WHETHER:
        return value.strip().casefold() in _YES
    if _CUTS & set(value):
        return False
    words = set(w.joined(w.split(value)))
    programs = words & _PROGRAMS
    if plain in _WHO:
        programs -= {"agent", "agents"}
    return bool(programs) and words <= _PROGRAMS | _BESIDE


def likely_agents(
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    names: Sequence[str],
    taken: Collection[str],
) -> tuple[Mark, ...]:
    """The values that may be an agent's, of columns that are not read for something else.

    Args:
        con: Reads the inputs.
        groups: All inputs.
        names: All columns of the files.
        taken: Those that are event columns.
    """
    found = []
    free = [name for name in names if name not in taken]
    inside = [path for path in _inside(con, groups, free) if path not in taken]
    for name in (*filter(is_agent_column, free), *inside):
        counts = _values(con, groups, name)
        agents = [value for value in counts if means_agent(name, value)]
        if sum(counts[value] for value in agents) < sum(counts.values()):
            found += [Mark(LIKELY_AGENT, name, value) for value in agents]
    return tuple(found)


def _inside(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], names: Sequence[str]
) -> list[str]:
    """Dotted names of such fields inside objects and texts of JSON, as the first rows have them."""
    found: dict[str, None] = {}
    for group in groups:
        columns = {name: group.column(name, con) for name in names}
        held = {
            name: as_text(column.sql, column.kind)
            for name, column in columns.items()
            if column is not None and (is_nested(column.kind) or is_text(column.kind))
        }
        if not held:
            continue
        with one_line_errors(group.label):
            rows = con.execute(
                f"select {', '.join(held.values())} from {group.relation} limit {ROWS}"
            ).fetchall()
        for row in rows:
            document = unpacked(dict(zip(held, row, strict=True)))
            found |= {
                path: None
                for path, _ in leaves(document, ())
                if "." in path and is_agent_column(path.rpartition(".")[2])
            }
    return [path for path in found if not _CUTS & set(path)]


def _values(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], name: str
) -> Mapping[str, int]:
    """The most frequent values of a column with their rows; null and empty are one value."""
    parts = []
    for group in groups:
        column = group.column(name, con)
        if column is None or is_nested(column.kind):
            continue
        text = as_text(column.sql, column.kind)
        parts.append(f"select coalesce({text}, '') as value from {group.relation}")
    if not parts:
        return {}
    with one_line_errors(groups[0].label):
        rows = con.execute(
            f"select value, count(*) as n from ({' union all '.join(parts)}) group by value"
            f" having n >= {ROLE_MIN_COUNT.value:.0f} or value = {quote_text('')}"
            f" order by n desc, value limit {_MOST_VALUES}"
        ).fetchall()
    return {str(value): int(n) for value, n in rows}

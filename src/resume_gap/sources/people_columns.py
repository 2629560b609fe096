"""A column that parts each user id into several people: the id is an account, a team or a desk.

Names and values decide: a column called like one for a person, of which every value belongs to one
user id only, and which has several values for an id.
"""

from collections.abc import Collection, Sequence
from typing import Final

import duckdb

from resume_gap.constants import PEOPLE_EACH, PEOPLE_OWN
from resume_gap.results.common import Check
from resume_gap.sources.columns import plain_name
from resume_gap.sources.groups import Group
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.values import as_text, is_nested

_PEOPLE: Final = frozenset(
    (
        *("member", "memberid", "membername", "memberemail", "person", "personid", "personname"),
        *("employee", "employeeid", "employeename", "worker", "workerid", "operator", "operatorid"),
        *("student", "studentid", "staff", "staffid", "staffname", "seat", "seatid", "userid"),
        *("username", "useremail", "login", "loginname", "email", "emailaddress", "profileid"),
    )
)
"""Plain names of columns for one person."""


def is_for_one_person(name: str) -> bool:
    """Whether a column is called like one for a person."""
    return plain_name(name) in _PEOPLE


def people_checks(
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    names: Sequence[str],
    user: str,
    taken: Collection[str],
) -> tuple[Check, ...]:
    """That another column knows the people behind each user id; nothing where none does.

    Args:
        con: Reads the inputs.
        groups: All inputs.
        names: All columns of the files.
        user: The column of the user ids.
        taken: The columns that are event columns.
    """
    for name in names:
        if name in taken or not is_for_one_person(name):
            continue
        ids, people, pairs = _counts(con, groups, user, name)
        if people >= PEOPLE_EACH.value * ids > 0 and pairs <= people / PEOPLE_OWN.value:
            return (
                Check(
                    check="several_people",
                    severity="warn",
                    count=ids,
                    share=None,
                    figures={"people": people},
                    names=(name,),
                ),
            )
    return ()


def _counts(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], user: str, name: str
) -> tuple[int, int, int]:
    """Different user ids, values of a column, and pairs of both, of rows that have both."""
    parts = []
    for group in groups:
        texts = []
        for one in (user, name):
            column = group.column(one, con)
            if column is not None and not is_nested(column.kind):
                texts.append(f"nullif(trim({as_text(column.sql, column.kind)}), '')")
        if len(texts) == 2:
            parts.append(f"select {texts[0]} as id, {texts[1]} as person from {group.relation}")
    if not parts:
        return 0, 0, 0
    with one_line_errors(groups[0].label):
        (row,) = con.execute(
            "select count(distinct id), count(distinct person), count(*) from (select distinct *"
            f" from ({' union all '.join(parts)}) where id is not null and person is not null)"
        ).fetchall()
    ids, people, pairs = map(int, row)
    return ids, people, pairs

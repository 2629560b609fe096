"""Keys of JSON files that hold values of more than one kind, or lists where one value is due."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Final

from resume_gap.errors import InputError
from resume_gap.results.common import Check
from resume_gap.sources.columns import REQUIRED, Taken, shown
from resume_gap.sources.inputs import beside
from resume_gap.sources.tables import InputTable

_MOST_KEYS: Final = 5


def refuse_lists(taken: Mapping[str, Taken], tables: Sequence[InputTable]) -> None:
    """Refuse JSON that has one list for each column instead of one object for each event.

    Raises:
        InputError: All that an event must have are lists.
    """
    keys = [taken[name].column for name in REQUIRED]
    for table in tables:
        if all(table.kinds.get(key) == ("lists",) for key in keys):
            label = table.file.label
            new = beside(label, "events.jsonl")
            script = shlex.quote(
                "to_entries | [.[].key] as $k | [.[].value] | transpose[]"
                " | [$k, .] | transpose | map({(.[0]): .[1]}) | add"
            )
            raise InputError(
                f"{label}: '{shown(keys[:1])}' holds a list: the file has a list for each column,"
                " not an object for each event; write one event a line: jq -c"
                f" {script} {shlex.quote(label)} > {new}, then give {new}"
            )


def about_kinds(taken: Mapping[str, Taken], tables: Sequence[InputTable]) -> tuple[Check, ...]:
    """One warning per event column whose values are of several kinds, with a file of each.

    Args:
        taken: Event columns to the files' columns.
        tables: The inputs; those that are not JSON say nothing about kinds.
    """
    checks = []
    for column in dict.fromkeys(one.column for one in taken.values()):
        examples: dict[str, str] = {}
        holding = 0
        for table in tables:
            kinds = table.kinds.get(column, ())
            holding += bool(kinds)
            for kind in kinds:
                examples.setdefault(kind, shown([table.file.label]))
        if len(examples) > 1:
            held = (text for example in examples.items() for text in example)
            checks.append(
                Check(
                    check="type_clash",
                    severity="warn",
                    count=holding,
                    share=None,
                    names=(shown([column]), *held),
                )
            )
    return tuple(checks[:_MOST_KEYS])

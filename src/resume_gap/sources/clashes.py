"""Keys of JSON files that hold values of more than one kind, as checks of the data's quality."""

from collections.abc import Mapping, Sequence
from typing import Final

from resume_gap.results.common import Check
from resume_gap.sources.columns import Taken, shown
from resume_gap.sources.tables import InputTable

_MOST_KEYS: Final = 5


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
            listed = " and ".join(f"{kind} in {label}" for kind, label in examples.items())
            checks.append(
                Check(
                    check="type_clash",
                    severity="warn",
                    count=holding,
                    share=None,
                    action="read as text (times as times); export one kind in every file",
                    message=f"'{shown([column])}' holds {listed}",
                )
            )
    return tuple(checks[:_MOST_KEYS])

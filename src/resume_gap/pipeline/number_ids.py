"""User ids that are numbers, as a spreadsheet or a column of floating point wrote them.

Such a program writes a number in two ways, or keeps 15 to 17 of its digits: then people whose ids
differ in the others have one id.
"""

from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check


def number_checks(runner: Runner) -> list[Check]:
    """That nobody has two ids, as 1 and 1.0, and that no id stands for several people.

    Args:
        runner: Holds `streams`.
    """
    twice, rounded = map(int, runner.row("30_number_ids"))
    checks: list[Check] = []
    if twice:
        many = "1 user has two ids" if twice == 1 else f"{twice:,} users seem to have two ids each"
        checks.append(
            Check(
                check="user_ids_alike",
                severity="warn",
                count=twice,
                share=None,
                action="kept apart; write the ids in one way",
                message=f"{many}, with and without .0 at the end, as numbers are exported whose"
                " column has a gap",
            )
        )
    if rounded:
        many = "1 user id is a rounded number" if rounded == 1 else f"{rounded:,} user ids are"
        checks.append(
            Check(
                check="rounded_user_ids",
                severity="warn",
                count=rounded,
                share=None,
                action="export the ids as text",
                message=f"{many}{'' if rounded == 1 else ' rounded numbers'}, as spreadsheets and"
                " columns of floating point write long ones: one may stand for several people",
            )
        )
    return checks

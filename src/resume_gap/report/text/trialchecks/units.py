"""What was assigned at random."""

from typing import Final

from resume_gap.report.text import unnamed_units
from resume_gap.report.text.names import label
from resume_gap.report.text.plain_check import GROUPS, Figures, Plain, as_
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome
from resume_gap.report.text.unnamed_units import whose

_ONE_BY_ONE: Final = "--unit user says that users were assigned one by one"


def _units(f: Figures) -> str:
    own = f"; {f['without']:,} users without one count as units" if f["without"] else ""
    more = f"; {f['several']:,} users with several count in the first" if f["several"] else ""
    return (
        f"arms are compared by {label(f['column'])}: {f['control']:,} in control,"
        f" {f['treatment']:,} in treatment{own}{more}"
    )


CHECKS: Final = {
    "unit_of_randomization": TrialCheck(
        title="What was assigned at random",
        outcomes={
            "user": TrialOutcome("users were assigned one by one"),
            "no_column": TrialOutcome(
                "users share no column that could have been assigned as a whole"
            ),
            "one_by_one": TrialOutcome(
                "users who share a value of a column were assigned one by one"
            ),
            "units": TrialOutcome(lambda _, f: _units(f)),
            "mixed": TrialOutcome(
                lambda _, f: (
                    f"{f['mixed']:,} of {f['users']:,} users are of a {label(f['column'])} that has"
                    " users in both arms, so that it was not assigned as a whole: were users"
                    " assigned one by one?"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"Each {label(f['column'])} was to be in one group as a whole, but"
                        f" {f['mixed']:,} people are of one that is in both."
                    ),
                    "people of one unit are in both groups",
                    as_("ask how people were put into groups"),
                ),
                option=_ONE_BY_ONE,
            ),
            "together": TrialOutcome(
                lambda c, f: (
                    f"users with the same {label(f['column'])} are in the same arm more often than"
                    f" one by one ({f['values']:,} values, {f['users']:,} users, p = {c.p:.1g}):"
                    " was it assigned as a whole? Then the arms are to be compared by it"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"People with the same {label(f['column'])} are in the same group too often"
                        " for people who were drawn one by one."
                    ),
                    "people seem to have been assigned together, not one by one",
                    lambda f: (
                        f"ask whether each {label(f['column'])} was put into a group as a whole"
                    ),
                ),
                option=lambda f: (
                    f"--unit {label(f['column'])} compares the arms by it; {_ONE_BY_ONE} all the"
                    " same"
                ),
            ),
            "together_unnamed": TrialOutcome(
                lambda c, f: (
                    f"{unnamed_units.whose(f)} are in the same arm more often than one by one"
                    f" ({f['values']:,} groups, {f['users']:,} users, p = {c.p:.1g}):"
                    f" {unnamed_units.question(f)}"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"{whose(f, 'people')} are in the same group too often for people who were"
                        " drawn one by one."
                    ),
                    "people seem to have been assigned together, not one by one",
                    as_("ask whether companies or teams were put into a group as a whole"),
                ),
                option=(
                    f"--unit COLUMN compares the arms by that column; {_ONE_BY_ONE} all the same"
                ),
            ),
        },
    ),
}

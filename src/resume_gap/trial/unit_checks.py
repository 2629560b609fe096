"""Checks of the unit of randomization: users, or units of users such as companies."""

from resume_gap.constants import UNIT_MIXED
from resume_gap.results.trust import TrustCheck
from resume_gap.trial.evidence import Evidence

_NAME = "unit_of_randomization"


def unit_of_randomization(evidence: Evidence) -> TrustCheck:
    """Whether users were assigned one by one, or units that somebody named."""
    units = evidence.units
    if units is None:
        return _guessed(evidence)
    if units.is_user:
        return TrustCheck(name=_NAME, code="user", status="not_checked")
    users = evidence.trial.users.height
    control, treatment = evidence.trial.assigned_units
    mixed = units.mixed > UNIT_MIXED.value * users
    return TrustCheck(
        name=_NAME,
        code="mixed" if mixed else "units",
        status="failed" if mixed else "passed",
        figures={
            "column": units.column,
            "control": control,
            "treatment": treatment,
            "without": units.without,
            "several": units.several,
            "mixed": units.mixed,
            "users": users,
        },
    )


def _guessed(evidence: Evidence) -> TrustCheck:
    found = evidence.candidates()
    if not found.found:
        code = "one_by_one" if found.tried else "no_column"
        status = "passed" if found.tried else "not_checked"
        return TrustCheck(
            name=_NAME,
            code=code,
            status="passed" if status == "passed" else "not_checked",
            figures={"columns": found.tried},
        )
    first = found.found[0]
    if first.is_unnamed:
        return TrustCheck(
            name=_NAME,
            code="together_unnamed",
            status="failed",
            p=first.p,
            figures={"by": first.column, "values": first.values, "users": first.users},
        )
    return TrustCheck(
        name=_NAME,
        code="together",
        status="failed",
        p=first.p,
        figures={
            "column": first.column,
            "columns": tuple(one.column for one in found.found if not one.is_unnamed),
            "values": first.values,
            "users": first.users,
        },
    )

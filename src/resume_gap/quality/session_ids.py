"""Check of session ids that the log carries: do they change where its gaps are?

Section 1 of the method. The ids decide nothing; only how far they agree is reported.
"""

from resume_gap import constants
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import AGENT, AWAY, IGNORED
from resume_gap.sources.roles import RoleChoice
from resume_gap.units import US

_NOT_COMPARED = ("end_us", "stream")
"""Logs of these columns have gaps that do not lie between one event of a user and the next."""


def session_checks(
    runner: Runner, roles: RoleChoice, *, rows: int, threshold_us: int
) -> list[Check]:
    """One warning where session ids stay over long gaps, or change without one.

    Args:
        runner: Holds `rows`, with `session_id` where the files have such a column, and `streams`.
        roles: Events that mean idleness or are ignored take no part.
        rows: Rows of the log; of a long one some users are looked at, chosen by hash.
        threshold_us: The inactivity threshold.
    """
    there = {row[0] for row in runner.con.execute("describe rows").fetchall()}
    if "session_id" not in there or not there.isdisjoint(_NOT_COMPARED):
        return []
    skipped = [event for event, bits in roles.bits.items() if bits & (AGENT | AWAY | IGNORED)]
    runner.let(
        skipped_events=skipped,
        one_user_in=int(rows // constants.SESSION_ROWS.value) + 1,
        session_gap_us=threshold_us,
    )
    gaps, unchanged, changes, inside = runner.row("33_session_ids")
    least = constants.SESSION_GAPS.value
    stays = gaps >= least and unchanged > constants.SESSION_DISAGREES.value * gaps
    changes_early = changes >= least and inside > constants.SESSION_DISAGREES.value * changes
    if not stays and not changes_early:
        return []
    return [
        Check(
            check="session_ids_disagree",
            severity="warn",
            count=unchanged + inside,
            share=None,
            figures={
                "seconds": threshold_us / US,
                "unchanged_share": unchanged / gaps if gaps else 0.0,
                "inside_share": inside / changes if changes else 0.0,
            },
        )
    ]

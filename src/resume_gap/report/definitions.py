"""The terms of the page in plain words."""

from resume_gap.model import Analysis
from resume_gap.report.blocks import Definitions, Section
from resume_gap.report.numbers import exact


def definitions(analysis: Analysis) -> Section:
    """What each word means here."""
    limit = exact(analysis.threshold.seconds)
    cap = exact(analysis.reorientation.tau_seconds)
    items = [
        (
            "Pause limit",
            f"{limit} here. A longer gap between two events of one user is a pause.",
        ),
        ("Session", "What one user does between two pauses."),
        ("Stop, return", "The last event before a pause, and the first event after it."),
        (
            "Productive event",
            (
                "An event that counts as work done, such as an edit; which names count was "
                "configured or suggested from the names."
            ),
        ),
        (
            "Stop in mid-task",
            (
                "A stop with a productive event in the ten minutes before it, and no completing "
                "event after that work."
            ),
        ),
        (
            "Interruption",
            (
                "A return whose stop was in mid-task. The log sees that work stopped and went on "
                "after more than the pause limit; it does not see why. A meeting, a night and a "
                "changed mind look alike."
            ),
        ),
        (
            "Re-orientation time",
            (
                "From the first event back to the first productive event, at most the cap. Who "
                "leaves again before it is charged with the whole cap."
            ),
        ),
        (
            "Cap",
            (
                f"{cap} here: the longest time charged to one return, never more than the pause "
                "limit."
            ),
        ),
        ("Productive share", "Share of the interruptions with productive work within the cap."),
        (
            "Followed up",
            (
                "The log goes on for at least the cap after the return, so the outcome can be "
                "known. Means and shares are over these."
            ),
        ),
        (
            "Not finished",
            (
                "The person left again before productive work, or the log ended while they were at "
                "it."
            ),
        ),
        (
            "Detour",
            (
                "Another element touched on the way to the first productive event, apart from the "
                "one last touched before the pause."
            ),
        ),
        (
            "95 % interval",
            (
                "Made from the differences between users, not between single returns: returns of "
                "one person are alike. With other users of the same kind, 95 of 100 such intervals "
                "hold the true value."
            ),
        ),
    ]
    if analysis.settings.get("all_returns"):
        every = "With --all-returns every return counts as an interruption."
        items.insert(6, ("All returns", every))
    return Section(
        name="words",
        title="The words on this page",
        blocks=(Definitions(items=tuple(items)),),
    )

"""The terms of the page in plain words."""

from resume_gap.constants import (
    CONFIDENCE,
    HABIT_WINDOW,
    MID_TASK_WINDOW,
    MOMENT_EVENTS,
    MOMENT_SLOTS,
    RECENT_ELEMENTS,
)
from resume_gap.report.page.model import Definitions, Section
from resume_gap.report.text.numbers import exact
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis
from resume_gap.results.run import Run

INTERVAL = (
    f"{LEVEL} interval",
    (
        "Made from the differences between users, not between single returns: returns of "
        "one person are alike. With other users of the same kind, "
        f"{round(100 * CONFIDENCE)} of 100 such intervals hold the true value."
    ),
)
Items = tuple[tuple[str, str], ...]
"""Terms with their meanings."""


def definitions(analysis: Analysis) -> Section:
    """What each word means before a launch."""
    return words(*re_orientation(analysis), *_markers(analysis), INTERVAL)


def words(*items: tuple[str, str]) -> Section:
    """The terms of a page in their order."""
    return Section(
        name="words",
        title="The words on this page",
        blocks=(Definitions(items=items),),
        appendix=True,
    )


def re_orientation(run: Run) -> Items:
    """Gaps, interruptions and re-orientation: the terms of every page."""
    threshold = exact(run.threshold.seconds)
    cap = exact(run.reorientation.cap_seconds)
    every = bool(run.generated_from.settings.get("all_returns"))
    return (
        (
            "Inactivity threshold",
            f"{threshold} here. A longer gap between two events of one user ends a session.",
        ),
        ("Session", "What one user does between two gaps longer than the threshold."),
        ("Stop, return", "The last event before such a gap, and the first event after it."),
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
                f"A stop with a productive event in the {exact(MID_TASK_WINDOW.value)} before it, "
                "and no task end "
                "after that work."
            ),
        ),
        (
            "Interruption",
            (
                "Every return counts as one here, whether work had stopped in "
                "mid-task or not. It does not show why work stopped."
                if every
                else "A return whose stop was in mid-task. The log sees that work stopped and went "
                "on after more than the inactivity threshold; it does not see why. A meeting, a "
                "night and a "
                "changed mind look alike."
            ),
        ),
        (
            "Re-orientation time",
            (
                "From the first event back to the first productive event, at most the cap. A "
                "person who leaves again first counts as the whole cap."
            ),
        ),
        (
            "Cap",
            (
                f"{cap} here: the longest time charged to one return, never more than the "
                "inactivity threshold."
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
    )


def _markers(analysis: Analysis) -> Items:
    """The comparison, the resume marker and what it could do."""
    every = bool(analysis.generated_from.settings.get("all_returns"))
    state = "in mid-task or not, as every return counts" if every else "in mid-task"
    within = analysis.marker.near
    near = ""
    if within is not None:
        near = f", or within {within:g} {'position' if within == 1 else 'positions'} of it"
    return (
        (
            "Matched controls",
            (
                f"For each interruption the next {MOMENT_SLOTS.value:.0f} controls of the same "
                "person, later than the return, in uninterrupted work (at least "
                f"{MOMENT_EVENTS.value:.0f} events after a gap), {state}, after an event of "
                "the same name, in the same half of the day. A missing one takes the mean of like "
                "controls of all users."
            ),
        ),
        (
            "Extra time vs. uninterrupted work",
            (
                "Re-orientation time after an interruption less that of its matched controls, "
                "on average."
            ),
        ),
        (
            "Steady pace",
            "A person's usual time from one productive event to the next in steady work.",
        ),
        (
            "Resume marker",
            (
                "A mark that would greet the person at the return and point at one place (or at "
                "three), which a target rule chooses from what came before the gap. It was "
                "never shown; it is replayed over the log."
            ),
        ),
        (
            "Hit, hit rate",
            (
                f"The marker points at the element of the first productive event back{near}, and "
                "that comes within the cap. Leaving again counts as a miss."
            ),
        ),
        ("Already there", "The first event back is on the element that the marker points at."),
        (
            "Chance baseline",
            (
                f"How often a marker at one of the last {RECENT_ELEMENTS.value:.0f} elements of "
                "the person, drawn blindly, would hit; for the list of three, three of them."
            ),
        ),
        (
            "Habit baseline",
            (
                "How often the element used most in the "
                f"{exact(HABIT_WINDOW.value)} before the stop would hit."
            ),
        ),
        (
            "Lift",
            "The hit rate less that of the chance baseline, in percentage points.",
        ),
        (
            "Upper bound",
            (
                "The most time that a resume marker could save, under the assumption that nothing "
                "but the search for the place can go. It is the upper end of an interval, "
                "not an "
                "expectation."
            ),
        ),
        (
            "User-week",
            "A week from a user's first event to the last; who was seen for a day counts a day.",
        ),
        (
            "Recommendation",
            (
                "What the figures recommend. A log shows where time goes, not what a resume "
                "marker would change; so even Build means behind an A/B test."
            ),
        ),
        (
            "Detour",
            (
                "Another element touched on the way to the first productive event, apart from the "
                "one last touched before the gap."
            ),
        ),
    )

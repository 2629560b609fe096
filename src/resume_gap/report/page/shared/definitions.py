"""The terms of the page in plain words."""

from resume_gap.constants import HABIT_WINDOW, MOMENT_EVENTS, MOMENT_SLOTS, RECENT_ELEMENTS
from resume_gap.report.page.model import Definitions, Section
from resume_gap.report.text.numbers import exact
from resume_gap.results.analyze import Analysis
from resume_gap.results.run import Run

INTERVAL = (
    "95 % interval",
    (
        "Made from the differences between users, not between single returns: returns of "
        "one person are alike. With other users of the same kind, 95 of 100 such intervals "
        "hold the true value."
    ),
)
Items = tuple[tuple[str, str], ...]
"""Terms with their meanings."""


def definitions(analysis: Analysis) -> Section:
    """What each word means before a launch."""
    return words(*way_back(analysis), *_arrows(analysis), INTERVAL)


def words(*items: tuple[str, str]) -> Section:
    """The terms of a page in their order."""
    return Section(name="words", title="The words on this page", blocks=(Definitions(items=items),))


def way_back(run: Run) -> Items:
    """Pauses, interruptions and the way back: the terms of every page."""
    limit = exact(run.threshold.seconds)
    cap = exact(run.reorientation.cap_seconds)
    every = bool(run.generated_from.settings.get("all_returns"))
    return (
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
                "Every return counts as one here (--all-returns), whether work had stopped in "
                "mid-task or not. It does not show why work stopped."
                if every
                else "A return whose stop was in mid-task. The log sees that work stopped and went "
                "on after more than the pause limit; it does not see why. A meeting, a night and a "
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
    )


def _arrows(analysis: Analysis) -> Items:
    """The comparison, the arrows and what they could do."""
    every = bool(analysis.generated_from.settings.get("all_returns"))
    state = "in mid-task or not, as every return counts" if every else "in mid-task"
    within = analysis.marker.near
    near = ""
    if within is not None:
        near = f", or within {within:g} {'position' if within == 1 else 'positions'} of it"
    return (
        (
            "Comparison moments",
            (
                f"For each interruption the next {MOMENT_SLOTS.value:.0f} moments of the same "
                "person, later than the return, in uninterrupted work (at least "
                f"{MOMENT_EVENTS.value:.0f} events after a pause), {state}, after an event of "
                "the same name, in the same half of the day. A missing one takes the mean of like "
                "moments of all users."
            ),
        ),
        (
            "Longer than uninterrupted",
            (
                "Re-orientation time after an interruption less that of its comparison moments, "
                "on average."
            ),
        ),
        (
            "Steady pace",
            "A person's usual time from one productive event to the next in steady work.",
        ),
        (
            "Arrow",
            (
                "A mark that would greet the person at the return and point at one place (or at "
                "three), chosen from what came before the pause. It was never there; it is played "
                "over the log."
            ),
        ),
        (
            "Right place",
            (
                f"The arrow points at the element of the first productive event back{near}, and "
                "that comes within the cap. Leaving again counts as wrong."
            ),
        ),
        ("Already there", "The first event back is on the element that the arrow points at."),
        (
            "Chance",
            (
                f"How often an arrow at one of the last {RECENT_ELEMENTS.value:.0f} elements of "
                "the person, drawn blindly, would be right; for the list of three, three of them."
            ),
        ),
        (
            "Habit",
            (
                "How often the element used most in the "
                f"{exact(HABIT_WINDOW.value)} before the stop would be right."
            ),
        ),
        (
            "Better than chance by",
            "The arrow's share of right places less that of chance, in points of percent.",
        ),
        (
            "Ceiling",
            (
                "The most time that an arrow could spare, under the assumption that nothing but "
                "the search for the place can go. It is the upper end of an interval, not an "
                "expectation."
            ),
        ),
        (
            "User-week",
            "A week from a user's first event to the last; who was seen for a day counts a day.",
        ),
        (
            "Build, test, do not build, not enough data",
            (
                "Whether the figures speak for an arrow. Build still means behind an A/B test: a "
                "log shows where time goes, not what an arrow would change."
            ),
        ),
        (
            "Detour",
            (
                "Another element touched on the way to the first productive event, apart from the "
                "one last touched before the pause."
            ),
        ),
    )

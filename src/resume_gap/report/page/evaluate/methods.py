"""The words and the methods of the pages about a trial."""

from resume_gap.constants import (
    ACTIVE_BEFORE,
    FOLLOW_UP,
    PERMUTATION_USERS,
    PRODUCTIVE_STEP_CAP,
    RATIO_ERROR,
)
from resume_gap.report.page.model import Block, Folded, Paragraph, Part, Section, Table
from resume_gap.report.page.shared.definitions import INTERVAL, Items, re_orientation, words
from resume_gap.report.page.shared.methods import blind_spots, made
from resume_gap.report.text import evaluation
from resume_gap.report.text.numbers import count, exact, exact_share
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.plan import Planned

_COMPUTED = (
    "Sessions, stops and re-orientation times are made in Python (module "
    "resume_gap.replay.return_rows), as are the replay and, from per-user sums, the "
    "inference (modules resume_gap.trial and resume_gap.stats); nothing statistical happens in SQL."
)
_TRIAL: Items = (
    ("Marker", "What is on trial: the sign that greets a user at a return and points at a place."),
    (
        "Control, treatment",
        (
            "The two arms of the trial. Who is in which was drawn by lot: control works without "
            "the marker, treatment with it."
        ),
    ),
    (
        "First return at which the marker would be shown",
        (
            "A user's first return from an interruption after the assignment. In treatment the "
            "marker is shown there, in control it would have been; both are found by the same "
            "rule."
        ),
    ),
    (
        "Difference",
        "Treatment less control. A re-orientation time below that of control is faster.",
    ),
    (
        "No difference detected",
        (
            "The interval includes 0. It does not show that there is no difference: whatever lies "
            "inside the interval fits the data."
        ),
    ),
)
_EVALUATED: Items = (
    (
        "Faster, slower",
        "The interval of the difference lies wholly on one side of 0.",
    ),
    (
        "Result withheld",
        (
            "A check of the trial failed, so its arms may not be comparable. No difference is "
            "shown then: it would not mean what it seems to."
        ),
    ),
    (
        "Adjusted",
        (
            "The same difference with what was known of each user before the assignment taken into "
            "account. It has the same meaning and, as a rule, a narrower interval."
        ),
    ),
    (
        "Guardrail",
        "A measure that must not get worse by more than the margin, whatever the verdict.",
    ),
    (
        "p",
        (
            "How often a difference at least this large would show if there were none. Corrected: "
            "for how many were looked at."
        ),
    ),
)
_PLANNED: Items = (
    (
        "Smallest effect found",
        (
            "An effect of this size is found with the power that is asked for; a smaller one is "
            "missed more often."
        ),
    ),
    ("Power", "How often a trial of this size finds an effect that is there."),
    (
        "Interim looks",
        (
            "How often the trial is looked at before its end with the right to stop. Every look "
            "needs room for chance."
        ),
    ),
    (
        "Adjusted",
        (
            "With what is known of each user before the assignment taken into account, which takes "
            "some of the spread away."
        ),
    ),
)


def evaluated_words(found: Evaluated) -> Section:
    """The terms of the page after a launch."""
    return words(*_TRIAL, *_EVALUATED, *re_orientation(found), INTERVAL)


def planned_words(found: Planned) -> Section:
    """The terms of the page before a trial."""
    return words(*_TRIAL[:4], *_PLANNED, *re_orientation(found), INTERVAL)


def evaluated_methods(found: Evaluated) -> Section:
    """How the trial was judged."""
    return made(
        found,
        first=(
            Part(title="What a log cannot show", blocks=blind_spots(found)),
            Part(title="How the trial was judged", blocks=_judged(found)),
        ),
        after_queries=_COMPUTED,
    )


def _judged(found: Evaluated) -> tuple[Block, ...]:
    trial = found.evaluation
    texts = [
        (
            "Order: trust checks, primary, guardrails, secondary, exploratory. The sample ratio is "
            f"judged by chi-square on assigned and on triggered users; p < {RATIO_ERROR.value:g} "
            "withholds every "
            "effect. The inactivity threshold and the cap were frozen blind to the arms."
        ),
        (
            "P1, primary: mean re-orientation time of each user's first eligible return at which "
            f"the marker rule fires; Welch's t on users. Under {PERMUTATION_USERS.value:.0f} users "
            "an arm the studentized "
            "permutation of users decides the p. The two-sided error is "
            f"{exact_share(trial.alpha)}."
        ),
        (
            "P2: productive minutes per assigned user (per productive event the time to the "
            f"user's next event, at most {exact(PRODUCTIVE_STEP_CAP.value)}). P3: all eligible "
            "interruptions, a ratio of sums "
            "with the delta method over users; exploratory unless return rates are shown equal "
            "within the margin. Beside it Lee bounds with the Imbens-Manski interval."
        ),
        (
            "Adjusted: CUPED on what was known before the assignment (own mean re-orientation "
            "time, interruptions, productive minutes; users without history take the mean and an "
            "indicator). Quantiles by user bootstrap, none inside an atom."
        ),
        (
            "Guardrails are one-sided with a margin relative to control. Secondary p by Holm, "
            "segments by Benjamini-Hochberg; single groups, exposure numbers and weeks are "
            "exploratory."
        ),
    ]
    if trial.looks is not None:
        texts.append(
            f"Looks: {count(trial.looks.looks)}. The interval is an asymptotic confidence "
            f"sequence, tuned for {count(trial.looks.planned_users)} planned users "
            f"({trial.looks.planned_by}), {count(trial.looks.users)} of them triggered at this "
            "look; it holds at all looks together, and there is no p."
        )
    return (*(Paragraph(text=text) for text in texts), *_each(found))


def _each(found: Evaluated) -> tuple[Block, ...]:
    """Which method decided which figure."""
    trial = found.evaluation
    if evaluation.withheld(found):
        return ()
    effects = (
        trial.primary,
        trial.adjusted,
        *(g.effect for g in trial.guardrails),
        *trial.secondary,
        *trial.exploratory,
        trial.dilution,
    )
    rows = tuple(
        (
            effect.estimand,
            effect.method or "none",
            f"{count(effect.n_control)} / {count(effect.n_treatment)}",
            *("" if n is None else count(n) for n in (effect.rows_control, effect.rows_treatment)),
        )
        for effect in effects
    )
    return (
        Folded(
            title="Which method stands behind which figure",
            table=Table(
                caption="Methods, users and interruptions behind each effect",
                columns=("effect", "method", "users", "rows, control", "rows, treatment"),
                rows=rows,
                numeric=(2, 3, 4),
            ),
        ),
    )


def planned_methods(found: Planned) -> Section:
    """How the plan was computed."""
    return made(
        found,
        first=(
            Part(title="What a log cannot show", blocks=blind_spots(found)),
            Part(title="How the plan was computed", blocks=_planned()),
        ),
        after_queries=_COMPUTED,
    )


def _planned() -> tuple[Block, ...]:
    texts = (
        (
            "Users per arm: 2 (z_a + z_b)^2 times the variance of P1, over the square of the "
            "effect; divided by the trigger rate (users with an eligible interruption by then) "
            "for users to be assigned. The variance is that of each user's first return in the "
            "second half of this log, so that history is known as it will be in the trial."
        ),
        (
            "Trigger rate: users active in the last "
            f"{exact(ACTIVE_BEFORE.value)} before each of several starts in the log are followed to"
            " their first interruption; the Kaplan-Meier curve of all starts together says how many"
            " are interrupted by when. Its lower end adds nobody beyond the log; its upper end is"
            f" the larger of that curve and the latest start's rate within {exact(FOLLOW_UP.value)}"
            " going on, and beyond the log the curve's own pace. Both ends move out by their "
            f"standard errors ({LEVEL}): of users drawn again, and of the users whom the trial "
            "will happen to have."
        ),
        (
            "The range of the smallest effect joins the ends of the trigger rate with those of the "
            f"spread's {LEVEL} interval. Adjusted figures assume "
            "CUPED on what was known before. With looks: the asymptotic confidence sequence that "
            "the evaluation uses. It is assumed that the trial's users are like those of this "
            "log, and that the effect is the same for all."
        ),
    )
    return tuple(Paragraph(text=text) for text in texts)

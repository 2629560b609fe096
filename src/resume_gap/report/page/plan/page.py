"""The page before a trial: how many users, how many weeks, for which effect."""

from resume_gap.report.page.evaluate.methods import planned_methods, planned_words
from resume_gap.report.page.model import Content, Section, Table
from resume_gap.report.page.plan.headline import headline, measured
from resume_gap.report.page.plan.needed import needed
from resume_gap.report.page.plan.weeks import weeks
from resume_gap.report.page.shared import data
from resume_gap.report.page.shared.tracking import tracking
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text import ways_out as planways
from resume_gap.report.text.numbers import count, exact_share, many, or_dash, percent
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.plan import Planned


def content(found: Planned) -> Content:
    """What the page says."""
    return Content(title="Planning a trial", headline=headline(found), sections=sections(found))


def sections(found: Planned) -> tuple[Section, ...]:
    """What it takes, what else can be done, the weeks; then what to check."""
    known = found.plan.reason is None
    trust = Section(
        appendix=True,
        name="trust",
        title="Can you trust these numbers?",
        blocks=data.warned(found),
        parts=data.parts(found),
    )
    return (
        *tracking(found),
        *((needed(found), *_ways_out(found), weeks(found)) if known else ()),
        *measured(found),
        *((_assumptions(found),) if known else ()),
        trust,
        planned_words(found),
        planned_methods(found),
    )


def _ways_out(found: Planned) -> tuple[Section, ...]:
    ways = planways.ways_out(found)
    if not ways:
        return ()
    table = Table(
        caption=f"What can be done to find an effect of {planphrases.effect(found)}, or another",
        columns=("option", "what it takes", "what that gives"),
        rows=ways,
    )
    title = planways.instead(found).removesuffix(".")
    return (
        Section(
            name="ways",
            topic="Options",
            title=title or "No option is known from this log",
            blocks=(table,),
        ),
    )


def _assumptions(found: Planned) -> Section:
    plan = found.plan
    rows: list[tuple[str, str, str]] = [
        ("effect to be found", planphrases.effect(found), "asked for"),
        ("power", exact_share(plan.power), "how often an effect of that size is found"),
        ("error", exact_share(plan.alpha), "how often one is seen that is not there, two-sided"),
        (
            "users to assign",
            count(plan.users),
            f"those {planphrases.active()}" if plan.users_by == "log" else "given",
        ),
        ("primary cap", planphrases.primary_cap(found), planphrases.why_that_cap(found)),
    ]
    like = planphrases.spread(found)
    if plan.pilot.mean_seconds is not None:
        rows.append(
            (
                f"mean re-orientation time, counted up to {planphrases.primary_cap(found)}",
                planphrases.seconds(plan.pilot.mean_seconds, found, like=like),
                f"first returns of {many(plan.pilot.users, 'user')} in the second half of the log",
            )
        )
    if plan.pilot.sd_seconds is not None:
        interval = ""
        if plan.pilot.sd_lower_seconds is not None and plan.pilot.sd_upper_seconds is not None:
            ends = (plan.pilot.sd_lower_seconds, plan.pilot.sd_upper_seconds)
            reported = (planphrases.seconds(end, found, like=like) for end in ends)
            interval = f" [{', '.join(reported)}]"
        rows.append(
            (
                "spread between users",
                planphrases.seconds(plan.pilot.sd_seconds, found, like=like) + interval,
                f"standard deviation of the same, with its {LEVEL} interval",
            )
        )
    if plan.pilot.cuped_share is None or planphrases.adjusts(found):
        rows.append(
            (
                "spread that adjusting takes away",
                or_dash(plan.pilot.cuped_share, percent),
                "share of the variance known before the assignment"
                if plan.pilot.cuped_share is not None
                else "nothing is known of the users before",
            )
        )
    if plan.pilot.weeks is not None:
        rows.append(
            (
                "seen in the log",
                planphrases.weeks(plan.pilot.weeks),
                (
                    "so long are users followed from "
                    f"{many(plan.pilot.launches, 'start')} at which a trial might have begun: how"
                    " many are interrupted by then"
                ),
            )
        )
    return Section(
        name="assumptions",
        title="What is assumed",
        appendix=True,
        blocks=(
            Table(
                caption="What the plan rests on",
                columns=("what", "value", "where it is from"),
                rows=tuple(rows),
                numeric=(1,),
            ),
        ),
    )

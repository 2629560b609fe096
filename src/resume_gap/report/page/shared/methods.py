"""How the figures were made: inputs, settings, constants, SQL, and what cannot be seen."""

import json

from resume_gap.constants import ALPHA, MIN_OWN_SLOTS, MOMENT_SLOTS, TAU_CAP
from resume_gap.options.table import SETTINGS
from resume_gap.report.page.model import Block, Folded, Paragraph, Part, Section, Table
from resume_gap.report.text.names import label, sentence, visible
from resume_gap.report.text.numbers import count, exact, exact_share, exact_us, percent
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis
from resume_gap.results.run import Run
from resume_gap.units import iso_instant

_DASH = "\N{EN DASH}"
_FLAGS = {one.field: one.flag for one in SETTINGS}
"""The options by the names of the settings."""


_REPLAYED = (
    "Bursts, touches and controls are made in Python, and of these sessions, stops, "
    "re-orientation times, the replay and the comparison (modules resume_gap.pipeline.bursts, "
    "resume_gap.replay.return_rows, resume_gap.replay.policies, resume_gap.replay.matching and "
    "resume_gap.stats.*)."
)


def methods(analysis: Analysis) -> Section:
    """Everything needed to make the figures before a launch again, and to doubt them."""
    blind = (
        *blind_spots(analysis),
        *_launch(),
        Paragraph(
            text=(
                "These figures describe what happened. What a change of the product would do is "
                "not among them; that takes an experiment."
            )
        ),
    )
    return made(
        analysis,
        first=(Part(title="What a log cannot show", blocks=blind),),
        after_queries=_REPLAYED,
    )


def made(run: Run, *, first: tuple[Part, ...], after_queries: str) -> Section:
    """The part that every page ends with.

    Args:
        run: What was read, and how.
        first: How the figures of this page were made.
        after_queries: What was computed elsewhere than in the SQL.
    """
    return Section(
        appendix=True,
        name="methods",
        title="Methods",
        parts=(
            *first,
            Part(title="Inputs", blocks=(_inputs(run),)),
            Part(title="Settings and constants", blocks=_settings(run)),
            *(
                (Part(title="The SQL that ran", blocks=_queries(run, after_queries)),)
                if run.methods.queries
                else ()
            ),
        ),
    )


def blind_spots(run: Run) -> tuple[Block, ...]:
    """What no figure from a log can see, and how means and shares are made."""
    return (
        Paragraph(
            text=(
                "The clock of a return starts at its first logged event. Silent looking before it "
                "is "
                "invisible, so every re-orientation time is a lower bound."
            )
        ),
        Paragraph(
            text=(
                "The log sees that work stopped, not why. An inactivity threshold finds gaps, not "
                "tasks: a gap inside one task and a gap between two look alike unless the events "
                "show it."
            )
        ),
        Paragraph(
            text=(
                "Intervals treat the user as the independent unit: the mean is a ratio of per-user "
                "sums, its variance comes from the users (delta method), its quantile from "
                "Student's t "
                "with the effective number of users less one. The cap is the smaller of "
                f"{exact(TAU_CAP.value)} and the inactivity threshold. Interruptions without "
                "cap-long follow-up before "
                "the end of the log are left out of means and shares (eligible: "
                f"{count(run.reorientation.eligible)} of {count(run.counts.interruptions)})."
            )
        ),
    )


def _launch() -> tuple[Block, ...]:
    """How the comparison, the replay and the bounds were made."""
    return (
        Paragraph(
            text=(
                "Extra time (excess in the files): re-orientation time less the mean of "
                f"{count(round(MOMENT_SLOTS.value))} matched controls, the next ones after the "
                "return of the same user, with the same name of the stop event and in the same "
                "half of the day; a control that is missing takes the mean of those alike over "
                "all users. Variance from the users' influences. Three comparisons make a range. "
                f"It is null where under {percent(MIN_OWN_SLOTS.value)} of the controls are the "
                "user's own, or early controls differ. It assumes that the name of the stop event "
                "shows the state of the work, and it is overstated where users with few "
                "interruptions are also the slower ones."
            )
        ),
        Paragraph(
            text=(
                "Replay: every target rule looks only before the gap; hit, chance and habit are "
                "over the same eligible interruptions, abandoned ones are misses. Hits have Wilson "
                "intervals "
                "with the sample size that the user jackknife implies, lift and bounds 3 and 4 the "
                "jackknife's own, all with Student's t on the effective users less one. The upper "
                "bound is the upper end of the interval of the last bound. The recommendation "
                f"uses one-sided {LEVEL} limits; for "
                f"build and test the {exact_share(ALPHA.value)} is divided by the number of "
                "target rules."
            )
        ),
    )


def _inputs(run: Run) -> Table:
    return Table(
        caption="Files that were read, with their SHA-256",
        columns=("file", "rows", "first event", "last event", "SHA-256"),
        rows=tuple(
            (
                label(item.path),
                count(item.rows),
                label(item.first_at) if item.first_at else _DASH,
                label(item.last_at) if item.last_at else _DASH,
                visible(item.sha256) if item.sha256 else _DASH,
            )
            for item in (*run.generated_from.inputs, *run.generated_from.beside)
        ),
        numeric=(1,),
        codes=(2, 3, 4),
    )


def _settings(run: Run) -> tuple[Block, ...]:
    tables = [
        Folded(
            title="Settings of this run",
            table=Table(
                caption="Settings as they were used; a dash stands for the default",
                columns=("setting", "value"),
                rows=(
                    ("resume-gap", run.tool_version),
                    ("command", run.command),
                    *(_setting(name, value) for name, value in run.generated_from.settings.items()),
                ),
            ),
        )
    ]
    if run.methods.constants:
        tables.append(
            Folded(
                title="Numbers that are constants",
                table=Table(
                    caption="Numbers somebody had to choose, with their reasons",
                    columns=("name", "value and reason"),
                    rows=tuple(
                        (label(name), visible(text)) for name, text in run.methods.constants.items()
                    ),
                ),
            )
        )
    return tuple(tables)


def _setting(name: str, value: object) -> tuple[str, str]:
    """A setting by the name of its option, in the units in which it is given."""
    if name.endswith("_us") and isinstance(value, int):
        shown = exact_us(value) if name == "gap_us" else _instant(value)
        return _flag(name), shown
    if name == "gap_us" and value is None:
        return _flag(name), "auto"
    return _flag(name), _value(value)


def _flag(name: str) -> str:
    return _FLAGS.get(name) or label(name)


def _instant(us: int) -> str:
    try:
        return iso_instant(us)
    except OverflowError:
        return f"{us} \N{MICRO SIGN}s"


def _value(value: object) -> str:
    if value is None or value in ((), [], {}, ""):
        return _DASH
    if isinstance(value, str):
        return label(value)
    return sentence(json.dumps(value, ensure_ascii=False, default=str))


def _queries(run: Run, after: str) -> tuple[Block, ...]:
    return (
        Paragraph(text="In the order in which they ran; each makes one relation of its own name."),
        *(
            Folded(title=label(name), code=_code(text))
            for name, text in run.methods.queries.items()
        ),
        Paragraph(text=after),
    )


def _code(text: str) -> str:
    return "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))

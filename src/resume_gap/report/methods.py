"""How the figures were made: inputs, settings, judgements, SQL, and what cannot be seen."""

import json

from resume_gap.model import Analysis
from resume_gap.report.blocks import Block, Folded, Paragraph, Part, Section, Table
from resume_gap.report.display import label, sentence, visible
from resume_gap.report.numbers import count

_DASH = "\N{EN DASH}"


def methods(analysis: Analysis) -> Section:
    """Everything needed to make the figures again, and to doubt them."""
    return Section(
        name="methods",
        title="Methods",
        parts=(
            Part(title="What a log cannot show", blocks=_blind(analysis)),
            Part(title="Inputs", blocks=(_inputs(analysis),)),
            Part(title="Settings and judgements", blocks=_settings(analysis)),
            *((Part(title="The SQL that ran", blocks=_queries(analysis)),)
              if analysis.queries else ()),
        ),
    )  # fmt: skip


def _blind(analysis: Analysis) -> tuple[Block, ...]:
    return (
        Paragraph(text=(
            "The clock of a return starts at its first logged event. Silent looking before it is "
            "invisible, so every lag is a lower bound."
        )),
        Paragraph(text=(
            "The log sees that work stopped, not why. A pause limit finds pauses, not tasks: a "
            "pause inside one task and a pause between two look alike unless the events tell."
        )),
        Paragraph(text=(
            "Intervals treat the user as the independent unit: the mean is a ratio of per-user "
            "sums, its variance comes from the users (delta method), its quantile from Student's t "
            "with the effective number of users less one. The cap (tau) is the smaller of 15 "
            "minutes and the pause limit (theta). Interruptions without cap-long follow-up before "
            "the end of the log are left out of means and shares (eligible: "
            f"{count(analysis.reorientation.eligible)} of {count(analysis.counts.interruptions)})."
        )),
        Paragraph(text=(
            "These figures describe what happened. What a change of the product would do is not "
            "among them; that takes an experiment."
        )),
    )  # fmt: skip


def _inputs(analysis: Analysis) -> Table:
    return Table(
        caption="Files that were read, with their SHA-256",
        columns=("file", "rows", "first event", "last event", "SHA-256"),
        rows=tuple(
            (
                label(item.path),
                count(item.rows),
                label(item.first_at) if item.first_at else _DASH,
                label(item.last_at) if item.last_at else _DASH,
                visible(item.sha256),
            )
            for item in analysis.inputs
        ),
        numeric=(1,),
        codes=(2, 3, 4),
    )


def _settings(analysis: Analysis) -> tuple[Block, ...]:
    tables = [
        Folded(title="Settings of this run", table=Table(
            caption="Settings as they were used; a dash stands for the default",
            columns=("setting", "value"),
            rows=(
                ("resume-gap", analysis.tool_version),
                ("command", analysis.command),
                *((label(name), _value(value)) for name, value in analysis.settings.items()),
            ),
        ))
    ]  # fmt: skip
    if analysis.judgements:
        tables.append(Folded(title="Numbers that are judgements", table=Table(
            caption="Numbers somebody had to choose, with their reasons",
            columns=("name", "value and reason"),
            rows=tuple((label(name), visible(text)) for name, text in
                       analysis.judgements.items()),
        )))  # fmt: skip
    return tuple(tables)


def _value(value: object) -> str:
    if value is None or value in ((), [], {}, ""):
        return _DASH
    if isinstance(value, str):
        return label(value)
    return sentence(json.dumps(value, ensure_ascii=False, default=str))


def _queries(analysis: Analysis) -> tuple[Block, ...]:
    return (
        Paragraph(text="In the order in which they ran; each makes one relation of its own name."),
        *(Folded(title=label(name), code=_code(text)) for name, text in analysis.queries.items()),
    )


def _code(text: str) -> str:
    return "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))

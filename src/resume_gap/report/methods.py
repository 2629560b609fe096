"""How the figures were made: inputs, settings, judgements, SQL, and what cannot be seen."""

import json
from datetime import UTC, datetime, timedelta

from resume_gap.model import US, Analysis
from resume_gap.report.blocks import Block, Folded, Paragraph, Part, Section, Table
from resume_gap.report.display import label, sentence, visible
from resume_gap.report.numbers import count, exact

_DASH = "\N{EN DASH}"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OPTIONS = {"mapping": "map"}
"""Settings whose option goes by another name."""


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
        *_launch(),
        Paragraph(text=(
            "These figures describe what happened. What a change of the product would do is not "
            "among them; that takes an experiment."
        )),
    )  # fmt: skip


def _launch() -> tuple[Block, ...]:
    """How the comparison, the replay and the ladder were made."""
    return (
        Paragraph(text=(
            "Excess: re-orientation time less the mean of five slots, the next moments of the same "
            "user and cell (name of the stop event, half of the day) after the return; an empty "
            "slot takes the mean of its cell over all users. Variance from the users' influences. "
            "It is null, with both matchings shown, where the companion disagrees, under half of "
            "the slots are own, or early moments differ. It assumes that the name of the stop "
            "event tells the state of the work, and it is overstated where users with few "
            "interruptions are also the slower ones."
        )),
        Paragraph(text=(
            "Replay: every policy looks only before the gap; hit, chance and habit are over the "
            "same eligible interruptions, abandoned ones are misses. Hits have Wilson intervals "
            "with the sample size that the user jackknife implies, lift and rungs 3 and 4 the "
            "jackknife's own, all with Student's t on the effective users less one. The ceiling is "
            "the upper end of rung 4's interval. The decision word uses one-sided 95 % limits; for "
            "build and test the 5 % is divided by the number of policies."
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
                *(_setting(name, value) for name, value in analysis.settings.items()),
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


def _setting(name: str, value: object) -> tuple[str, str]:
    """A setting by the name of its option, in the units in which it is given."""
    if name.endswith("_us") and isinstance(value, int):
        shown = exact(value / US) if name == "gap_us" else _instant(value)
        return _option(name.removesuffix("_us")), shown
    if name == "gap_us" and value is None:
        return _option("gap"), "auto"
    return _option(name.removesuffix("_us")), _value(value)


def _option(name: str) -> str:
    return "--" + label(_OPTIONS.get(name, name).replace("_", "-"))


def _instant(us: int) -> str:
    try:
        return (_EPOCH + timedelta(microseconds=us)).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return f"{us} \N{MICRO SIGN}s"


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
        Paragraph(
            text="The replay and the comparison are computed in Python from bursts, touches and "
            "moments (modules resume_gap.measures.replay, resume_gap.measures.matching and "
            "resume_gap.stats.*)."
        ),
    )


def _code(text: str) -> str:
    return "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))

"""The trust panel: what was read, how it was taken, and how much hangs on the pause limit."""

from collections.abc import Callable

from resume_gap.judgement import TAU_CAP
from resume_gap.model import Analysis, Check
from resume_gap.report import outlook, phrases
from resume_gap.report.blocks import Block, Fact, Facts, Note, Paragraph, Part, Section, Table
from resume_gap.report.display import label, sentence
from resume_gap.report.numbers import count, duration, exact, many, minutes, percent, signed, spaced

_DASH = "\N{EN DASH}"
_MEANING = {
    "user_id": "who",
    "timestamp": "when",
    "event": "what",
    "target": "the element touched",
    "context": "page, screen or file",
    "task": "task",
    "end": "end of a spell",
    "duration": "length of a spell",
    "device": "device",
    "sequence": "order of ties",
    "event_id": "id of the event",
    "received_at": "time of arrival",
    "variant": "arm of a test",
    "position": "place inside the context",
    "stream": "recording with its own clock",
}
_COSTS = {
    "target": "no place where work stops, no return to the element, no arrow",
    "context": "a completed task ends any work before it, wherever it was",
    "task": "tasks are told apart by context only",
    "device": "no count of returns on another device",
    "sequence": "events at one instant are ordered by their content",
    "event_id": "repeated events are known by equal rows only",
}


def trust(analysis: Analysis) -> Section:
    """Warnings first, then the ledger, the columns, the roles, the pause limit."""
    return Section(
        name="trust",
        title="What these figures stand on",
        blocks=_warnings(analysis),
        parts=(
            Part(title="Rows", blocks=_ledger(analysis)),
            Part(title="Columns", blocks=_columns(analysis)),
            Part(title="What counts as work", blocks=_roles(analysis)),
            Part(title="The pause limit", blocks=_limit(analysis)),
            *_notes(analysis),
        ),
    )


def _warnings(analysis: Analysis) -> tuple[Block, ...]:
    found = phrases.warnings(analysis)
    if not found:
        return (Paragraph(text="The checks of the data gave no warning."),)
    return tuple(Note(severity=check.severity, text=_finding(check)) for check in found)


def _finding(check: Check) -> str:
    return spaced(f"{_sentence(check.message)} {_sentence(check.action)}".strip())


def _sentence(text: str) -> str:
    """With a capital and a full stop."""
    shown = sentence(text).strip()
    if not shown:
        return ""
    return shown[0].upper() + shown[1:] + ("" if shown[-1] in ".!?" else ".")


def _ledger(analysis: Analysis) -> tuple[Block, ...]:
    rows = analysis.rows
    of = max(rows.read, 1)
    lines = [
        ("used", count(rows.used), percent(rows.used / of)),
        *(
            (f"dropped: {phrases.dropped_reason(reason)}", count(n), percent(n / of))
            for reason, n in sorted(rows.dropped.items(), key=lambda item: (-item[1], item[0]))
        ),
        ("read", count(rows.read), percent(rows.read / of)),
    ]
    return (
        Table(
            caption="Every row that was read is used or dropped for a reason",
            columns=("rows", "number", "share"),
            rows=tuple(lines),
            numeric=(1, 2),
            marked=len(lines) - 1,
        ),
        Paragraph(text=_stamps(analysis)),
    )


def _stamps(analysis: Analysis) -> str:
    found = analysis.resolution
    if found.seconds <= 0:
        text = "The time stamps are finer than a second."
    else:
        text = (
            f"Most time stamps are {exact(found.seconds)} apart at best, so nothing finer than "
            f"{exact(2 * found.seconds)} is printed; a limit, a cap, the ceiling per "
            "interruption and figures under assumptions stand as they are."
        )
    if found.users_indexed:
        text += (
            f" {many(found.users_indexed, 'user has', 'users have')} stamps of minutes with a "
            "second added per event; their gaps are taken in whole minutes."
        )
    return text


def _columns(analysis: Analysis) -> tuple[Block, ...]:
    rows = []
    missing = []
    for name, column in analysis.columns.items():
        if column is not None:
            rows.append((name, label(column), _MEANING.get(name, "")))
        elif name in _COSTS:
            rows.append((name, "none in this log", _COSTS[name]))
        else:
            missing.append(name)
    table = Table(
        caption="Columns of the log as they were taken",
        columns=("read as", "column in the log", "meaning, or what its absence costs"),
        rows=tuple(rows),
    )
    if not missing:
        return (table,)
    return (table, Paragraph(text=f"Not in this log either, and not needed: {', '.join(missing)}."))


def _roles(analysis: Analysis) -> tuple[Block, ...]:
    roles = analysis.roles
    if roles.source == "none" or not roles.productive_events:
        return (Note(severity="warn", text=phrases.nothing_productive(analysis)),)
    how = {
        "configured": "These roles were configured.",
        "suggested": (
            "These roles are suggested by the names alone. Check them; --productive and --complete "
            "replace them."
        ),
    }[roles.source]
    return (
        Table(
            caption="Event names and the roles they were given",
            columns=("role", "event names"),
            rows=tuple(
                (role, phrases.names(taken, most=20))
                for role, taken in (
                    ("productive", roles.productive),
                    ("completing", roles.completing),
                    ("absence", roles.away),
                    ("ignored", roles.ignored),
                )
                if taken or role in ("productive", "completing")
            ),
        ),
        Paragraph(
            text=f"{how} {many(roles.productive_events, 'event is', 'events are')} productive, "
            f"{percent(roles.productive_share)} of those used."
        ),
    )


def _limit(analysis: Analysis) -> tuple[Block, ...]:
    limit = analysis.threshold
    interval = phrases.limit_interval(analysis)
    blocks: list[Block] = [
        Facts(items=(
            Fact(
                label="Pause limit",
                value=exact(limit.seconds),
                detail=phrases.limit_source(analysis) + (f", {interval}" if interval else ""),
            ),
            Fact(
                label="Cap",
                value=exact(analysis.reorientation.tau_seconds),
                detail="longest time charged to one return",
            ),
        )),
        Paragraph(
            lead="Why this limit.",
            text=f"{_sentence(phrases.limit_reason(analysis))} {_what_it_is(analysis)}",
        ),
    ]  # fmt: skip
    if (hanging := phrases.sensitive(analysis)) is not None:
        blocks.append(Note(severity="warn", text=hanging))
    if limit.sensitivity:
        blocks.append(_sensitivity(analysis))
        texts = [text for text in (_steady(analysis), _own_cap(analysis)) if text]
        if texts:
            blocks.append(Paragraph(text=" ".join(texts)))
    return tuple(blocks)


def _steady(analysis: Analysis) -> str:
    """What stays within a quarter under half and double the limit; nothing where words differ."""
    limit = analysis.threshold
    rows = limit.sensitivity
    near = [row for row in rows if 0.49 <= row.seconds / limit.seconds <= 2.04]
    words = {row.word for row in near if row.word is not None}
    if limit.sensitive or len(words) > 1 or analysis.reorientation.mean.estimate is None:
        return ""
    stays = [
        name
        for name, values in (
            ("mean re-orientation time", [r.reorientation_mean_seconds for r in rows]),
            ("the difference to uninterrupted work", [r.excess_seconds for r in rows]),
            ("the arrow's share", [r.hit for r in rows]),
        )
        if None not in values
    ]
    if not stays:
        return ""
    told = " and ".join([", ".join(stays[:-1]), stays[-1]] if len(stays) > 1 else stays)
    move = "moves" if len(stays) == 1 else "move"
    weekly = all(row.minutes_per_user_week is not None for row in rows)
    rest = "the counts and the minutes a week do not stay" if weekly else "the counts do not stay"
    return f"{told[0].upper()}{told[1:]} {move} by less than a quarter over these limits; {rest}."


def _own_cap(analysis: Analysis) -> str:
    """That a run with another limit has another cap, where it has."""
    cap = analysis.reorientation.tau_seconds
    longest = TAU_CAP.value
    own = [min(longest, row.seconds) for row in analysis.threshold.sensitivity]
    if cap >= longest and all(abs(one - cap) < 0.5 for one in own):
        return ""
    return f"The cap stays at {exact(cap)} here; a run with another --gap has its own cap."


def _what_it_is(analysis: Analysis) -> str:
    limit = analysis.threshold
    text = "A gap between two events of one user that is longer counts as a pause."
    if limit.source == "learned" and limit.ci_lower is not None:
        text += " The bracket is a 95 % interval over users."
    if limit.night_seconds is not None:
        text += (
            f" A deeper valley lies at {duration(limit.night_seconds, phrases.step(analysis))}: "
            "that is the night, and it is not used."
        )
    return text


def _sensitivity(analysis: Analysis) -> Table:
    limit = analysis.threshold
    fine = phrases.step(analysis)
    cap = analysis.reorientation.tau_seconds
    rows = tuple(
        (
            exact(row.seconds),
            count(row.returns),
            count(row.interruptions),
            count(row.users_interrupted),
            _or_dash(row.reorientation_mean_seconds, lambda s: phrases.time(s, analysis)),
            _or_dash(row.productive_share, percent),
            _or_dash(row.excess_seconds, lambda s: signed(s, fine, most=cap)),
            _or_dash(row.hit, percent),
            _or_dash(row.minutes_per_user_week, _week),
            _DASH if row.word is None else outlook.WORD[row.word],
        )
        for row in limit.sensitivity
    )
    used = [i for i, row in enumerate(limit.sensitivity) if row.seconds == limit.seconds]
    return Table(
        caption="The same figures under other pause limits; the cap stays, the limit in use is "
        f"marked. Users are those interrupted.{_named(analysis)}",
        columns=("pause limit", "returns", "interruptions", "users",
                 "mean re-orientation time", "productive share", "longer than uninterrupted",
                 "best arrow right", "minutes a week, at most", "word"),
        rows=rows,
        numeric=(1, 2, 3, 4, 5, 6, 7, 8),
        marked=used[0] if used else None,
    )  # fmt: skip


def _named(analysis: Analysis) -> str:
    of = outlook.best(analysis)
    if of is None:
        return ""
    return f" The best arrow is that at the {outlook.arrow(of.name)}; minutes are per person."


def _week(value: float) -> str:
    return minutes(value).removesuffix(" minutes")


def _notes(analysis: Analysis) -> tuple[Part, ...]:
    notes = [check for check in analysis.data_quality if check.severity == "note"]
    if not notes:
        return ()
    rows = tuple(
        (
            spaced(_sentence(check.message)),
            count(check.count),
            _or_dash(check.share, percent),
            _sentence(check.action),
        )
        for check in notes
    )
    return (
        Part(title="Also noticed", blocks=(
            Table(
                caption="Findings that need no action",
                columns=("finding", "count", "share", "what was done"),
                rows=rows,
                numeric=(1, 2),
            ),
        )),
    )  # fmt: skip


def _or_dash(value: float | None, form: Callable[[float], str]) -> str:
    return _DASH if value is None else form(value)

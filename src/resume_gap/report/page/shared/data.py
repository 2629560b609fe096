"""The log behind a page: warnings, the ledger of rows, the columns, the roles."""

from resume_gap.eventcolumns import BY_NAME
from resume_gap.report.page.model import Block, Note, Paragraph, Part, Table
from resume_gap.report.page.shared.threshold import inactivity_threshold
from resume_gap.report.text import remedies, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, exact, many, or_dash, part, percent, spaced
from resume_gap.results.common import Check
from resume_gap.results.run import Run


def parts(run: Run, best: str | None = None) -> tuple[Part, ...]:
    """The ledger, the columns, the roles, the inactivity threshold, and what else was noticed."""
    return (
        Part(title="Rows", blocks=_ledger(run)),
        Part(title="Columns", blocks=_columns(run)),
        Part(title="What counts as work", blocks=_roles(run)),
        Part(title="The inactivity threshold", blocks=inactivity_threshold(run, best)),
        *_notes(run),
        *_options(run),
    )


def _options(run: Run) -> tuple[Part, ...]:
    """The options that do what the page asks for, as its sentences name none."""
    found = remedies.of(run, "failed", "warned", "not_checked")
    if not found:
        return ()
    text = " ".join(spaced(vocabulary.whole(option)) for option in found)
    return (Part(title="Options for another run", blocks=(Paragraph(text=text),)),)


def warned(run: Run) -> tuple[Block, ...]:
    """What the checks of the data warn of, or that they do not."""
    found = vocabulary.warnings(run)
    if not found:
        return (Paragraph(text="The checks of the data gave no warning."),)
    return tuple(Note(severity=check.severity, text=_finding(check)) for check in found)


def _finding(check: Check) -> str:
    return spaced(f"{vocabulary.whole(check.message)} {vocabulary.whole(check.action)}".strip())


def _ledger(run: Run) -> tuple[Block, ...]:
    rows = run.rows
    of = max(rows.read, 1)
    lines = [
        ("used", count(rows.used), part(rows.used, of)),
        *(
            (f"dropped: {vocabulary.dropped_reason(reason)}", count(n), part(n, of))
            for reason, n in sorted(rows.dropped.items(), key=lambda item: (-item[1], item[0]))
        ),
        ("read", count(rows.read), part(rows.read, of)),
    ]
    return (
        Table(
            caption="Every row that was read is used or dropped for a reason",
            columns=("rows", "number", "share"),
            rows=tuple(lines),
            numeric=(1, 2),
            marked=len(lines) - 1,
        ),
        Paragraph(text=_stamps(run)),
    )


def _stamps(run: Run) -> str:
    found = run.resolution
    if found.seconds <= 0:
        text = "The time stamps are finer than a second."
    else:
        text = (
            f"Most time stamps are {exact(found.seconds)} apart at best, so nothing finer than "
            f"{exact(found.finest_seconds)} is printed; a limit, a cap, the upper bound per "
            "interruption and figures under assumptions stand as they are."
        )
    if found.users_indexed:
        text += (
            f" {many(found.users_indexed, 'user has', 'users have')} stamps of minutes with a "
            "second added per event; their gaps are taken in whole minutes."
        )
    return text


def _columns(run: Run) -> tuple[Block, ...]:
    rows = []
    missing = []
    for name, column in run.columns.items():
        if column is not None:
            rows.append((name, label(column), BY_NAME[name].meaning))
        elif (lacking := BY_NAME[name].lacking) is not None:
            rows.append((name, "none in this log", lacking))
        else:
            missing.append(name)
    table = Table(
        caption="Columns of the log as they were taken",
        columns=("read as", "column in the log", "meaning, or what it costs to lack it"),
        rows=tuple(rows),
    )
    if not missing:
        return (table,)
    return (table, Paragraph(text=f"Not in this log either, and not needed: {', '.join(missing)}."))


def _roles(run: Run) -> tuple[Block, ...]:
    roles = run.roles
    if roles.source == "none" or not roles.productive_events:
        return (Note(severity="warn", text=vocabulary.nothing_productive(run)),)
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
                (shown, names or "none")
                for shown, role in (
                    ("productive", "productive"),
                    ("task end", "completing"),
                    ("idle", "away"),
                    ("ignored", "ignored"),
                    ("agent", "agent"),
                )
                if (names := vocabulary.role(run, role, most=20))
                or role in ("productive", "completing")
            ),
        ),
        Paragraph(
            text=f"{how} {many(roles.productive_events, 'event is', 'events are')} productive, "
            f"{percent(roles.productive_share)} of those used."
        ),
    )


def _notes(run: Run) -> tuple[Part, ...]:
    notes = [check for check in run.data_quality if check.severity == "note"]
    if not notes:
        return ()
    rows = tuple(
        (
            spaced(vocabulary.whole(check.message)),
            count(check.count),
            or_dash(check.share, percent),
            vocabulary.whole(check.action),
        )
        for check in notes
    )
    return (
        Part(
            title="Also noticed",
            blocks=(
                Table(
                    caption="Findings that need no action",
                    columns=("finding", "count", "share", "what was done"),
                    rows=rows,
                    numeric=(1, 2),
                ),
            ),
        ),
    )

"""What to record, on the page of a log that cannot show re-orientation."""

from typing import Final

from resume_gap.constants import DECISION_MIN_ELIGIBLE, DECISION_MIN_USERS
from resume_gap.report.page.model import Paragraph, Section, Table
from resume_gap.report.text import measurability
from resume_gap.report.text.numbers import count
from resume_gap.results.run import Run

_ROWS: Final = (
    (
        "person",
        "one id for each person, on every event, also right after a return",
        "events without an id are dropped, and with them how people come back",
    ),
    (
        "time",
        "when it happened on the person's device, in UTC, with milliseconds",
        "neither the order of events nor short times are known",
    ),
    (
        "act",
        "what was done, one name for each kind of act (cell_edited, form_submitted)",
        "nothing says which events are work",
    ),
    (
        "looking around",
        "views, clicks, scrolling and searches, not only work",
        "how people find where to go on is not in the log",
    ),
    (
        "element",
        "the id of the field, cell, record or file touched, the same at the next visit",
        "nobody can say where a marker should have pointed",
    ),
    (
        "idle time",
        "that the window was left, the screen locked, the app put away",
        "reading and being away look alike",
    ),
)
_CONCERNS: Final = {
    "several_people": 0,
    "starts_lost": 0,
    "too_coarse": 1,
    "order_unknown": 1,
    "work_apart": 1,
    "roles_too_thin": 2,
    "first_event_is_work": 3,
}
"""By reason, the row that this log lacks; no row where whole events are missing."""


def tracking(run: Run) -> tuple[Section, ...]:
    """What to record, first what this log lacks; nothing where the log can be measured."""
    blind = run.measurability.reason
    if blind is None:
        return ()
    lacks = _CONCERNS.get(blind)
    rest = [row for at, row in enumerate(_ROWS) if at != lacks]
    return (
        Section(
            name="tracking",
            topic="What to record",
            title=measurability.remedy(blind),
            blocks=(
                Table(
                    caption="What the events of a log need"
                    + ("" if lacks is None else "; what this log lacks comes first"),
                    columns=("what", "to record", "without it"),
                    rows=_ROWS if lacks is None else (_ROWS[lacks], *rest),
                    marked=None if lacks is None else 0,
                ),
                Paragraph(
                    text="Every event of a visit counts, so none may be sampled away. A "
                    f"recommendation takes {count(round(DECISION_MIN_ELIGIBLE.value))} "
                    f"interruptions of {count(round(DECISION_MIN_USERS.value))} people."
                ),
            ),
        ),
    )

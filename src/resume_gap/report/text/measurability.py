"""Why a log cannot show re-orientation, and what to log so that it can."""

from collections.abc import Callable, Mapping
from typing import Final

from resume_gap import constants
from resume_gap.report.text.numbers import count, duration, exact, percent
from resume_gap.results.run import Measurability

_Figures = Mapping[str, float | int | str]


def _first_is_work(of: _Figures) -> str:
    return (
        f"in {_share(of, 'zero_share')} of the interruptions the first event back is already work, "
        "so how people find where to go on is not in the log"
    )


def _coarse(of: _Figures) -> str:
    step = _number(of, "resolution_seconds")
    median = duration(_number(of, "median_lag_seconds"), 2 * step)
    if _number(of, "sent_on_timer"):
        return (
            f"a timer sends events every {step:.1f} s and stamps them then, too coarse for a way to"
            f" work whose median is {median}"
        )
    return (
        f"times are stamped to {exact(step)}, too coarse for a way to work whose median is {median}"
    )


def _order(of: _Figures) -> str:
    if _number(of, "queued_share") > _number(of, "batch_share"):
        return (
            f"{_share(of, 'queued_share')} of the returns, beyond chance, begin with a burst of "
            "work that waited in a queue, where neither order nor times are known"
        )
    return (
        f"{_share(of, 'batch_share')} of the returns begin among many events of one instant or "
        "burst (a batch upload), where neither order nor times are known"
    )


def _lost(of: _Figures) -> str:
    return (
        "rows that were dropped or bear another id begin "
        f"{_share(of, 'lost_share')} of the returns, beyond chance, so re-orientation begins unseen"
    )


def _several(of: _Figures) -> str:
    if _number(of, "turns_share") > constants.TURNS_MOST.value:
        return (
            f"{_share(of, 'turns_share')} of the work is done under ids whose elements take turns "
            "within seconds, as when several people work under one id at once"
        )
    return "the user ids are accounts or teams of several people, who stop and come back one by one"


def _apart(of: _Figures) -> str:
    return (
        f"only {_share(of, 'beside_share')} of the sessions with work hold any other event, as "
        "when clocks or sources differ"
    )


def _cut(of: _Figures) -> str:
    events = count(round(_number(of, "full_events")))
    return (
        f"{_share(of, 'full_share')} of the sessions hold exactly {events} events and hardly any "
        "hold more, as when visits are cut there: where people stopped or how they came back is "
        "missing"
    )


def _sparse(of: _Figures) -> str:
    return (
        f"half of the sessions hold no more than {count(round(_number(of, 'session_events')))} "
        "events, too few to show a way to work: the log may be a sample of the events"
    )


def _thin(of: _Figures) -> str:
    unknown = _number(of, "not_understood_share")
    if unknown > constants.NOT_UNDERSTOOD.value:
        return (
            f"event names that say nothing hold {percent(unknown)} of the events, and work may be "
            "among them"
        )
    return (
        f"the events taken for work by their names are {_share(of, 'productive_share')} of the "
        "events, too few to be the work of this log"
    )


def _unnamed(of: _Figures) -> str:
    return (
        f"after {_share(of, 'without_element_share')} of the interruptions work went on at an "
        "event without an element, so whether a marker would point right is mostly not in the log"
    )


def _in_order(of: _Figures) -> str:
    return (
        f"after {_share(of, 'next_share')} of the gaps work went on at the element that usually "
        "follows the last one, as in a form, which counts as a miss"
    )


def _at_new(of: _Figures) -> str:
    return (
        f"after {_share(of, 'new_share')} of the gaps work went on at an element never worked on "
        "before, as in a queue, where pointing back always counts as a miss"
    )


def _large(of: _Figures) -> str:
    return (
        f"people have so few elements that any of them is right in {_share(of, 'chance')} of the "
        "interruptions, so no marker can be seen to do better than chance"
    )


def _recur(of: _Figures) -> str:
    if _number(of, "within_share") < constants.RECURRING_NEVER.value:
        return (
            f"of the elements of a session, {_share(of, 'recurring_share')} are ever touched again:"
            " every event seems to have an id of its own"
        )
    return (
        f"of a session's elements {_share(of, 'recurring_share')} are touched in a later one, "
        f"{_share(of, 'within_share')} again within it: ids seem to be new in each session"
    )


def _vary(of: _Figures) -> str:
    return (
        f"{_share(of, 'varying_share')} of the work is done on things whose names change (a title "
        "with a count of unread mail, say)"
    )


_POSITIONS: Final = (
    "log where each element stands (`position`) and count the next as a hit (`--near 1`)"
)
_REASONS: Final[Mapping[str, tuple[Callable[[_Figures], str], str]]] = {
    "first_event_is_work": (
        _first_is_work,
        "also log what people do before they work again: views, clicks, searches",
    ),
    "too_coarse": (
        _coarse,
        "log in milliseconds, or at least in seconds, when each event happened",
    ),
    "order_unknown": (
        _order,
        "log for each event the time at which it happened on the user's device",
    ),
    "starts_lost": (
        _lost,
        "keep those rows: give every event a name, a time and an id that stays the same",
    ),
    "several_people": (
        _several,
        "say which column tells people apart, or log one",
    ),
    "work_apart": (_apart, "log all events with one clock and one time zone"),
    "sessions_cut": (_cut, "keep every event of a visit; to log less, sample users"),
    "too_sparse": (_sparse, "log every event of a user; to log less, sample users"),
    "roles_too_thin": (
        _thin,
        "say which events are work, or log names that say what was done",
    ),
    "elements_do_not_recur": (
        _recur,
        "log an id of the thing touched that stays the same: a document, record or field",
    ),
    "work_without_elements": (
        _unnamed,
        "log the element that each event of work touches",
    ),
    "elements_in_fixed_order": (_in_order, _POSITIONS),
    "work_on_new_elements": (_at_new, _POSITIONS),
    "elements_too_large": (
        _large,
        "log smaller elements: the field, row or section that was touched",
    ),
    "element_names_vary": (
        _vary,
        "log an id of the thing touched, or its name without counters, marks and times",
    ),
}


def is_known(reason: str | None) -> bool:
    """Whether this is a reason why a log cannot be measured."""
    return reason in _REASONS


def why(reason: str, figures: _Figures) -> str:
    """What the log lacks, and what to log: two clauses with a semicolon between."""
    found, log = _REASONS[reason]
    return f"{found(figures) if figures else 'the log cannot show it'}; {log}"


def sentence(reason: str, figures: _Figures) -> str:
    """The same as two sentences."""
    return f"{finding(reason, figures)} {remedy(reason)}."


def finding(reason: str, figures: _Figures) -> str:
    """What the log lacks, a sentence."""
    text = _REASONS[reason][0](figures)
    return f"{text[:1].upper()}{text[1:]}."


def remedy(reason: str) -> str:
    """What to log, with a capital and without a full stop."""
    text = _REASONS[reason][1]
    return f"{text[:1].upper()}{text[1:]}"


def to_record(reason: str) -> str:
    """What to log, and what then, a clause for those who have the page."""
    return f"{_REASONS[reason][1]}; then make this report again"


def message(found: Measurability) -> str | None:
    """Why nothing can be measured, in sentences; None where it can."""
    return None if found.reason is None else sentence(found.reason, found.figures)


def _number(of: _Figures, name: str) -> float:
    return float(of.get(name, 0.0))


def _share(of: _Figures, name: str) -> str:
    return percent(_number(of, name))

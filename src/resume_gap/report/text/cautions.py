"""Warnings about the data in a few words, for the first screen; the appendix has the whole."""

from typing import Final

from resume_gap.report.text import vocabulary
from resume_gap.report.text.clauses import clipped
from resume_gap.results.common import Check

_IN_SHORT: Final = {
    "agent_events": "acts of assistants or automations are left out.",
    "alternating_sets": "several people seem to share one id, taking turns.",
    "batch_uploads": "many events share one instant: their order is unknown.",
    "clock_off": "some times are stamped by wrong clocks.",
    "clock_out_of_range": "some times are impossible: a wrong clock.",
    "clock_outliers": "some times lie far from all the others.",
    "companion_differs": "a second comparison does not confirm the extra time.",
    "companion_unknown": "a second comparison of the extra time lacks controls.",
    "copied_inputs": "one file seems to be a copy of another.",
    "doubtful_task_ends": "some ends of tasks may be a machine's.",
    "duration_left_out": "a column of durations could not be used.",
    "early_controls": "people work at a different pace after any gap.",
    "echoes": "some work may be answers of a machine.",
    "elements_end": "on some days hardly any event names its element.",
    "event_id_conflicts": "event ids repeat with different content.",
    "event_names_alike": "some event names differ in their spelling only.",
    "excluded_users_unmatched": "the ids to exclude match no user.",
    "first_work_at_once": "a program may write the first work of returns.",
    "half_day_times": "the afternoon may be written like the morning.",
    "hits_depend_on_order": "hits depend on the unknown order of simultaneous events.",
    "identity_at_returns": "people seem to come back under another id.",
    "identity_switch": "some people may appear under two ids.",
    "idle_by_name": "idle events were recognized by their names alone.",
    "impressions": "elements that a page shows count as found.",
    "indexed_stamps": "times are minutes with a second added per event.",
    "late_sending": "work may be stamped when sent, not when done.",
    "likely_agents": "some events may be acts of assistants or automations.",
    "likely_idle_events": "some events at long gaps may mark idle time.",
    "local_times_skipped": "the time zone is probably wrong.",
    "lone_rows": "sessions of hardly any events may not be people's.",
    "long_intervals": "events that last long may hide idle time.",
    "longer_by_give_ups": "only returns without work make the extra time.",
    "machine_events": "some events repeat without anybody acting.",
    "marker_in_log": "the log seems to hold the marker already.",
    "no_productive_events": "no event counts as work: nothing can be measured.",
    "order_unknown": "many events share one instant: their order is unknown.",
    "other_threshold": "the prediction has another inactivity threshold.",
    "placeholder_user_ids": "rows with an id that is nobody's were dropped.",
    "prediction_of_this_log": "the prediction was made from this very log.",
    "restless_users": "some users never rest, as no person does.",
    "roles_by_name": "what counts as work was taken from names.",
    "rounded_user_ids": "several people may share one rounded id.",
    "rows_dropped": "rows without a user, time or event were dropped.",
    "sent_on_timer": "a timer sends and stamps some of the work.",
    "session_ids_disagree": "the log's session ids disagree with the gaps.",
    "several_at_once": "several people may work under one id at once.",
    "several_people": "user ids look like accounts or teams.",
    "shared_user_id": "one id may stand for many people.",
    "short_log": "the log is short: figures per week are extrapolated.",
    "silent_starts": "many returns begin with one event, then silence.",
    "test_accounts": "some users' ids are called test, qa or demo.",
    "thin_end": "some clocks may run days ahead.",
    "task_ends_left_out": "no event ends a task, though names suggest some.",
    "timed_task_ends": "a timer writes some ends of tasks.",
    "type_clash": "a column holds different kinds in different files.",
    "user_ids_alike": "some ids differ by case or blanks only.",
}
"""By check, at most nine words. They hold without the figures of the whole sentence."""


def passed(command: str) -> str:
    """That no check of the data warns, without a full stop; a trial has checks of its own."""
    if command in ("evaluate", "compare"):
        return "The logged events passed their checks"
    return "All checks of the data passed"


def in_short(check: Check, most: int) -> str:
    """The whole sentence of a warning where it is short, else what it comes to.

    Args:
        check: A warning with its sentence.
        most: Words beside figures.
    """
    whole = vocabulary.whole(check.message)
    cut = clipped(whole, most)
    short = _IN_SHORT.get(check.check)
    return cut if cut == whole or short is None else vocabulary.whole(short)

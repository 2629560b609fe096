"""Every sentence about the data as it is printed, with what to do about it."""

from __future__ import annotations

import pytest
from factories.findings import FIGURES, NAMES, check, codes

SAID = {
    "agent_events": (
        (
            "1,204 events of assistants or automations are no part of what people did: "
            "800 returns without them, 1,200 with them"
        ),
        "left out of every gap",
    ),
    "alternating_sets": (
        (
            "visits under 1,204 ids with 12% of the work alternate between sets of "
            "elements that have nothing in common, as where several people share an id "
            "and take turns. With all visits: 1,200 returns, 8 interruptions. With those of the"
            " largest set of each id: 900 returns, 9 interruptions"
        ),
        (
            "name a column that tells people apart with --user COL, or projects with "
            "--map stream=COL"
        ),
    ),
    "batch_uploads": (
        (
            "1,204 rows (12%) of 12 users share their instant with many others, or come "
            "in bursts between silences, as a batch upload does: order and times are "
            "unknown there"
        ),
        ("kept, none is taken for a repeat; log when each event happened, not when it was sent"),
    ),
    "clock_corrected": (
        "1,204 rows (12.5%) were stamped 1.5 hours off",
        "moved to the user's usual delay before they were received",
    ),
    "clock_off": (
        (
            "1,204 rows (12.5%) are stamped 1.5 hours from the usual delay before they were "
            "received: a wrong clock"
        ),
        "--clock corrected moves them to the user's usual delay",
    ),
    "coarse_stamps": (
        "most times are stamped to whole minutes",
        "nothing finer than twice that is printed",
    ),
    "companion_differs": (
        (
            "a second comparison, with controls after an event like the first one back, does "
            "not confirm the extra time"
        ),
        "watch a few people come back: do they go on where they stopped, or land elsewhere?",
    ),
    "companion_unknown": (
        (
            "a second comparison, with controls after an event like the first one back, could "
            "not be made: too few such controls"
        ),
        "read the comparison with care",
    ),
    "doubtful_task_ends": (
        (
            "1,204 events (events that few users have) were taken for ends of tasks "
            "because they say that something is done, which may be a machine's work. "
            "With them: 1,200 returns, 8 interruptions. Without them: 900 returns, 9 interruptions"
        ),
        (
            "--ignore NAMES leaves them out; if people end tasks so, say it with "
            "--productive and --complete"
        ),
    ),
    "excluded_users_unmatched": (
        (
            "none of the 1,204 ids in the file of --exclude-users is a user of this log, so "
            "nobody was left out; 1 user differs from one of them by case or blanks only"
        ),
        "write the ids as the column of --user has them, one a line",
    ),
    "first_work_at_once": (
        (
            "the first work of a return comes 4 s after its first event, the second only 27 s"
            " later, 3.5 times as long as later steps take: a program may have written the first"
            " (a restored draft). With it: 1,200 returns, 8 interruptions. Without it: 900"
            " returns, 9 interruptions"
        ),
        "if no person causes them, --ignore NAMES leaves events of that name out",
    ),
    "impressions": (
        (
            "1,204 events (events that few users have) come at several elements within 1 s, as"
            " where a page reports what it shows: such an element counts as found although nobody"
            " looked for it. With them: 1,200 returns, 8 interruptions. Without them: 900"
            " returns, 9 interruptions"
        ),
        "--ignore NAMES leaves them out",
    ),
    "marker_in_log": (
        (
            "by name 1,204 events are of a resume marker: if so, figures are of people who had it"
            " already"
        ),
        "--marker shown=NAMES, or --until the day before it",
    ),
    "task_ends_left_out": (
        (
            "by name 1,204 events end tasks, but no event counts as a task end, so finished work"
            " counts as interrupted"
        ),
        "--complete NAMES",
    ),
    "offline_buffer": (
        "1,204 rows (12.5%) waited in an offline buffer to be sent",
        "their stamps were believed",
    ),
    "timed_task_ends": (
        (
            "1,204 events (events that few users have) come 30 min after the event before: a timer"
            " ends sessions, not people their tasks. With them: 1,200 returns, 8 interruptions."
            " Without them: 900 returns, 9 interruptions"
        ),
        "--ignore NAMES leaves them out",
    ),
    "early_controls": (
        (
            "people work at a different pace soon after any gap, so the comparison may be off by "
            "1.5 s"
        ),
        "read the comparison with care",
    ),
    "copied_inputs": (
        (
            "the file b.csv.gz has as many rows as a.csv, at the same times, and 1,204 rows equal"
            " another row in every column"
        ),
        "give each file once: every event of a copy counts twice",
    ),
    "echoes": (
        (
            "1,204 events (events that few users have) were taken for work by name, but "
            "nearly all follow another event within 1 s, looking included, as a machine's"
            " answers do. With them: 1,200 returns, 8 interruptions. Without them: 900 returns, 9 "
            "interruptions"
        ),
        "--ignore NAMES leaves them out; if they are work, say it with --productive",
    ),
    "elements_end": (
        (
            "on 1,204 days with 12% of the rows hardly any has an element, on other days "
            "many have. With those days: no events. Without those days: no events"
        ),
        "analyze the days with elements: --since and --until",
    ),
    "equal_rows_kept": (
        "1,204 rows equal another row in every column",
        "kept: whole-second stamps and batch uploads cannot tell",
    ),
    "few_controls": (
        "only 12% of the matched controls are the person's own",
        "read the comparison with care",
    ),
    "hits_depend_on_order": (
        (
            "1,204 rows share their instant with the one before, and what a marker would "
            "have pointed at depends on their order"
        ),
        "give the order with --map sequence=COL",
    ),
    "identity_at_returns": (
        (
            "1,204 of 1,740 returns (12%) begin within 5 s after the last event of "
            "another user (2 by chance): people seem to come back under another id until "
            "they sign in, so re-orientation begins too late and cannot be trusted"
        ),
        ("map an id that stays the same with --user COL, or join the ids before the analysis"),
    ),
    "identity_switch": (
        (
            "1,204 users (12%) begin within 5 s of another user's last event (0 expected "
            "by chance): one person may appear under two ids, before and after signing in"
        ),
        ("map an id that stays the same with --user COL, or join the ids before the analysis"),
    ),
    "idle_by_name": (
        "12% of the rows were taken for idle events by their names alone",
        "--productive NAMES or --away NAMES decides",
    ),
    "indexed_stamps": (
        "the stamps of 1,204 users are minutes with a second added per event",
        "their gaps were measured in whole minutes",
    ),
    "late_sending": (
        (
            "1,204 of 1,740 returns (12%) begin with 3 and more acts of work within 5 s, "
            "but only 1.0% of the other ends of silences do: they may have waited in a "
            "queue, and bear the time of sending"
        ),
        "log when each event happened, not when it was sent",
    ),
    "likely_agents": (
        (
            "by name events that few users have may be acts of an assistant or "
            "automation. With them: 1,200 returns, 8 interruptions, 61 s to work on average. "
            "Without them: 900 returns, 9 interruptions, time to work not known"
        ),
        "--agent NAMES leaves them out of every gap",
    ),
    "likely_idle_events": (
        (
            "12% of the 1,204 events called went dark are the last before or the first "
            "after a long gap, so they may mark idle time. With them: 1,200 returns, 8"
            " interruptions. Without them: 900 returns, 9 interruptions"
        ),
        "--away 'went dark,blur' takes them for idle events",
    ),
    "lone_rows": (
        (
            "1,204 sessions (12%) have fewer than 4 events while the others are much "
            "longer, as rows of a server, of a wrong clock or of a second delivery are. "
            "With them: 1,200 returns, 8 interruptions. Without them: 900 returns, 9 interruptions"
        ),
        (
            "look at some of them; --ignore leaves out names that no person causes, and a"
            " column of arrivals (--map received_at=COL) shows wrong clocks"
        ),
    ),
    "long_intervals": (
        (
            "12.5% of the events with an end last longer than 30 minutes: idle time may "
            "hide inside them"
        ),
        "name the events that mean idleness with --away",
    ),
    "longer_by_give_ups": (
        (
            "1,204 interruptions (12 %) ended without work and count as the cap; "
            "without them, getting back did not take clearly longer than a step of "
            "uninterrupted work that is begun anew"
        ),
        "watch why people leave again: another interruption, or giving up",
    ),
    "thin_end": (
        (
            "1,204 rows lie after 2026-03-05, the last day with 1% of a usual day's users: "
            "perhaps clocks that run ahead"
        ),
        "kept; the log is taken to end on that day, unless --until says otherwise",
    ),
    "machine_events": (
        (
            "the event ping repeats like a clock. With it: 1,200 returns, 8 interruptions, 61 s to "
            "work on average. Without it: 2,300 returns, 9 interruptions, time to work not known"
        ),
        "--ignore ping leaves them out",
    ),
    "no_productive_events": (
        "no event of this log counts as work, so re-orientation cannot be measured",
        "name the events that are work with --productive",
    ),
    "order_unknown": (
        "12% of the rows share their instant with another of the same user",
        "give the order with --map sequence=COL",
    ),
    "placeholder_user_ids": (
        (
            "rows of users called null (12.5%) are nobody's and were dropped: returns "
            "that began in them seem to begin later"
        ),
        (
            "log an id that a person has before signing in, too (a browser's or "
            "device's), and give its column with --user"
        ),
    ),
    "restless_users": (
        "active in over 20 hours a day on over 3 days, as no person is: user 7",
        "ids in suspected_bots.txt; --exclude-users with a copy leaves them out",
    ),
    "reversed_ends": (
        "1,204 interval events end before they start",
        "their end was set to their start",
    ),
    "roles_by_name": (
        "what counts as work, its end and idle events were taken from names alone",
        "--productive, --complete and --away decide",
    ),
    "rows_dropped": (
        (
            "1,204 rows (12.5%) have no user and were dropped: returns that began in them"
            " seem to begin later"
        ),
        "name a column that has one in them: --user COL",
    ),
    "sent_on_timer": (
        (
            "the work of 1,204 streams (12% of it) comes in bursts whole multiples of 5.0"
            " s apart: a timer sends and stamps it"
        ),
        "log when each event happened, not when it was sent",
    ),
    "session_ids_disagree": (
        (
            "session ids disagree with gaps over 30.0 minutes: they stay the same at 25% "
            "of these gaps, and 50% of their changes come without one"
        ),
        ("the gaps decide; --gap gives the threshold that the session ids were made with"),
    ),
    "several_at_once": (
        (
            "under 1,204 ids with 12% of the work, it comes back to an element within 30 "
            "s, over and over, after work on others: several people may work under one id"
            " at once"
        ),
        "name a column that tells them apart with --user COL",
    ),
    "shared_user_id": (
        (
            "12% of all events are under kiosk, each with over 10 times the median user's: one id "
            "for many people?"
        ),
        "look at them; --exclude-users leaves them out",
    ),
    "short_log": (
        "the log spans 3.2 days: figures per week are extrapolated from them",
        "take figures per week from a longer log",
    ),
    "silent_starts": (
        (
            "1,204 returns (12%) begin with one event, and then nothing follows for about"
            " 10 min, as after a wake-up, a sync or a notification before anybody is "
            "there. With these events: 1,200 returns, 8 interruptions. Without these events: "
            "900 returns, 9 interruptions"
        ),
        "if no person causes them, --ignore NAMES leaves events of that name out",
    ),
    "test_accounts": (
        "1,204 users with 12.5% of the rows have ids that say test, qa or demo",
        "list their ids in a file and leave them out with --exclude-users",
    ),
    "user_ids_alike": (
        (
            "the ids of 1,204 users (12%) differ from another's by case or blanks only: "
            "one person may count as two"
        ),
        "write each id alike before the analysis",
    ),
}


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_check_is_told_as_it_was_reviewed(code: str) -> None:
    found = check(code, figures=FIGURES.get(code, {}), names=NAMES.get(code, ()))
    assert (found.message, found.action) == SAID[code]

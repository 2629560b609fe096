"""Files, columns, ids of events and predictions, as sentences."""

from __future__ import annotations

from factories.findings import check, usual


def test_kinds_are_listed_with_a_file_of_each() -> None:
    found = usual("type_clash")
    assert found.message == "'user id' holds numbers in a.jsonl and text in b.jsonl"


def test_an_id_that_identifies_nothing_and_one_that_comes_again() -> None:
    unused = check("event_id_conflicts", names=("row id",), count=1)
    assert unused.message.startswith("1 row repeats a value of row id with different content, so")
    assert unused.action == "to use it anyway: --map 'event_id=row id'"
    kept = usual("repeated_event_ids")
    assert kept.message == "1,204 rows repeat an event id, 12 of them with other content"
    assert kept.action == "the earliest of each id was kept"
    alike = check("repeated_event_ids", figures={"other": 0})
    assert alike.message == "1,204 rows repeat an event id"


def test_a_unit_that_was_given_needs_no_reason() -> None:
    given = usual("duration_unit", figures={"inferred": 0})
    assert given.message == "'took' is read as seconds from the time as the end"
    assert usual("duration_unit").message.endswith("as the end, by their overlaps")


def test_a_prediction_of_the_log_itself_says_what_it_knew() -> None:
    found = usual("prediction_of_this_log")
    assert "made from this very log, the trial included: it is no prediction" in found.message
    assert found.action == "make it with --until before the first assignment"
    assert "is 300 s here and 350 s in the prediction" in usual("other_threshold").message

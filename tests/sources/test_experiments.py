"""Assignment events of trackers, as SQL over the columns that a file has."""

from types import SimpleNamespace
from typing import Any

import duckdb

from resume_gap.sources.experiments import (
    assigned_variant,
    carried_variant,
    columns_asked,
    keys_named,
)


def found(sql: Any, names: tuple[str, ...], *row: str | None) -> Any:
    """What the expression gives for a row of text columns."""

    def find(name: str) -> Any:
        quoted = f'"{name}"'
        return SimpleNamespace(sql=quoted, kind="VARCHAR") if name in names else None

    columns = ", ".join(f'? as "{name}"' for name in (*names, "event"))
    return duckdb.execute(f"select {sql(find)} from (select {columns})", list(row)).fetchall()[0][0]


def assigned(names: tuple[str, ...], *row: str | None) -> Any:
    return found(lambda find: assigned_variant(find, "event", "arrow"), names, *row)


SEGMENT = ("experiment_id", "variation_name")
VIEWED = "Experiment Viewed"


def test_an_assignment_event_of_the_experiment_names_the_variant() -> None:
    assert assigned(SEGMENT, "arrow", "on", VIEWED) == "on"
    assert assigned(SEGMENT, "other", "on", VIEWED) is None
    assert assigned(SEGMENT, None, "on", VIEWED) is None
    assert assigned(SEGMENT, "arrow", "", VIEWED) is None
    assert assigned(SEGMENT, "arrow", "on", "edit") is None


def test_the_parts_may_lie_inside_of_properties() -> None:
    names = ("properties.$feature_flag", "properties.$feature_flag_response")
    assert assigned(names, "arrow", "v2", "$feature_flag_called") == "v2"


def test_the_first_column_that_says_something_counts() -> None:
    names = ("experiment_id", "variation_name", "variation_id")
    assert assigned(names, "arrow", "on", "7", VIEWED) == "on"
    assert assigned(names, "arrow", "", "7", VIEWED) == "7"
    assert assigned(("experiment_id", "experiment_name", "variant"), "x", "arrow", "b", VIEWED)


def test_without_a_key_or_a_variant_nobody_is_assigned() -> None:
    assert assigned(("variation_name",), "on", VIEWED) is None
    assert assigned(("experiment_id",), "arrow", VIEWED) is None


def test_posthog_writes_the_variant_onto_every_event() -> None:
    def carried(names: tuple[str, ...], *row: str | None) -> Any:
        return found(lambda find: carried_variant(find, "arrow"), names, *row)

    assert carried(("properties.$feature/arrow",), "test", "edit") == "test"
    assert carried(("$feature/arrow",), "", "edit") is None
    assert carried(("$feature/other",), "test", "edit") is None


def test_every_column_that_is_looked_for_is_asked_for() -> None:
    asked = columns_asked("arrow")
    seen = []

    def find(name: str) -> None:
        seen.append(name)

    assigned_variant(find, "event", "arrow")
    carried_variant(find, "arrow")
    assert set(seen) == set(asked)


def test_the_keys_of_assignment_events_are_those_of_all_columns() -> None:
    def keys(names: tuple[str, ...], *row: str | None) -> Any:
        return found(lambda find: keys_named(find, "event"), names, *row)

    assert keys(("experiment_id", "experiment_name"), "7", "arrow", VIEWED) == ["7", "arrow"]
    assert keys(SEGMENT, "arrow", "on", "edit") is None
    assert keys(("variation_name",), "on", VIEWED) == []

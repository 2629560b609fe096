"""The text of a configuration: every value is read back, whatever strangers wrote into it."""

from __future__ import annotations

import tomllib

import pytest

from resume_gap.output.configuration import LogEvidence, configuration_text, quoted
from resume_gap.results.common import Check
from resume_gap.results.run import Resolution
from resume_gap.settings import EVENT_COLUMNS, Settings, file_values, settle
from resume_gap.sources.role_bits import AWAY, COMPLETING, PRODUCTIVE
from resume_gap.sources.roles import RoleChoice, matching

HOSTILE = 'a"b\\c\n[map]\nx = 1 \x1b[31m\u202e\x7f\u2028 # é'


def evidence(columns: dict[str, str], **more: object) -> LogEvidence:
    fields: dict[str, object] = {
        "inputs": ("log.csv",),
        "rows": 200,
        "first_at": None,
        "last_at": None,
        "settings": Settings(),
        "layout": "plain",
        "columns": {name: columns.get(name) for name in EVENT_COLUMNS},
        "time_format": None,
        "time_unit": None,
        "resolution": Resolution(seconds=1, users_minute=0, users_second=1, users_indexed=0),
        "roles": RoleChoice({}, "none", ()),
        "counts": {},
        "shown": frozenset(),
        "heartbeats": (),
        "idle": (),
        "agents": (),
        "checks": (),
    }
    return LogEvidence(**(fields | more))  # type: ignore[arg-type]


def read(text: str) -> Settings:
    return settle({}, file_values(tomllib.loads(text), "resume-gap.toml"))


def uncommented(text: str, key: str) -> tuple[str, ...]:
    (line,) = [one for one in text.splitlines() if one.startswith(f"# {key} = ")]
    return tuple(tomllib.loads(line.removeprefix("# "))[key])


def test_any_character_is_on_one_line_and_read_back() -> None:
    text = "".join(chr(code) for code in range(1, 0x3100)) + "\ufeff\ufffd\U0001f600\U000e0041"
    line = f"x = {quoted(text)}"
    assert tomllib.loads(line) == {"x": text}
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("column", [HOSTILE, " a ", "a,b", "a=b", "a.b", "'''"])
def test_columns_are_read_back(column: str) -> None:
    text = configuration_text(evidence({"user_id": column, "timestamp": "ts"}))
    assert read(text).mapping == {"user_id": column, "timestamp": "ts"}


@pytest.mark.parametrize("column", ["date + time", "x" * 1_001, " "])
def test_a_column_that_no_setting_can_name_is_a_comment(column: str) -> None:
    text = configuration_text(evidence({"user_id": "u", "timestamp": column}))
    assert read(text).mapping == {"user_id": "u"}


def test_an_event_that_is_filled_from_another_column_stays_a_comment() -> None:
    filled = Check(check="event_filled", severity="note", count=1, share=None, message="filled")
    text = configuration_text(evidence({"user_id": "u", "event": "e"}, checks=(filled,)))
    assert read(text).mapping == {"user_id": "u"}


def test_an_end_beside_a_duration_is_the_one_that_is_set() -> None:
    text = configuration_text(evidence({"user_id": "u", "end": "till", "duration": "took"}))
    assert read(text).mapping == {"user_id": "u", "end": "till"}


def test_a_tracker_is_named_and_its_columns_follow() -> None:
    text = configuration_text(evidence({"user_id": "distinct_id"}, layout="mixpanel"))
    found = read(text)
    assert (found.source, found.mapping) == ("mixpanel", {})
    assert '# map.user_id = "distinct_id"\n' in text


def test_what_was_given_or_found_is_a_setting_and_the_rest_a_comment() -> None:
    given_settings = Settings(tz="Europe/Berlin", mapping={"task": "job"})
    found = read(
        configuration_text(
            evidence(
                {"task": "job"}, settings=given_settings, layout="ga4", time_format="%d/%m/%Y %H:%M"
            )
        )
    )
    assert (found.tz, found.time_format) == ("Europe/Berlin", "%d/%m/%Y %H:%M")
    assert found.mapping == {"task": "job"}
    assert found.clock == Settings().clock
    assert read(configuration_text(evidence({}, time_unit="ms"))).time_unit == "ms"


def test_names_are_advice_with_their_reasons_and_mean_themselves() -> None:
    hostile = f"edit {HOSTILE}"
    counts = {hostile: 100, "save, all": 60, "idle": 20, "tick": 10, "rare": 5, "lock_x": 5}
    bits = {hostile: PRODUCTIVE, "save, all": PRODUCTIVE | COMPLETING, "idle": AWAY}
    text = configuration_text(
        evidence(
            {},
            roles=RoleChoice(bits, "suggested", (), ("rare",)),
            counts=counts,
            shown=frozenset(counts) - {"rare"},
            heartbeats=("tick",),
            idle=("lock_x",),
            agents=("bot*",),
        )
    )
    found = read(text)
    assert (found.productive, found.complete, found.away, found.ignore) == ((), (), (), ())
    assert all(line.isprintable() for line in text.splitlines())
    productive = uncommented(text, "productive")
    assert [matching(counts, entry) for entry in productive] == [[hostile], ["save, all"]]
    assert "# productive: 80.0% of the rows" in text
    assert '"idle", 10.0% of the rows: idle word (idle)' in text
    assert '"tick", 5.0% of the rows: ' in text
    assert "rare" not in text
    assert uncommented(text, "ignore") == ("tick",)
    assert uncommented(text, "agent") == ("bot*",)
    both = [line for line in text.splitlines() if line.startswith("# away = ")]
    assert both == ['# away = ["idle"]', '# away = ["idle", "lock_x"]']

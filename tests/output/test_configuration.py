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


def part(text: str, title: str) -> list[str]:
    """The lines of a part of the file, after its title."""
    (found,) = [one for one in text.split("\n\n") if one.startswith(f"# {title}")]
    return found.strip("\n").split("\n")[1:]


def test_names_are_ranked_by_rows_and_twenty_are_listed() -> None:
    names = [f"n{number:02}" for number in range(22)]
    counts = dict.fromkeys(names[::-1], 1) | {"n05": 2, "save": 4}
    choice = RoleChoice({"save": PRODUCTIVE}, "suggested", (), ("n05",))
    text = configuration_text(
        evidence({}, rows=8, roles=choice, counts=counts, shown=frozenset(counts))
    )
    why = "no known word"
    rest = [f'#   "{name}", 12.5% of the rows: {why}' for name in names if name != "n05"]
    assert part(text, "Names without a role") == [*rest[:20], "#   and 1 more"]
    roles = part(text, "Roles")
    assert roles[2:5] == [
        "# productive: 50.0% of the rows",
        '#   "save", 50.0% of the rows: productive word (save)',
        '# productive = ["save"]',
    ]
    assert roles[5:] == [
        "# complete: no name suggests it",
        "# away: no name suggests it",
        "# Whether these are work, the names do not say:",
        f'#   "n05", 25.0% of the rows: {why}',
    ]


def test_the_log_and_its_stamps_are_named_and_what_it_lacks() -> None:
    coarse = Resolution(seconds=60, users_minute=1, users_second=0, users_indexed=0)
    fine = Resolution(seconds=0, users_minute=0, users_second=0, users_indexed=0)
    files = tuple(f"{number}.csv" for number in range(7))
    columns = {name: name for name in EVENT_COLUMNS if name not in ("task", "stream")}
    text = configuration_text(
        evidence(columns, inputs=files, rows=1, first_at="2026", last_at="2027", resolution=coarse)
    )
    assert "# Log: 0.csv, 1.csv, 2.csv, 3.csv, 4.csv, 1 row\n# From 2026 to 2027\n" in text
    assert "# Resolution of the stamps: whole steps of 60 s\n" in text
    assert "# Not in the log: task, stream\n" in text
    bare = configuration_text(evidence({}, resolution=fine))
    assert "# From" not in bare
    assert "# Resolution of the stamps: finer than a second\n" in bare
    whole = configuration_text(evidence({name: name for name in EVENT_COLUMNS}))
    assert "Not in the log" not in whole


def test_findings_stand_where_they_belong_and_the_others_at_the_end() -> None:
    def check(name: str, action: str = "") -> Check:
        return Check(
            check=name, severity="warn", count=1, share=None, message=f"<{name}>", action=action
        )

    own = {"Source": "source_recognized", "Columns": "columns_taken", "Times": "two_time_units"}
    more = (check("ties"), check("rest", "do it"))
    text = configuration_text(evidence({}, checks=(*map(check, own.values()), *more)))
    for title, name in own.items():
        assert f"# <{name}>" in part(text, title)
        assert text.count(f"<{name}>") == 1
    assert part(text, "Checks") == ["# warn: <ties>", "# warn: <rest> (do it)"]
    assert part(configuration_text(evidence({})), "Checks") == ["# none"]
    nothing = part(configuration_text(evidence({})), "Worth a look")
    assert [line.endswith(": none found") for line in nothing] == [True] * 3


def test_options_show_what_holds_without_them() -> None:
    times = part(configuration_text(evidence({})), "Times")
    assert '# tz = "UTC"' in times
    assert any(line.startswith("# time_format: ") for line in times)
    given = part(
        configuration_text(evidence({}, settings=Settings(time_unit="s"), time_unit="ms")), "Times"
    )
    assert 'time_unit = "s"' in given


def test_what_a_run_may_spend_is_a_setting_where_it_was_given() -> None:
    settings = Settings(memory_limit="3GB", temp_limit="40GB", allow_views=True)
    found = read(configuration_text(evidence({}, settings=settings)))
    assert (found.memory_limit, found.temp_limit) == ("3GB", "40GB")
    assert found.allow_views
    assert "# allow_views = false" in part(configuration_text(evidence({})), "What a run")

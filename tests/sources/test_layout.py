"""The logs in `layouts/` hold the events of `plain.csv` as each tracker writes them."""

import dataclasses
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from factories.source_files import as_csv, checks, message, read

from resume_gap.errors import InputError
from resume_gap.layouts import EITHER, NAMES, TrackerLayout, layouts, load
from resume_gap.options.names import EVENT_COLUMNS
from resume_gap.settings import Settings
from resume_gap.sources import layout as layout_module
from resume_gap.sources.columns import shown
from resume_gap.sources.layout import Known, Probe, _best, _paths, known_layout
from resume_gap.sources.tables import Column

LOGS = Path(__file__).parent / "layouts"
PLAIN = LOGS / "plain.csv"
REFUSED = tuple(one.name for one in layouts() if one.refused)
EXPORTS = sorted(
    path.name for path in LOGS.iterdir() if path != PLAIN and path.name.split(".")[0] not in REFUSED
)
LAST = {name.split(".")[0]: name for name in EXPORTS}
"""The log of each layout that runs quickly: of several formats the last, mostly the tracker's."""
ASSIGNED = {"1001": "B", "1002": "A"}
COLUMNS = "user_id, at_us, event, coalesce(target, task) as element, context, assigned_variant"


def events(name, **options):
    """The source, its events, and its assignments by user."""
    source, _, rows = read(str(LOGS / name), COLUMNS, experiment="marker", **options)
    assigned = {row["user_id"]: row["assigned_variant"] for row in rows if row["assigned_variant"]}
    work = Counter(
        tuple(row.values())[:-1]
        if source.columns["context"]
        else (*tuple(row.values())[:-2], "editor")
        for row in rows
        if not row["assigned_variant"]
    )
    return source, work, assigned


@cache
def plain_events():
    return events("plain.csv")[1]


def plain(*, context=True):
    work = plain_events()
    return work if context else Counter((*key[:-1], "editor") for key in work.elements())


@pytest.mark.parametrize(
    "name",
    [
        name if name in LAST.values() else pytest.param(name, marks=pytest.mark.full)
        for name in EXPORTS
    ],
)
def test_the_same_events_as_the_plain_twin(name):
    source, work, assigned = events(name)
    assert work == plain(context=source.columns["context"] is not None)
    assert assigned in ({}, ASSIGNED)
    # Whatever holds assignments in its log must show them; only some layouts have such events.
    assert bool(assigned) == (b"marker" in (LOGS / name).read_bytes() or name == "amplitude.zip")
    label = next(one.label for one in layouts() if one.name == name.split(".")[0])
    assert f"an export of {label}, as it has " in checks(source)["source_recognized"].message


def test_every_layout_has_a_log():
    assert {name.split(".")[0] for name in EXPORTS} == {*NAMES} - {*REFUSED}


@pytest.mark.parametrize("one", layouts(), ids=lambda one: one.name)
def test_a_layout_names_columns_of_an_event(one):
    assert {*one.columns} <= {*EVENT_COLUMNS}
    assert one.refused or {"user_id", "timestamp", "event"} <= {*one.columns}
    assert {*one.units} <= {"time_unit", "duration_unit", "time_is"}


def test_counts_in_place_of_events_are_refused_with_the_reason():
    line = message([str(LOGS / "pendo.csv")])
    assert "is an export of Pendo: its rows are counts" in line


RAW = {
    "actions": "idlink_va,idvisitor,idvisit,server_time,idaction_url,idaction_event_action",
    "visits": "idvisit,idvisitor,user_id,visit_first_action_time,visit_last_action_time",
    "names": "idaction,name,hash,type,url_prefix",
}


@pytest.mark.parametrize("header", RAW.values(), ids=RAW)
def test_raw_tables(tmp_path, header):
    path = tmp_path / "raw.csv"
    path.write_text(f"{header}\n{','.join('1' * (header.count(',') + 1))}\n")
    line = message(str(path))
    assert (
        "raw.csv: is a table of Matomo's database, in which events and people are numbers" in line
    )
    assert "join matomo_log_visit v using (idvisit)" in line


def test_the_join_of_these_tables_is_read(tmp_path):
    path = tmp_path / "joined.csv"
    path.write_text(
        "idlink_va,user_id,idvisit,server_time,idaction_url,event_action,url\n"
        "1,u1,9,2026-03-02 09:00:00,4,open,editor\n"
    )
    source, _, rows = read(str(path), "user_id, event, context")
    assert source.layout == "matomo"
    assert [tuple(row.values()) for row in rows] == [("u1", "open", "editor")]


def test_plain_takes_no_layout():
    assert "no column for" in message([str(LOGS / "mixpanel.jsonl")], source="plain")
    assert "source_recognized" not in checks(events("plain.csv")[0])


def test_a_named_layout_is_taken_without_its_marks(tmp_path):
    rows = [{"event_type": "e", "event_time": "2026-03-02", "amplitude_id": 7, "user": "u"}]
    path = tmp_path / "events.csv"
    path.write_bytes(as_csv(rows))
    source, _, found = read(str(path), "user_id", source="amplitude")
    assert found == [{"user_id": "7"}]
    assert "--source amplitude" in checks(source)["source_recognized"].message


def test_a_mapping_wins_over_the_layout():
    source, _, _ = events("mixpanel.jsonl", mapping={"user_id": "properties.$insert_id"})
    assert source.columns["user_id"] == "properties.$insert_id"
    assert source.columns["timestamp"] == "properties.time"


def test_an_id_that_most_events_lack_gives_way():
    assert events("ga4.jsonl")[0].columns["user_id"] == "user_pseudo_id"


def test_the_zone_that_a_tracker_documents_wins_over_an_option(tmp_path):
    rows = [{"event_type": "e", "event_time": "2026-03-02 10:00:00", "amplitude_id": 7}]
    path = tmp_path / "events.csv"
    path.write_bytes(as_csv(rows))
    for zone in ("UTC", "Asia/Tokyo"):
        source, _, found = read(str(path), "at_us", source="amplitude", tz=zone)
        assert found == [{"at_us": 1_772_445_600_000_000}]
        check = checks(source)["time_zone"]
        assert "are read in UTC, as Amplitude documents" in check.message
        assert check.action == "--source plain takes --tz"
    mapping = {"user_id": "amplitude_id"}
    plain_one = read(str(path), "at_us", source="plain", tz="Asia/Tokyo", mapping=mapping)
    assert plain_one[2] == [{"at_us": 1_772_445_600_000_000 - 9 * 3_600_000_000}]
    assert checks(plain_one[0])["time_zone"].action == "--tz says otherwise"


def test_the_first_name_with_half_of_the_most_values_is_taken():
    either = f"a{EITHER}b"
    assert _best(["a", "c"], {"a": 5, "c": 10}) == "a"
    assert _best(["a", "c"], {"a": 4, "c": 9}) == "c"
    assert _best([either, "c"], {"a": 2, "b": 5, "c": 10}) == either
    assert _best([either, "c"], {"a": 0, "b": 5, "c": 10}) == "b"
    assert _best([either, "c"], {"c": 0}) is None


def test_names_of_values_lie_under_their_keys_and_of_a_list_in_its_first():
    document = {"a": 0, "b": "", "c": None, "d": [{"e": False}, {"f": 1}], "g": [], "h": {"i": 2}}
    assert list(_paths(document, ())) == ["a", "d", "d.0", "d.0.e", "g", "h", "h.i"]
    assert list(_paths({"p": [{"key": "k", "value": {"n": None, "t": "x"}}]}, ())) == ["p", "p.k"]
    deep = "x"
    for _ in range(9):
        deep = {"n": deep}
    assert max(map(len, _paths(deep, ()))) == len(".".join("n" * 6))


def test_a_layout_fixes_units_that_nobody_gave():
    columns = {"user_id": "u", "timestamp": "t", "event": "e"}
    known = Known(load("mixpanel"), ("a", "b"), columns, None)
    one = dataclasses.replace(known.layout, units={"time_unit": "s"}, lost="Some is lost.")
    fixed = dataclasses.replace(known, layout=one)
    assert fixed.settings(Settings()).time_unit == "s"
    assert fixed.settings(Settings(time_unit="ms")).time_unit == "ms"
    assert known.without == {*known.layout.columns} - {*columns}
    label = known.layout.label
    said = "read as an export of {}, as it has {}. Some is lost"
    assert fixed.check().message == said.format(label, shown(("a", "b")))
    named = dataclasses.replace(known, by=(), layout=dataclasses.replace(one, lost=""))
    assert named.check().message == f"read as an export of {label}, as --source mixpanel"


def test_the_day_stands_first_only_where_a_layout_says_so():
    assert [one.name for one in layouts() if one.day_first] == ["moodle"]


def fake(name, *recognized, **more):
    return TrackerLayout(
        name=name, label=name.title(), export="", recognized=tuple(recognized), **more
    )


def known_of(monkeypatch, some, rows, names=None, **settings):
    """What is known of inputs (each a query) by these layouts; the first is the one named."""
    monkeypatch.setattr(layout_module, "layouts", lambda: tuple(some))
    monkeypatch.setattr(layout_module, "load", lambda name: {one.name: one for one in some}[name])
    monkeypatch.setattr(layout_module, "NAMES", tuple(one.name for one in some))
    with duckdb.connect() as con:
        probes = []
        for n, sql in enumerate(rows):
            con.execute(f"create table t{n} as {sql}")
            kinds = con.execute(f"describe t{n}").fetchall()
            columns = {row[0]: Column(row[0], row[1]) for row in kinds}
            file = SimpleNamespace(label=f"t{n}.csv")
            probes.append(Probe(SimpleNamespace(columns=columns, file=file), f"t{n}"))
        found = names or [name for probe in probes for name in probe.table.columns]
        return known_layout(con, probes, found, Settings(**settings))


def test_the_layout_with_most_marks_is_recognized(monkeypatch):
    small = fake("small", ("a",), ("a", "gone"))
    large = fake("large", ("b", "a.x"), columns={"event": ("a.y", "b")})
    rows = ["""select {'x': 1, 'y': 'e'} as a, 2 as b"""]
    known = known_of(monkeypatch, [small, large], rows)
    assert (known.layout, known.by, known.columns, known.session) == (
        large,
        ("b", "a.x"),
        {"event": "a.y"},
        None,
    )
    assert known_of(monkeypatch, [large, small], rows).layout == large
    empty = ["select {'x': null, 'y': 'e'} as a, 2 as b"]
    assert known_of(monkeypatch, [small, large], empty).layout == small
    assert known_of(monkeypatch, [large], ["select 1 as c"]) is None
    assert known_of(monkeypatch, [small], rows, source="plain") is None
    assert known.check().count == 1
    assert known.zoned is None


def test_a_layout_that_is_named_needs_no_marks(monkeypatch):
    first = fake("first", ("nowhere",), zone="UTC", columns={"event": ("b",)}, session=("s", "b"))
    other = fake("other", ("b",), session=("b",))
    rows = ["select 1 as a", "select 2 as b, 3 as s"]
    known = known_of(monkeypatch, [first, other], rows, source="first")
    assert (known.layout, known.by, known.columns, known.session) == (
        first,
        (),
        {"event": "b"},
        "s",
    )
    assert known.zoned == "First"
    assert known_of(monkeypatch, [first, other], rows).layout == other
    assert known_of(monkeypatch, [first, other], rows).session == "b"


def test_what_is_mapped_is_not_sought(monkeypatch):
    one = fake("one", ("a",), columns={"event": ("a",), "target": ("b",)}, properties=("p",))
    rows = ["select 1 as a, 2 as b, {'Target': null, 'element': 'x', 'task': 'y'} as p"]
    columns = known_of(monkeypatch, [one], rows).columns
    assert columns == {"event": "a", "target": "p.element", "task": "p.task"}
    mapped = known_of(monkeypatch, [one], rows, mapping={"target": "b", "event": "b"}).columns
    assert mapped == {"task": "p.task"}
    without = dataclasses.replace(one, properties=())
    assert known_of(monkeypatch, [without], rows).columns == {"event": "a", "target": "b"}
    both = ["select 1 as a, 2 as b, {'target': 'own', 'element': 'x'} as p"]
    assert known_of(monkeypatch, [one], both).columns["target"] == "p.target"


def test_an_export_that_cannot_be_measured_is_refused_by_name(monkeypatch):
    one = fake("one", ("a",), refused="it holds sums")
    with pytest.raises(InputError, match="is an export of One: it holds sums"):
        known_of(monkeypatch, [one], ["select 1 as a"])


def test_a_table_of_a_database_needs_its_join(monkeypatch):
    joined = fake("joined", ("x",), tables=(("u",), ("a", "b")), unless=("j",), join="select 1")
    other = fake("other", ("x",), tables=(("a", "b"),), join="select 2")
    rows = ["select 1 as a, 2 as b"]
    with pytest.raises(InputError) as caught:
        known_of(monkeypatch, [joined, other], rows)
    assert str(caught.value) == (
        "t0.csv: is a table of Joined's database, in which events and people are numbers; export"
        " the join: select 1"
    )
    assert known_of(monkeypatch, [joined, other], rows, mapping={"event": "a"}) is None
    assert known_of(monkeypatch, [joined], ["select 1 as a, 2 as b, 3 as j"]) is None
    with pytest.raises(InputError, match="Other's database"):
        known_of(monkeypatch, [joined, other], ["select 1 as a, 2 as b, 3 as j"])
    assert known_of(monkeypatch, [joined], ["select 1 as a"]) is None


def test_values_are_counted_in_every_input_and_as_far_as_they_are_looked_at(monkeypatch):
    one = fake("one", ("m",), columns={"event": ("a", "b")})
    rows = ["select 1 as z", "select 1 as m, 'x' as b from range(5)", "select 1 as a from range(2)"]
    assert known_of(monkeypatch, [one], rows).columns == {"event": "b"}
    rows[2] = "select 1 as a from range(3)"
    assert known_of(monkeypatch, [one], rows).columns == {"event": "a"}
    monkeypatch.setattr(layout_module, "LOOKED_AT", 2)
    rows[2] = "select 1 as a from range(1)"
    assert known_of(monkeypatch, [one], rows).columns == {"event": "a"}


def test_page_views_of_an_older_snowplow_table_have_a_name(tmp_path):
    rows = [
        {
            "collector_tstamp": f"2026-03-02 09:00:{second:02}",
            "domain_userid": "u1",
            "event": "struct" if second % 3 else "page_view",
            "se_action": "edit" if second % 3 else "",
        }
        for second in range(9)
    ]
    path = tmp_path / "events.csv"
    path.write_bytes(as_csv(rows))
    _, _, found = read(str(path), "event")
    assert Counter(row["event"] for row in found) == {"edit": 6, "page_view": 3}

"""Names to roles: what is suggested by the words alone, and what is configured."""

from __future__ import annotations

import re

import duckdb
import pytest

from resume_gap.errors import UsageError
from resume_gap.settings import EXPOSURES, Settings, settle
from resume_gap.sources.role_bits import (
    ASSIGNING,
    AWAY,
    COMPLETING,
    IGNORED,
    MARKER,
    PRODUCTIVE,
)
from resume_gap.sources.role_names import Suggestion, suggest
from resume_gap.sources.roles import Mark, choose, marker_names, parse, refuse_typed

FINISHING = PRODUCTIVE | COMPLETING


def suggestions(*names: str) -> dict[str, Suggestion]:
    return {name: suggest(name) for name in names}


NAMES = ["edit_cell", "edit_row", "view", "submit", "ping", "idle", "Edit"]


def test_without_configuration_the_frequent_are_suggested() -> None:
    choice = choose(Settings(), NAMES, suggestions("edit_cell", "submit", "idle"))
    assert choice.source == "suggested"
    assert choice.bits == {"edit_cell": PRODUCTIVE, "submit": FINISHING, "idle": AWAY}


def test_no_match_suggests_nothing() -> None:
    choice = choose(Settings(), ["view", "ping"], {})
    assert (choice.source, choice.bits, choice.unmatched) == ("none", {}, ())


def test_productive_or_complete_switch_all_suggestions_off() -> None:
    for given in ({"productive": ("edit_cell",)}, {"complete": ("view",)}):
        choice = choose(Settings(**given), NAMES, suggestions(*NAMES))
        assert choice.source == "configured"
        assert set(choice.bits) == {next(iter(given.values()))[0]}


def test_away_or_ignore_alone_leave_the_other_suggestions() -> None:
    choice = choose(Settings(away=("ping",)), NAMES, suggestions("submit", "idle"))
    assert choice.bits == {"ping": AWAY, "submit": FINISHING}
    choice = choose(Settings(ignore=("submit",)), NAMES, suggestions("submit", "edit_cell"))
    assert choice.bits == {"submit": IGNORED, "edit_cell": PRODUCTIVE}


def test_patterns_respect_case_and_add_up() -> None:
    settings = Settings(productive=("edit_*", "submit"), complete=("s?bmit",), ignore=("p[ij]ng",))
    choice = choose(settings, NAMES, {})
    assert choice.bits == {
        "edit_cell": PRODUCTIVE,
        "edit_row": PRODUCTIVE,
        "submit": FINISHING,
        "ping": IGNORED,
    }
    assert choice.unmatched == ()


def test_a_name_full_of_marks_is_taken_word_for_word() -> None:
    names = ["edit[1]", "edit1", "a*b", "axb"]
    choice = choose(Settings(productive=("edit[1]",)), names, {})
    assert choice.bits["edit[1]"] == PRODUCTIVE


def test_what_no_event_bears_is_reported() -> None:
    choice = choose(Settings(productive=("edit*", "sbmit", "x=1")), NAMES, {})
    assert choice.unmatched == ("sbmit", "x=1")


def test_column_and_value_is_no_name_where_the_column_exists() -> None:
    settings = Settings(productive=("action=save", "a=b"))
    entries = parse(settings, ["action", "event"])
    choice = choose(settings, ["a=b"], {}, entries, marked=PRODUCTIVE)
    assert choice.bits == {"a=b": PRODUCTIVE}
    assert choice.unmatched == ()
    choice = choose(settings, ["a=b"], {}, entries, marked=COMPLETING)
    assert choice.unmatched == ("action=save",)


@pytest.mark.parametrize("entry", ["kind=save", "properties.kind=save", " kind = save", "event=e"])
def test_column_and_value_is_read_once(entry: str) -> None:
    """A column, a dotted name, blanks around either, an event column: none is an event name."""
    settings = Settings(productive=(entry,))
    entries = parse(settings, ["kind"], ["event"], lambda name: name == "properties.kind")
    assert [mark.bit for mark in entries.marks] == [PRODUCTIVE]
    assert choose(settings, ["e"], {}, entries, marked=PRODUCTIVE).unmatched == ()


def test_every_role_has_its_bits() -> None:
    names = ["edit_cell", "submit", "logout", "idle", "click", "route_change"]
    choice = choose(Settings(), names, suggestions(*names))
    assert choice.bits == {
        "edit_cell": PRODUCTIVE,
        "submit": FINISHING,
        "logout": COMPLETING,
        "idle": AWAY,
    }


def test_undecided_names_have_no_role_and_are_handed_on() -> None:
    names = ["route_change", "page_changed", "view"]
    choice = choose(Settings(), names, suggestions(*names))
    assert (choice.bits, choice.source) == ({}, "none")
    assert choice.undecided == ("route_change", "page_changed")
    choice = choose(Settings(ignore=("route_*",)), names, suggestions(*names))
    assert choice.undecided == ("page_changed",)
    choice = choose(Settings(productive=("page_*",)), names, suggestions(*names))
    assert choice.undecided == ()


def test_what_was_typed_must_mean_something() -> None:
    names = ["edit", "view"]
    typed = settle({"productive": ("edits",)}, {"away": ("blurred",)}, typed=True)
    with pytest.raises(UsageError, match=r"--productive 'edits': .* \(did you mean edit\?\)"):
        refuse_typed(typed, ("edits", "blurred"), names)
    # What stands in a configuration file, or was given in Python, is a warning only.
    refuse_typed(typed, ("blurred",), names)
    refuse_typed(settle({"productive": ("edits",)}, {}), ("edits",), names)


@pytest.mark.parametrize("entry", ["arrow_shwn", "arow_*"])
def test_a_marker_that_was_typed_must_mean_something(entry: str) -> None:
    names, marker = ["edit", "arrow_shown"], {"shown": ("arrow_shown", entry)}
    typed = settle({"marker": marker}, {}, typed=True)
    message = f"--marker 'shown={re.escape(entry)}': no event of the log is called so"
    with pytest.raises(UsageError, match=message) as refused:
        refuse_typed(typed, (entry,), names)
    assert ("did you mean arrow_shown?" in str(refused.value)) == (entry == "arrow_shwn")
    refuse_typed(settle({}, {"marker": marker}, typed=True), (entry,), names)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("a", ["a"]),
        ("a*", ["a", "ab", "a\\b", "a*"]),
        ("a?", ["ab", "a*"]),
        ("[ab]", ["a"]),
        ("a\\*", ["a\\b"]),
        ("a\\b", ["a\\b"]),
        ("x", []),
    ],
)
def test_a_value_is_a_shell_pattern_where_it_is_one(value: str, meant: list[str]) -> None:
    texts = ["a", "ab", "a\\b", "a*", "", None]
    with duckdb.connect() as con:
        con.execute("create table t (x varchar)")
        con.executemany("insert into t values (?)", [[text] for text in texts])
        condition = Mark(1, "c", value).condition("x")
        found = con.execute(f"select x, {condition} from t").fetchall()
    assert [text for text, is_meant in found if is_meant] == meant
    assert None not in [is_meant for _, is_meant in found]


def test_the_first_cut_whose_left_side_is_a_column_counts() -> None:
    def marks(*entries: str) -> list[tuple[str, str]]:
        entries_read = parse(Settings(away=entries), ["a", "a=b"], ["target"])
        return [(one.column, one.value) for one in entries_read.marks]

    assert marks("a=b=c", "x=y=z", "=a", "target= t ") == [("a", "b=c"), ("target", "t")]
    assert parse(Settings(away=("a", "x=y"))).names[AWAY] == ("a", "x=y")


def test_a_column_that_is_not_there_is_refused_where_one_is_meant() -> None:
    def refused(entry: str) -> str:
        with pytest.raises(UsageError) as caught:
            parse(Settings(agent=(entry,)), ["kind", "z"], ["device"])
        return str(caught.value)

    assert refused("target=x=y") == (
        "--agent 'target=x=y': the log has no target; say which column it is with"
        " --map target=COL; columns found: kind, z"
    )
    assert refused("kinds=x=y") == (
        "--agent 'kinds=x=y': there is no column 'kinds' (did you mean kind?); for an event with ="
        " in its name write 'kinds[=]x=y'"
    )
    assert "(did you mean device?)" in refused("devise=x")


def test_markers_and_exposures_have_their_bits() -> None:
    settings = Settings(marker={"shown": ("m*",), "clicked": ("c",)}, productive=("edit",))
    names = ["mark", "c", "edit", *sorted(EXPOSURES)]
    assert choose(settings, names, {}).bits == {"mark": MARKER, "c": MARKER, "edit": PRODUCTIVE}
    experiment = Settings(productive=("edit",), experiment="x")
    assert choose(experiment, names, {}).bits == {"edit": PRODUCTIVE} | dict.fromkeys(
        EXPOSURES, ASSIGNING
    )
    both = Settings(productive=(min(EXPOSURES),), experiment="x")
    assert choose(both, names, {}).bits[min(EXPOSURES)] == PRODUCTIVE | ASSIGNING


def test_events_of_the_marker_are_those_of_its_patterns() -> None:
    names = ["edit", "arrow_shown", "arrow_seen", "tip_shown", "edit", "arrow_seen"]
    settings = Settings(marker={"shown": ("arrow_*", "tip_*", "*_shown"), "clicked": ("edit",)})
    assert marker_names(names, settings, "shown") == ["arrow_seen", "arrow_shown", "tip_shown"]
    assert marker_names(names, settings, "clicked") == ["edit"]
    assert marker_names(names, Settings(), "shown") == []

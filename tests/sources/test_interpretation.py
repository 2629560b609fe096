"""What the columns of a log mean: what each step is given, and what is said of the log."""

from types import SimpleNamespace

import pytest

from resume_gap.errors import InputError, UsageError
from resume_gap.settings import Settings
from resume_gap.sources import interpretation
from resume_gap.sources.columns import Taken
from resume_gap.sources.interpretation import _segment, _unit, interpret
from resume_gap.sources.measure import Held
from resume_gap.sources.roles import Entries


def test_columns_of_segments_and_units_may_be_named_by_what_they_are():
    names, mapped = ("plan", "who"), {"user_id": "who", "device": "dev"}
    assert (_segment("plan", names, mapped), _segment("user_id", names, mapped)) == ("plan", "who")
    with pytest.raises(UsageError, match=r"--by 'plam': .*did you mean.*'?plan.*plan, who"):
        _segment("plam", names, mapped)
    assert [_unit(name, names, mapped) for name in ("plan", "device", "firm", None)] == [
        *("plan", "dev", None, None),
    ]


TIMES = Held(given=3, clock=3)
ENTRIES = Entries({1: ("listed",)}, ("mark",))


class Steps:
    """The steps of an interpretation, each with a note of what it was given."""

    def __init__(self, monkeypatch, **settings):
        self.given = {}
        self.answers = {
            "refuse_broken": None,
            "mend_tables": (("table",), ["unread"]),
            "group": (self,),
            "choose": (["preferred"], "event else"),
            "drop_unfit": ["unfit"],
            "refuse_blind_walks": None,
            "measure": {"timestamp": TIMES, "sequence": "held sequence"},
            "drop_unreadable": ["unreadable"],
            "parse": ENTRIES,
            "likely_agents": ("agent",),
            "people_checks": ("people",),
            "time_unit": "ms",
            "lengths_of": ("lengths", ("about lengths",)),
            "sequence_kind": "DOUBLE",
            "about_files": ("files",),
            "about_columns": ("columns",),
            "about_choices": ("choices",),
            "about_unread": ("unread",),
            "about_kinds": ("kinds",),
            "about_times": ("times",),
        }
        for name in self.answers:
            place = interpretation.findings
            if not name.startswith("about_") or name in ("about_choices", "about_kinds"):
                place = interpretation
            if name == "refuse_broken":
                place = interpretation.findings
            if name != "choose":
                monkeypatch.setattr(place, name, self.step(name))
        monkeypatch.setattr(
            interpretation,
            "Siblings",
            lambda *given: SimpleNamespace(choose=lambda *more: self.step("choose")(*given, *more)),
        )
        self.opened = SimpleNamespace(
            tables="opened tables",
            taken={
                "user_id": Taken("u", "name"),
                "timestamp": Taken("t", "name"),
                "sequence": Taken("s", "name"),
            },
            names=("u", "t", "s", "z", "y"),
            opener=SimpleNamespace(con="con", settings=Settings(**settings)),
            known=SimpleNamespace(check=lambda: "known", zoned="Amp", session="session"),
            written=SimpleNamespace(check=lambda: "written"),
        )

    def step(self, name):
        def taken(*given, **more):
            self.given[name] = (*given, *more.values())
            return self.answers[name]

        return taken

    def column(self, name, con):
        return name if name == "z" and con == "con" else None


def test_each_step_is_given_what_the_steps_before_it_found(monkeypatch):
    steps = Steps(
        monkeypatch,
        lenient=True,
        tz="Asia/Tokyo",
        time_format="%Y",
        by=("z", "user_id"),
        unit="y",
        experiment="x",
    )
    opened, groups = steps.opened, (steps,)
    settings, taken = opened.opener.settings, opened.taken
    mapped = {"user_id": "u", "timestamp": "t", "sequence": "s"}
    found = interpret(opened, "folder", ("twice",))
    assert found.tables == ("table",)
    assert found.groups == groups
    assert found.times is TIMES
    assert found.roles == (ENTRIES, ("agent",), ("people",))
    assert found.checks == (
        *("files", "known", "written", "columns", "choices", "about lengths", "people"),
        *("unread", "kinds", "times"),
    )
    plan = found.plan
    assert (plan.taken, plan.units, plan.tz, plan.time_format) == (
        mapped,
        {"timestamp": "ms"},
        "Asia/Tokyo",
        "%Y",
    )
    assert (plan.sequence_kind, plan.marks) == ("DOUBLE", ("mark", "agent"))
    assert (plan.unmapped, plan.segments, plan.unit) == (["y", "z"], ["z", "u"], "y")
    assert (plan.lengths, plan.event_else) == ("lengths", "event else")
    assert (plan.experiment, plan.session) == ("x", "session")
    there = steps.given.pop("parse")
    assert there[:3] == (settings, opened.names, ("user_id", "timestamp", "sequence"))
    assert [there[3](name) for name in "zq"] == [True, False]
    people, agents = steps.given.pop("people_checks"), steps.given.pop("likely_agents")
    assert (*people[:4], list(people[4])) == ("con", groups, opened.names, "u", ["u", "t", "s"])
    assert (*agents[:3], list(agents[3])) == ("con", groups, opened.names, ["u", "t", "s"])
    assert steps.given == {
        "refuse_broken": ("opened tables", True),
        "mend_tables": ("opened tables", taken, "folder", opened.opener),
        "group": (("table",),),
        "choose": (groups, "con", taken, opened.names),
        "drop_unfit": ("con", groups, taken),
        "refuse_blind_walks": ("con", groups, taken),
        "measure": ("con", groups, mapped, "Asia/Tokyo", "%Y"),
        "drop_unreadable": (steps.answers["measure"], taken),
        "time_unit": (TIMES, settings),
        "lengths_of": ("con", groups, taken, settings, "ms"),
        "sequence_kind": ("held sequence", "con", groups, mapped),
        "about_files": (("table",), ("twice",)),
        "about_columns": (taken, opened.names, ("table",), ["unfit", "unreadable"]),
        "about_choices": (["preferred"], "event else"),
        "about_unread": (["unread"],),
        "about_kinds": (taken, ("table",)),
        "about_times": (steps.answers["measure"], plan.units, settings, mapped, "Amp"),
    }


def test_agents_that_are_given_are_not_sought_and_a_plain_log_has_no_tracker(monkeypatch):
    steps = Steps(monkeypatch, agent=("z=bot",))
    steps.opened.known = steps.opened.written = None
    found = interpret(steps.opened, "folder", ())
    assert "likely_agents" not in steps.given
    assert found.roles.agents == ()
    assert found.plan.session is None
    assert found.checks[:2] == ("files", "columns")
    assert steps.given["about_times"][-1] is None


def test_a_log_without_a_row_is_refused(monkeypatch):
    steps = Steps(monkeypatch)
    steps.answers["group"] = ()
    steps.answers["mend_tables"] = ((SimpleNamespace(file=SimpleNamespace(label="a.csv")),), [])
    with pytest.raises(InputError, match="no rows; check that the export finished"):
        interpret(steps.opened, "folder", ())

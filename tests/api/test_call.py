"""The functions of Python: their parameters are the options, and are checked by the same table."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pytest

import resume_gap
from resume_gap.api.call import called
from resume_gap.api.simulate import simulate
from resume_gap.commands.registry import COMMANDS
from resume_gap.errors import UsageError
from resume_gap.options.table import OPTIONS, options_for

FUNCTIONS = {
    name: getattr(resume_gap, name)
    for name, one in COMMANDS.items()
    if one.result or name == "init"
}
NAMES = {"Literal": Literal, "PathLike": PathLike, "Sequence": Sequence}
OUTSIDE = {"json", "quiet", "no_progress", "config", "isolated"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_parameters_are_the_options_of_the_command(name: str) -> None:
    parameters = inspect.signature(FUNCTIONS[name]).parameters
    own = {one.key: one for one in options_for(name) if one.key not in OUTSIDE}
    more = {"events"} if name == "init" else {"events", "on_progress"}
    assert set(parameters) == more | {*own}
    for key, one in own.items():
        assert parameters[key].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[key].default is (False if one.is_switch else None)
        assert f"        {key}: " in (FUNCTIONS[name].__doc__ or "")


def test_the_parameters_of_simulate_are_its_options_with_their_texts() -> None:
    own = {one.key: one for one in OPTIONS if one.commands == ("simulate",)}
    parameters = inspect.signature(simulate).parameters
    assert set(parameters) == {"preset", *own}
    text = re.sub(r"\s+", " ", simulate.__doc__ or "")
    for key, one in own.items():
        assert f"{key}: {one.help.partition(';')[0]}" in text or key == "set"
        wanted = eval(f"{one.kind.annotation} | None", NAMES)  # noqa: S307 - of our own table
        assert parameters[key].annotation == wanted


def settings_of(**given: Any) -> Any:
    """The settings that a command would get."""
    return called(lambda _, settings, **__: settings, {"events": "x.csv"} | given, Handed)


class Handed:
    """In the place of a report: what the command returns."""

    @staticmethod
    def of(found: Any, *_: Any) -> Any:
        return found


def test_values_are_typed_and_checked() -> None:
    taken = settings_of(gap="30m", near=5, user="uid", marker={"shown": "m"}, strict=True)
    assert (taken.gap_us, taken.near, taken.strict) == (1_800_000_000, 5, True)
    assert taken.mapping == {"user_id": "uid"}
    for wrong in (
        {"threads": True},
        {"threads": 2.0},
        {"threads": "2"},
        {"threads": 0},
        {"strict": 1},
        {"gap": 30},
        {"seed": -1},
        {"out": 5},
        {"out": ""},
        {"force": "yes"},
        {"events": []},
        {"events": 5},
        {"events": None},
        {"events": {"user_id": ["a"]}},
        {"events": [b"x"]},
        {"events": [5]},
        {"events": ["x.csv", None]},
        {"assignments": b"x"},
    ):
        with pytest.raises(UsageError) as refused:
            settings_of(**wrong)
        assert "\n" not in str(refused.value)


def test_paths_of_any_kind_are_taken(tmp_path: Path) -> None:
    def taken(events: Sequence[str], _: Any, **around: Any) -> Any:
        return events, around["out"]

    given = {"events": [tmp_path / "a.csv", "b/*.csv"], "out": str(tmp_path)}
    assert called(taken, given, Handed) == ([str(tmp_path / "a.csv"), "b/*.csv"], tmp_path)
    given = {"events": Path("c.csv"), "out": None}
    assert called(taken, given, Handed) == (["c.csv"], None)


def test_an_unknown_name_is_an_error_of_python() -> None:
    with pytest.raises(TypeError, match="gapp"):
        resume_gap.analyze("x.csv", gapp="30m")


def test_simulate_is_a_plain_function_also_after_worlds_were_drawn(tmp_path: Path) -> None:
    code = (
        "import sys, types, resume_gap\n"
        "paths = resume_gap.simulate('workday', out=sys.argv[1], set=['users=3', 'weeks=1'])\n"
        "from resume_gap.synthetic import PRESETS\n"
        "plain = isinstance(resume_gap.simulate, types.FunctionType)\n"
        "print(paths[0], 'workday' in PRESETS, plain)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(tmp_path / "workday.parquet"), "True", "True"]


def test_simulate_refuses_in_one_line(tmp_path: Path) -> None:
    for wrong in ({"seed": -1}, {"format": "xml"}, {"set": ["usrs=3"]}, {"name": "../x"}):
        with pytest.raises(UsageError) as refused:
            simulate("workday", out=tmp_path, **wrong)
        assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_classes_of_results_are_public() -> None:
    for name, function in FUNCTIONS.items():
        if name == "init":
            continue  # it writes no report
        result = inspect.signature(function).return_annotation
        assert result in resume_gap.__all__, name
        assert getattr(resume_gap, result).__name__ == result

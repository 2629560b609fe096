"""Arguments to a request."""

import pytest

from resume_gap.arguments import HelpAsked, parse
from resume_gap.commands.registry import COMMANDS
from resume_gap.errors import UsageError
from resume_gap.options.table import options_for


def test_inputs_and_options_may_be_mixed() -> None:
    found = parse(["analyze", "a.csv", "--gap", "30m", "b.csv", "-q", "--by", "x", "--by=y,z"])
    assert found.arguments == ["a.csv", "b.csv"]
    assert found.given == {"gap": "30m", "quiet": True, "by": ["x", "y,z"]}


def test_what_is_not_given_is_not_there() -> None:
    assert parse(["plan", "-"]) == ("plan", ["-"], {})
    assert parse(["simulate"]) == ("simulate", [], {})
    assert parse(["simulate", "trial", "--set", "a=[1,2]"]).given == {"set": ["a=[1,2]"]}


def test_after_two_dashes_everything_is_an_input() -> None:
    assert parse(["analyze", "--gap", "1h", "--", "--odd.csv"]).arguments == ["--odd.csv"]


def test_the_last_one_of_two_counts() -> None:
    assert parse(["analyze", "x", "--seed", "1", "--seed", "2"]).given == {"seed": "2"}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_lists_its_options_with_their_bounds(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "2000")
    with pytest.raises(HelpAsked) as page:
        parse([command, "--help"])
    text = str(page.value)
    assert COMMANDS[command].summary in text
    for one in options_for(command):
        assert one.flag in text
        assert one.help in text
        assert one.kind.bounds in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["analyse", "x"], "there is no command 'analyse' (did you mean analyze?)"),
        (["--gap", "1h"], "there is no option '--gap'"),
        (["analyze", "x", "--gapp"], "there is no option '--gapp' (did you mean --gap?)"),
        (["analyze", "x", "--thread", "2"], "there is no option '--thread' (did you mean --thr"),
        (["analyze", "x", "--gap"], "--gap: expected one argument"),
        (["analyze"], "EVENTS is missing; see resume-gap analyze --help"),
        (["analyze", "x", "--strict=1"], "--strict: ignored explicit argument '1'"),
        (["simulate", "a", "b"], "one PRESET at most, not 'b' as well"),
    ],
)
def test_what_is_wrong_is_one_line(arguments: list[str], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(arguments)
    assert str(refused.value).startswith(said)
    assert "--help" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("verify", "REPORT_DIR [EVENTS...] [options]"),
        ("analyze", "EVENTS... [options]"),
        ("sql", "[TABLE] [options]"),
        ("mcp", "FOLDER [options]"),
    ],
)
def test_the_usage_shows_what_a_command_takes(command: str, usage: str) -> None:
    with pytest.raises(HelpAsked) as page:
        parse([command, "--help"])
    assert str(page.value).startswith(f"Usage: resume-gap {command} {usage}\n")

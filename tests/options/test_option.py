"""How an option is declared, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resume_gap.commands.registry import COMMANDS
from resume_gap.options.numbers import Whole
from resume_gap.options.option import LOG_COMMANDS, option, optional, options_of
from resume_gap.options.values import Switch, Text


@dataclass(frozen=True, kw_only=True)
class Declared:
    heading: ClassVar[str] = "Some options"
    memory_limit: int = option(
        Whole(1, 9_999), default=1_024, help="How much", metavar="N", letter="m", in_file=False
    )
    inner_name: str | None = optional(
        Text(), key="name", absent="none", help="A name", commands=["plan"]
    )
    by_name: dict[str, str] = option(Switch(), default={"a": "b"}, help="x")  # type: ignore[arg-type, type-var]


@dataclass(frozen=True, kw_only=True)
class More(Declared):
    heading: ClassVar[str] = "More"
    loud: bool = option(Switch(), default=False, help="Loud", more="Very.")


FIRST, SECOND, THIRD, LAST = options_of((Declared, More))


def test_fields_become_options_in_their_order_under_their_heading() -> None:
    assert [one.field for one in options_of((Declared,))] == [
        "memory_limit",
        "inner_name",
        "by_name",
    ]
    assert [one.field for one in options_of((More,))] == ["loud"], "inherited fields are not anew"
    assert (FIRST.group, LAST.group) == ("Some options", "More")


def test_an_option_goes_by_its_key_or_else_its_field() -> None:
    assert (FIRST.key, FIRST.flag, FIRST.letter) == ("memory_limit", "--memory-limit", "m")
    assert (SECOND.key, SECOND.flag, SECOND.field) == ("name", "--name", "inner_name")


def test_what_holds_unless_it_is_given() -> None:
    assert FIRST.unless_given == "1,024"
    assert SECOND.unless_given == "none"
    assert LAST.unless_given == "off"
    made = Declared()
    assert (made.memory_limit, made.inner_name, More().loud) == (1_024, None, False)


def test_a_default_that_can_change_is_not_shared() -> None:
    assert Declared().by_name == {"a": "b"}
    assert Declared().by_name is not Declared().by_name


def test_commands_and_places() -> None:
    assert tuple(n for n, one in COMMANDS.items() if not one.tool) == LOG_COMMANDS
    assert FIRST.commands == LOG_COMMANDS
    assert SECOND.commands == ("plan",)
    assert (FIRST.in_file, SECOND.in_file) == (False, True)
    assert (LAST.is_switch, FIRST.is_switch) == (True, False)
    assert (LAST.more, FIRST.more) == ("Very.", "")

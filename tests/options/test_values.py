"""How the plain kinds of values are read, typed and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resume_gap.options.values import (
    AnyPath,
    Choice,
    File,
    Switch,
    Text,
    Unfit,
    ValueKind,
    is_plain,
    shown,
)


def refused(kind: ValueKind[Any], *values: object) -> bool:
    for value in values:
        with pytest.raises(Unfit):
            kind.take(value)
    return True


def test_a_switch_is_true_or_false_and_no_number() -> None:
    assert Switch().take(True) is True
    assert refused(Switch(), 1, 0, "true", None)
    assert (Switch().show(True), Switch().show(False)) == ("on", "off")


def test_a_text_has_letters_and_an_end() -> None:
    kind = Text("a name")
    assert kind.wanted == "a name of 1 to 1,000 characters"
    assert kind.take(" x ") == " x "
    assert kind.take("x" * 1_000) == "x" * 1_000
    assert refused(kind, "", "  ", "x" * 1_001, "a\x00", "\ud800", 5)


@pytest.mark.parametrize(("kind", "made"), [(File(), str), (AnyPath(), Path)])
def test_paths_are_kept_as_they_were_given(kind: ValueKind[Any], made: type) -> None:
    assert kind.take("a/../b") == made("a/../b")
    assert kind.take(Path("a") / "b") == made("a/b")
    assert type(kind.take("a")) in (str, type(Path()))
    assert refused(kind, "", "a\x00", b"a", 5, None)


def test_a_choice_is_one_of_its_words() -> None:
    kind = Choice("auto", "plain")
    assert (kind.bounds, kind.wanted) == ("auto, plain", "one of auto, plain")
    assert kind.annotation == "Literal['auto', 'plain']"
    assert kind.take(" plain ") == "plain"
    assert refused(kind, "Plain", "", 1)


def test_values_are_shown_in_one_short_line() -> None:
    assert shown("a") == "'a'"
    assert len(shown("x" * 500)) <= 62
    assert len(shown(["x" * 50] * 50)) == 120
    assert shown(["x" * 50] * 50).endswith("...")
    assert shown(10**5_000) == "a number of thousands of digits"


def test_plain_text_has_neither_nul_nor_half_a_letter() -> None:
    assert is_plain("ä\n\N{GRINNING FACE}")
    assert not is_plain("a\x00b")
    assert not is_plain("\ud800")
    assert not is_plain("\udfff")

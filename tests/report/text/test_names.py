"""The door for names from data, and the screen of text."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from factories.hostile_results import HOSTILE, hostile
from factories.results import ALL, changed, full
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from resume_gap.report.render import terminal
from resume_gap.report.text import names
from resume_gap.results.common import Check

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis

ABORTS_VL_CONVERT = [*range(9), 0x0B, 0x1B, 0xFFFE, 0xFFFF, 0xD800, 0xDFFF]


@pytest.mark.parametrize(
    "code",
    [
        *ABORTS_VL_CONVERT,
        0x7F,
        0x9B,
        0x202E,
        0x2066,
        0x200B,
        0xFEFF,
        0xA0,
        0x2028,
        0xAD,
        0x3164,
        0xFE0F,
    ],
)
def test_what_cannot_be_seen_is_shown(code: int) -> None:
    assert names.label(f"a{chr(code)}b") == f"a\\u{code:04x}b"
    assert names.terminal_text(chr(code)) == f"\\u{code:04x}"


def test_beyond_the_first_plane() -> None:
    assert names.visible("\U000e0041") == "\\U000e0041"
    assert names.visible("\t\n\r") == "\\t\\n\\r"


@given(st.text(st.characters(), max_size=200))
def test_nothing_hidden_comes_through(text: str) -> None:
    for shown in (names.label(text), names.sentence(text), names.terminal_text(text)):
        assert not any(map(names.hidden, shown))
        shown.encode()
    assert len(names.label(text)) <= names.NAME_LIMIT


ORDINARY = [
    "Äpfel",
    "日本語",
    "edit_cell",
    "a b",
    "[/foo]",
    "=1+1",
    "what now?",
    "a@b",
    "page/item#4",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "OnboardingStep2CompletedSuccessfully",
    "C:\\data\\log.csv",
    "user_clicked_button_3_of_4_in_5",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_names_stay(text: str) -> None:
    assert names.label(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://u:p@h.example/a/b?x=1#y", "https://h.example/a/b?…"),
        ("https://h.example/a#frag", "https://h.example/a#…"),
        ("/reset?token=abc", "/reset?…"),
        ("POST /reset?token=abc now", "POST /reset?… now"),
        ("reset?token=abc&u=1", "reset?…"),
        ("mail bob.b+x@mail.example.com!", "mail [e-mail]!"),
        ("/u/bob%40mail.example", "/u/[e-mail]"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[token]"),
        ("key sk-abcdefghijklmnop", "key [token]"),
        ("Bearer abcdef0123456789", "[token]"),
        ("d41d8cd98f00b204e9800998ecf8427e", "d41d…[token]"),
        ("", "(empty)"),
    ],
)
def test_what_must_not_be_carried_on(text: str, shown: str) -> None:
    assert names.label(text) == shown


def test_long_names_are_cut_quickly() -> None:
    for piece in ("x", "a.", "a@", "?a=", "1a", "://", "-"):
        shown = names.label(piece * 500_000)
        assert len(shown) <= names.NAME_LIMIT


@pytest.fixture(params=ALL, ids=str)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return ALL[request.param]()


def test_the_screen_is_a_screen(analysis: Analysis) -> None:
    lines = terminal.screen(analysis, "reports/x/report.html").plain.split("\n")
    assert len(lines) <= terminal.HEIGHT
    assert max(map(cell_len, lines)) <= terminal.WIDTH
    assert lines[-1].split() == ["report", "reports/x/report.html"]
    assert not any(names.hidden(c) for line in lines for c in line)


def test_what_the_screen_says() -> None:
    text = " ".join(terminal.screen(full(), "r").plain.split())
    for part in (
        "1,245,210 rows from 2 files",
        "guessed from names: edit_cell",
        "30 min, default",
        "231 of 260 users were interrupted, 8,412 times in all",
        "73 s Average time to get back to work",
        "95 % interval [65 s, 80 s]",
        "4,100 rows repeat",
    ):
        assert part in text


def test_the_words_of_the_screen(analysis: Analysis) -> None:
    text = terminal.screen(analysis, "r").plain
    assert not re.search(
        r"\btheta\b|\btau\b|eligible|censored|excess|will save|\bsaves\b|\bcauses\b|because of|"
        r"wasted|distracted|\bnan\b|\bNone\b",
        text,
    )


def test_the_most_severe_warnings_come_first_and_the_rest_is_counted() -> None:
    checks = [
        Check(check="c", severity="warn", count=1, share=None, action="", message=f"Finding {i}.")
        for i in range(30)
    ] + [Check(check="c", severity="error", count=1, share=None, action="", message="Bad.")]
    text = terminal.screen(changed(full(), data_quality=tuple(checks)), "r").plain
    lines = text.split("\n")
    assert len(lines) <= terminal.HEIGHT
    first = next(i for i, line in enumerate(lines) if line.startswith("error"))
    assert "Bad." in lines[first]
    shown = sum(line.startswith(("caution", "error")) for line in lines)
    assert f"{'':16}+{31 - shown} more cautions in the report" in lines


@pytest.mark.parametrize("color", [True, False])
def test_printing_hostile_names_neither_crashes_nor_obeys(
    color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not color:
        monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=80, markup=False, highlight=False)
    for name in HOSTILE:
        odd = changed(
            hostile(),
            data_quality=(
                Check(check="x", severity="error", count=1, share=None, action="", message=name),
            ),
        )
        console.print(terminal.screen(odd, f"out/{name[:50]}"), soft_wrap=True)
    written = out.getvalue()
    assert "[/foo]" in written
    codes = set(re.findall(r"\x1b\[([0-9;]*)m", written))
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", written)
    assert not any("3" in code for code in codes if not color)


def test_print_screen_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    from pathlib import Path

    terminal.print_screen(hostile(), Path("out"))
    said = capsys.readouterr()
    assert said.out == ""
    assert "out/report.html" in said.err
    assert "\x1b" not in said.err


def test_names_in_a_row_are_joined_as_in_a_sentence() -> None:
    assert [names.series(["a", "b", "c"][:n]) for n in range(4)] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert names.either(["a", "b"]) == "a or b"

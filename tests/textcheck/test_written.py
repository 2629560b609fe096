"""Which numbers of a text are taken, in what unit and how exactly."""

import pytest

from resume_gap.textcheck.written import _open, numbers_of


def read(text: str) -> list[tuple[str, float, str]]:
    return [(one.text, round(one.value, 6), one.unit) for one in numbers_of(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("61 s", 61, "seconds"),
        ("61 seconds", 61, "seconds"),
        ("1.5 min", 90, "seconds"),
        ("a 2-minute call", 120, "seconds"),
        ("3 hours", 10_800, "seconds"),
        ("250 ms", 0.25, "seconds"),
        ("2 weeks", 1_209_600, "seconds"),
        ("40%", 0.4, "share"),
        ("5.4 %", 0.054, "share"),
        ("34 points", 0.34, "share"),
        ("12 percentage points", 0.12, "share"),
        ("1,396", 1_396, "none"),
        ("1\N{NARROW NO-BREAK SPACE}396", 1_396, "none"),
        ("\N{MINUS SIGN}44 s", 44, "seconds"),
        ("5 min 50 s", 350, "seconds"),
        ("1 h 20 min", 4_800, "seconds"),
        ("2 minutes and 14 seconds", 134, "seconds"),
    ],
)
def test_a_number_with_its_unit(text: str, value: float, unit: str) -> None:
    assert [(found[1], found[2]) for found in read(f"It was {text}.")] == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("40 to 61 s", [40, 61]),
        ("40\N{EN DASH}61 s", [40, 61]),
        ("between 40 and 61 s", [40, 61]),
        ("61 s [54, 67]", [61, 54, 67]),
        ("61 s longer (95 % CI 54 to 67)", [61, 54, 67]),
        ("61 s (95% confidence interval: 54\N{EN DASH}67 s)", [61, 54, 67]),
        ("61 s longer (at least 95 % confident of 54 s to 67 s)", [61, 54, 67]),
    ],
)
def test_a_range_shares_its_unit(text: str, values: list[float]) -> None:
    assert read(text) == [
        (found[0], value, "seconds") for found, value in zip(read(text), values, strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3 March 2025",
        "March 3, 2025",
        "3\N{EN DASH}14 March 2025",
        "2025-03-14T17:31:12.5Z",
        "at 12:30",
        "since 2024",
        "Q3, P1 and version 1.2.3",
        "a 95 % confidence interval",
        "see https://example.org/12?x=40",
        "`--gap 30m` and\n```\n40 s\n```",
        "1. first\n2. second",
        "user_17 and 3D",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read(text) == []


def test_lines_and_paragraphs() -> None:
    found = numbers_of("61 s\n[54, 67]\n\n40 %\n")
    assert [(one.line, one.paragraph) for one in found] == [(1, 0), (2, 0), (2, 0), (4, 1)]


@pytest.mark.parametrize(
    ("text", "fits", "not_"),
    [
        ("61 s", [60.5, 61.4, -61.0], [60.4, 61.6]),
        ("5.4 %", [0.0535, 0.0545], [0.0534, 0.0546]),
        ("3,800", [3_750, 3_817, 3_850], [3_749, 3_851]),
        ("100", [97.5, 102.5], [97.4, 102.6]),
        ("about 60 s", [57, 63], [56.9, 63.1]),
        ("more than 60 s", [57, 63], [56.9, 63.1]),
        ("5 min 50 s", [349.5, 350.5], [349, 351]),
        ("1.30 s", [1.295, 1.305], [1.29, 1.31]),
    ],
)
def test_how_exactly_it_is_written(text: str, fits: list[float], not_: list[float]) -> None:
    (number,) = numbers_of(text)
    assert all(number.means(figure) for figure in fits)
    assert not any(number.means(figure) for figure in not_)


@pytest.mark.parametrize(
    ("text", "share", "exactness"),
    [("1 in 5 people", 0.2, 1 / 4.5 - 0.2), ("One in 20.", 0.05, 1 / 19.5 - 0.05)],
)
def test_one_in_so_many_is_a_share(text: str, share: float, exactness: float) -> None:
    (one,) = numbers_of(text)
    assert (one.unit, one.value) == ("share", pytest.approx(share))
    assert one.exactness == pytest.approx(exactness)


def test_other_numbers_with_in_between_are_none() -> None:
    assert [one.unit for one in numbers_of("2 in 5; 11 in 2025; 1 in 3.5 s")] != ["share"] * 3
    assert all(one.unit != "share" for one in numbers_of("2 in 5; 1 in 1; 1 in 3.5 s"))


def test_a_unit_is_that_of_the_number_before_its_own_bracket() -> None:
    text = "Of 12 users 9 waited 61 s [54, 67]; 40 % (36 to 44) of 7 hit, 3 did not (5)."
    assert [unit for _, _, unit in read(text)] == [
        *["none"] * 2,
        *["seconds"] * 3,
        *["share"] * 3,
        *["none"] * 3,
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 min to 90 s", [(60, "seconds"), (90, "seconds")]),
        ("40 % and 30 to 61 s", [(0.4, "share"), (30, "seconds"), (61, "seconds")]),
        ("61 s, 5 of 9", [(61, "seconds"), (5, "none"), (9, "none")]),
        ("12 users in 5 min 50 s", [(12, "none"), (350, "seconds")]),
        ("5 min, then 50 s", [(300, "seconds"), (50, "seconds")]),
        ("50 s 5 min", [(50, "seconds"), (300, "seconds")]),
        ("5 min 50 %", [(300, "seconds"), (0.5, "share")]),
        ("1 in 5 of 12, 1 in 4", [(0.2, "share"), (12, "none"), (0.25, "share")]),
    ],
)
def test_each_number_of_a_text_keeps_its_own_unit_and_place(
    text: str, values: list[tuple[float, str]]
) -> None:
    assert [(value, unit) for _, value, unit in read(text)] == values


def test_a_number_is_quoted_as_it_is_written() -> None:
    text = "Of 12 users, 40 %\nwaited 5 min\n50 s [54,  67]."
    assert [found for found, _, _ in read(text)] == ["12", "40 %", "5 min 50 s", "54", "67"]


def test_a_bracket_is_open_for_so_many_letters() -> None:
    assert _open("(" + 79 * " ", 80)
    assert not _open(" (" + 80 * " ", 82)
    assert not _open("(a) [b]", 7)
    assert _open("(a) [b", 6)


def test_how_many_cautions_there_are_is_no_figure() -> None:
    text = "It rains (1 more caution in the report), 3 notes, 2 cautions and 5 users"
    assert [one.text for one in numbers_of(text)] == ["5"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("25 s faster", -1),
        ("25 s [9 s, 41 s] slower", 1),
        ("faster by 25 s", -1),
        ("12 % more", 1),
        ("+25 s", 1),
        ("\N{MINUS SIGN}25 s", -1),
        ("+25 s faster", -1),
        ("25 s", 0),
        ("1 more file", 0),
        ("25 s, and faster", 0),
    ],
)
def test_the_direction_of_a_change(text: str, direction: int) -> None:
    assert numbers_of(text)[0].direction == direction


@pytest.mark.parametrize(
    ("text", "is_at_most"),
    [
        ("at most 3.8 minutes", True),
        ("up to about 3.8 minutes", True),
        ("< 3.8 min", True),
        ("the upper bound is 3.8 min", True),
        ("at most. 3.8 minutes", False),
        ("at most 5 people take 3.8 minutes", False),
        ("3.8 minutes", False),
    ],
)
def test_what_is_called_the_most(text: str, *, is_at_most: bool) -> None:
    assert numbers_of(text)[-1].is_at_most is is_at_most

"""What the page and the screen say of a resume marker that was never shown."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING, get_args

import pytest
from factories.before_launch import POLICIES, day
from factories.pages import METHODS_ONLY, NEVER, Reader, plain_spaces, rendered
from factories.results import ALL, changed, full, hostile, worded

from resume_gap.replay.target_rules import RULE_OF
from resume_gap.report.charts import svg
from resume_gap.report.page import build
from resume_gap.report.page.analyze.headline import headline
from resume_gap.report.page.model import Figure
from resume_gap.report.render import html, jsonfile, terminal
from resume_gap.report.text import numbers, reasons, target_rules
from resume_gap.report.text.bounds import ASSUMPTION
from resume_gap.results.common import GAP_CLASSES, Check, RecommendationReason

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis

REASONS = (
    "no_productive_events",
    "no_elements",
    "no_interruptions",
    "no_controls",
    "too_few_controls",
    "early_controls_differ",
    "order_unknown",
    "too_coarse",
    "too_few_steps",
)
WORDS = {
    "build": "Build behind an A/B test",
    "test": "Run an A/B test",
    "do_not_build": "Do not build",
    "not_enough_data": "Not enough data",
    "cannot_be_measured": "Cannot be measured",
}
TONES = {"build": "go", "test": "try", "do_not_build": "stop"} | dict.fromkeys(
    ("not_enough_data", "cannot_be_measured"), "open"
)
DECIDED = tuple(get_args(RecommendationReason))
LONG = "an_element_with_a_very_long_name_" * 20


def long_names() -> Analysis:
    return changed(
        full(),
        day={
            "person": LONG,
            "pointed": LONG,
            "place": LONG,
            "events": tuple((t, LONG, LONG, w) for t, _, _, w in day().events),
        },
        roles={"productive": (LONG,) * 30, "completing": (LONG,)},
        columns=dict.fromkeys(full().columns, LONG),
    )


EVERY = {
    **ALL,
    "long_names": long_names,
    **{f"word-{word}": (lambda w=word: worded(w)) for word in WORDS},
    **{reason: (lambda r=reason: worded("not_enough_data", r)) for reason in DECIDED},
}


@pytest.fixture(params=EVERY, ids=str)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return EVERY[request.param]()


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;:])\s+|\n", text)


def test_no_sentence_promises_or_speaks_in_symbols(analysis: Analysis) -> None:
    page = rendered(analysis)
    screen = terminal.screen(analysis, "reports/x/report.html").plain
    outside = [plain_spaces(" ".join(page.before_methods)), plain_spaces(screen)]
    for sentence in (s for text in outside for s in sentences(text)):
        for pattern in (*NEVER, *METHODS_ONLY):
            assert not re.search(pattern, sentence, re.IGNORECASE), (pattern, sentence)
    for sentence in sentences(page.visible):
        for pattern in NEVER:
            assert not re.search(pattern, sentence, re.IGNORECASE), (pattern, sentence)


def test_one_of_a_kind_is_singular(analysis: Analysis) -> None:
    text = rendered(analysis).visible + " " + terminal.screen(analysis, "r").plain
    wrong = re.search(
        r"(?<![\d.,:+=])1 (users|interruptions|returns|rows|events|times|stops)\b", text
    )
    assert not wrong


def test_the_screen_stays_a_screen(analysis: Analysis) -> None:
    lines = terminal.screen(analysis, "reports/x/report.html").plain.split("\n")
    assert len(lines) <= terminal.HEIGHT
    assert max(map(len, lines)) <= terminal.WIDTH


@pytest.mark.parametrize("word", WORDS)
def test_the_word_stands_in_the_headline_and_on_the_screen(word: str) -> None:
    analysis = worded(word)
    text = html.render(build.page(analysis)).decode()
    badge = re.search(r'<p class="decision (\w+)"><strong><span.*?>(.)</span> (.*?)</strong>', text)
    assert badge is not None
    assert (badge[1], badge[3]) == (TONES[word], WORDS[word])
    signs = {"go": "\N{CHECK MARK}", "try": "\N{BLACK DIAMOND}", "stop": "\N{MULTIPLICATION X}"}
    assert badge[2] == signs.get(TONES[word], "\N{WHITE CIRCLE}")
    screen_text = " ".join(terminal.screen(analysis, "r").plain.split())
    assert f"recommendation {WORDS[word]}. " in screen_text


def test_what_the_headline_says() -> None:
    screen_text = rendered(full()).visible
    for part in (
        "Work stops in mid-task 22 a week per active person; ",
        "took 28 s to 41 s longer than the same work uninterrupted [20 s, 49 s]",
        "Hit rate of a marker at the last element worked on 58 % 95 % interval [54 %, 62 %]",
        "19 % by chance alone",
        "At most to be gained 2.6 minutes per person and week",
        "39 points above chance",
    ):
        assert part in screen_text


def test_what_the_screen_says_of_the_marker() -> None:
    screen_text = " ".join(terminal.screen(full(), "r").plain.split())
    for part in (
        "extra time 28 s to 41 s [20 s, 49 s] vs. uninterrupted work",
        (
            "target rule last element worked on: hit rate 58 % [54 %, 62 %], lift over chance 39 "
            "points [34, 44]"
        ),
        "upper bound at most 2.6 minutes per person and week (7.3 s per interruption)",
        "recommendation Run an A/B test. A resume marker at the last element worked on",
    ):
        assert part in screen_text


def test_all_returns_are_called_returns() -> None:
    every = changed(full(), settings={**full().generated_from.settings, "all_returns": True})
    figures = headline(every).figures
    assert figures is not None
    assert (figures.items[0].label, figures.items[0].value) == ("Returns after a gap", "22 a week")


@pytest.mark.parametrize("name", ["no_controls", "too_few_controls", "early_controls_differ"])
def test_without_the_comparison_the_headline_is_about_re_orientation(name: str) -> None:
    analysis = ALL[name]()
    assert "took 73 s [65 s, 80 s] on average" in headline(analysis).sentence
    screen_text = rendered(analysis).visible
    assert "The extra time is not" in screen_text
    assert "extra time not known" in " ".join(terminal.screen(analysis, "r").plain.split())


def test_a_difference_that_may_be_none_is_not_called_longer() -> None:
    assert "did not take clearly longer" in headline(ALL["less"]()).sentence
    ends = {"lower": -8.0, "upper": -6.0, "ci_lower": -12.0, "ci_upper": -4.0}
    below = headline(changed(full(), excess={"word": "includes_zero", **ends})).sentence
    minus = numbers.MINUS
    assert (
        f"took less time than the same work uninterrupted: the difference is {minus}8.0 s to"
        in (below)
    )
    assert f"{minus}6.0 s [{minus}12 s, {minus}4.0 s]" in below


def test_comparisons_that_disagree_claim_nothing() -> None:
    analysis = ALL["depends_on_matching"]()
    screen_text = headline(analysis).sentence
    assert "may have taken longer" in screen_text
    assert "depends on what is compared: the difference is 1.2 s to 41 s" in screen_text
    screen = " ".join(terminal.screen(analysis, "r").plain.split())
    assert "vs. uninterrupted work, depends on what is compared" in screen
    assert "They do not agree" in rendered(analysis).visible


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence_that_says_what_to_do(reason: str) -> None:
    said = reasons.why(reason, ALL["too_few_controls"]())
    assert reason not in said
    assert "_" not in said
    assert ";" in said or "try" in said, said
    assert not said.endswith(".")


def test_the_order_of_the_page() -> None:
    page = build.page(full())
    story = [section.name for section in page.story]
    assert story == ["measured", "day", "back", "target-rule", "upper-bound", "groups"]
    assert [section.name for section in page.appendix] == [
        "back-more",
        "rules-more",
        "trust",
        "words",
        "methods",
    ]
    text = html.render(page).decode()
    order = [text.index(f'id="{name}"') for name in (*story, *(s.name for s in page.appendix))]
    assert order == sorted(order)


def test_the_page_names_its_subject() -> None:
    subject = build.page(full()).subject
    assert subject[1:] == ("260 users", "2\N{EN DASH}29 March 2026")
    assert subject[0].endswith(" and 1 more file")
    first = full().generated_from.inputs[0]

    def dates(begin: str, end: str) -> str:
        one = dataclasses.replace(first, first_at=f"{begin}T01:02:03Z", last_at=f"{end}T03:04:05Z")
        return build.page(changed(full(), inputs=(one,))).subject[2]

    assert dates("2026-03-02", "2026-03-02") == "2 March 2026"
    assert dates("2026-03-02", "2026-04-01") == "2 March \N{EN DASH} 1 April 2026"
    assert dates("2025-12-30", "2026-01-02") == "30 December 2025 \N{EN DASH} 2 January 2026"
    assert "1 user" in build.page(changed(full(), counts={"users": 1})).subject


def test_one_line_says_whether_the_data_can_be_trusted() -> None:
    warning = Check(
        check="x", severity="warn", message="Stamps are odd", action="mend", count=1, share=None
    )
    note = dataclasses.replace(warning, check="y", severity="note", message="It rains")

    def line(*checks: Check) -> str:
        found = build.page(changed(full(), data_quality=checks)).trust
        assert found is not None
        return f"{found.severity}: {found.word} {found.text}"

    assert line() == "note: \N{CHECK MARK} All checks of the data passed."
    assert line(note, note) == (
        "note: \N{CHECK MARK} All checks of the data passed. 2 notes in the appendix."
    )
    assert line(warning, note) == "warn: 1 caution: Stamps are odd. 1 note in the appendix."
    other = dataclasses.replace(warning, check="z", action="ask")
    assert line(other, warning) == (
        "warn: Cautions: Stamps are odd. 1 more caution in the appendix."
    )


def test_the_markers_stand_side_by_side() -> None:
    screen_text = rendered(full()).visible
    for p in full().marker.policies:
        assert target_rules.rule(p.name) in screen_text
    assert "39 points [34, 44]" in screen_text
    assert f"{numbers.MINUS}2.0 points [{numbers.MINUS}7.0, 3.0]" in screen_text
    assert "/budget?" in screen_text
    assert "year=2026" not in screen_text
    assert set(POLICIES) == set(RULE_OF)


def test_an_marker_of_unknown_order_has_dashes_and_a_reason() -> None:
    screen_text = rendered(ALL["unordered"]()).visible
    assert "share one instant" in screen_text
    assert "--map sequence=COLUMN" in screen_text
    assert "caption-arrows" not in str(rendered(ALL["unordered"]()).tags)


def test_the_bounds_stand_with_their_assumptions() -> None:
    screen_text = rendered(full()).visible
    for rung in full().opportunity.bounds:
        assert ASSUMPTION[rung.assumption] in screen_text
    assert (
        "420 interruptions ended with leaving again before any work; a resume marker" in screen_text
    )
    assert "of the 58 % for whom it points right, it could save 32 s [24 s, 41 s]" in screen_text
    assert "marker points (88 times here)" in screen_text
    assert "from \N{MINUS SIGN}1.2 s to 4.4 s per interruption" in screen_text
    assert "needs a hit rate of 21 % to save more than it costs; this rule's is 58 %" in screen_text
    assert "Exploration only" in screen_text


def test_one_person_gets_no_ceiling() -> None:
    screen_text = rendered(ALL["one_user"]()).visible
    assert "There is no upper bound" in screen_text
    assert "1 user (50 are needed)" in screen_text


def test_the_day_is_on_the_page_and_not_in_the_summary() -> None:
    screen_text = rendered(full()).visible
    assert "User 17 on 2026-03-11: work stops at 10:51" in screen_text
    assert "2 h 54 min later" in screen_text
    assert "would have pointed at sheet/budget!B4, a hit" in screen_text
    assert '"day":' not in jsonfile.summary(full()).decode()
    assert "day" not in json.loads(jsonfile.summary(full()))


@pytest.mark.parametrize(
    "parts",
    [
        {"work_seconds": None, "place": None, "hit": False},
        {"work_seconds": 49_500.0},
        {"pointed": None, "hit": False},
        {"place": "elsewhere", "hit": False},
        {"return_seconds": 39_060.5},
        {"events": ((1.0, "a", None, True), (2.0, "b", None, False)), "stop_seconds": 1.0,
         "return_seconds": 2.0, "work_seconds": None, "pointed": None, "place": None},
        {"events": (*((40_000.0 + i, "scroll", f"e{i}", False) for i in range(300)),
                    (40_400.0, "edit", "z", True)), "stop_seconds": 40_000.0,
         "return_seconds": 40_001.0, "work_seconds": 40_400.0},
        {"return_seconds": 90_000.0, "work_seconds": None,
         "events": (*day().events[:9], (90_000.0, "view", None, False))},
    ],
)  # fmt: skip
def test_odd_days_are_drawn(parts: dict[str, object]) -> None:
    odd = changed(full(), day=parts)
    page = build.page(odd)
    figure = next(
        block
        for section in page.sections
        for part in section.parts
        for block in part.blocks
        if isinstance(block, Figure) and block.name == "one-day"
    )
    drawn = svg.svg(figure.chart)
    assert drawn.endswith("</svg>")
    numbers_in = [float(n) for n in re.findall(r' (?:x|cx|y|cy)="(-?[\d.]+)"', drawn)]
    assert all(-1 <= n <= 700 for n in numbers_in)
    assert not re.search(r"\bnan\b|None", drawn)
    assert not re.search(r"\bnan\b|\bNone\b", Reader(html.render(page)).visible)


def test_names_in_the_picture_are_text() -> None:
    text = html.render(build.page(hostile())).decode()
    picture = text[text.index("The day, an upright stroke") - 400 :]
    assert "&lt;script&gt;" in picture
    assert "<script" not in text


def test_settings_go_by_their_options() -> None:
    screen_text = rendered(full()).visible.split("Settings of this run")[1]
    assert "--gap auto" in screen_text
    assert "gap_us" not in screen_text
    assert "until_us" not in screen_text
    assert "--until 2026-03-29T22:00:00Z" in screen_text
    assert "--map" in screen_text
    given = changed(full(), settings={**full().generated_from.settings, "gap_us": 90_000_000})
    assert "--gap 1 min 30 s" in rendered(given).visible


def test_sensitivity_has_the_new_figures() -> None:
    screen_text = rendered(full()).visible
    for part in (
        "extra time vs. uninterrupted work",
        "22 s to 35 s",
        "60 %",
        "minutes a week, at most",
    ):
        assert part in screen_text
    moving = changed(full(), threshold={"sensitive": ("excess", "hit")})
    said = build.page(moving).first[0].text
    assert "the least extra time vs. uninterrupted work runs from 22 s to 35 s" in said
    assert "55 % to 60 %" in said


def test_a_place_that_stands_out_is_listed() -> None:
    assert "No place stands out" in rendered(full()).visible
    known = rendered(changed(full(), counts={"interruptions": 1_000})).visible
    assert "No place stands out" not in known
    assert "sheet/budget!B4" in known


def test_gap_classes_and_all_returns_have_their_hits() -> None:
    screen_text = rendered(full()).visible
    assert "all returns, interrupted or not 9,002 240 38 % 55 %" in screen_text
    assert len(GAP_CLASSES) == 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.01, "under 0.1 minutes"),
        (2.64, "2.6 minutes"),
        (14.2, "14 minutes"),
        (0, "0.0 minutes"),
        (262.0, "4.4 hours"),
        (6_000.0, "100 hours"),
    ],
)
def test_minutes(value: float, text: str) -> None:
    assert numbers.minutes(value) == text


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(41.2, 0, "41 s"), (-3.04, 0, "-3.0 s"), (0.0, 0, "0.0 s"), (-0.01, 0, "0.0 s"),
     (-41.0, 120, "0 s"), (-200.0, 120, "-4 min")],
)  # fmt: skip
def test_signed(value: float, step: float, text: str) -> None:
    assert numbers.signed(value, step) == text.replace("-", numbers.MINUS)


def test_points() -> None:
    assert numbers.points(0.39) == "39 points"
    assert numbers.points(0.034) == "3.4 points"
    assert numbers.points(-0.02) == f"{numbers.MINUS}2.0 points"
    assert numbers.points(-0.0001) == "0.0 points"
    assert numbers.points_interval(None, 0.3) is None

"""What page, screen and JSON say of a trial and of its plan."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING

import pytest
from factories.pages import METHODS_ONLY, NEVER, floats, plain_spaces, rendered
from factories.results import full
from factories.trial_results import (
    LAUNCHES,
    PLANS,
    PREDICTION,
    TRIALS,
    better,
    effect,
    evaluation,
    few,
    guardrail,
    hostile,
    no_elements,
    plan,
    run_parts,
    silent,
    trial,
    trust,
    twelve_users,
    withheld,
)
from rich.cells import cell_len

from resume_gap.output import write
from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.trial import ArmsChart, DifferenceRow, DifferencesChart, WeeksChart
from resume_gap.report.page import build
from resume_gap.report.page.evaluate import tables
from resume_gap.report.page.model import Table
from resume_gap.report.render import html, jsonfile, terminal
from resume_gap.report.screen import evaluate
from resume_gap.report.text import estimates, guardrails
from resume_gap.report.text import evaluation as trialphrases
from resume_gap.report.text import names as display
from resume_gap.report.text import plan as planphrases
from resume_gap.report.text.numbers import MINUS
from resume_gap.results.common import Estimate
from resume_gap.results.evaluate import Evaluated, Verdict
from resume_gap.results.plan import Pilot, Planned
from resume_gap.results.predicted import PredictedRow
from resume_gap.results.run import Run

if TYPE_CHECKING:
    from pathlib import Path

STATISTICIAN = (
    *METHODS_ONLY,
    r"\bP[123]\b",
    r"\bWelch\b",
    r"\bHolm\b",
    r"Benjamini",
    r"Imbens",
    r"bootstrap",
    r"\bestimand\b",
    r"statistically significant",
)
EFFECTS = {"difference", "where", "more", "predicted"}


@pytest.fixture(params=LAUNCHES, ids=str)
def result(request: pytest.FixtureRequest) -> Evaluated | Planned:
    return LAUNCHES[request.param]()


def screen_text(result: Run) -> str:
    return " ".join(terminal.screen(result, "r").plain.split())


def part(result: Run, name: str) -> str:
    return plain_spaces(str(next(s for s in build.page(result).sections if s.name == name)))


def test_a_page_is_well_formed(result: Run) -> None:
    page = rendered(result)
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == 1
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for t, a in page.tags if t == "a" and a.get("href")}
    assert targets <= set(ids)
    assert sum(t == "table" for t, _ in page.tags) == sum(t == "caption" for t, _ in page.tags)
    for tag, attributes in page.tags:
        assert tag not in ("script", "img", "iframe", "object", "embed", "image", "form")
        assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_no_page_says_nan_none_or_an_empty_part(result: Run) -> None:
    page = rendered(result)
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b", page.visible)
    for section in build.page(result).sections:
        assert section.blocks or section.parts, section.name
        assert all(p.blocks for p in section.parts), section.name


def test_the_words_of_page_and_screen(result: Run) -> None:
    page = rendered(result)
    screen = terminal.screen(result, "r").plain
    for pattern in NEVER:
        assert not re.search(pattern, page.visible + screen, re.IGNORECASE), pattern
    before = plain_spaces(" ".join(page.before_methods))
    for pattern in STATISTICIAN:
        assert not re.search(pattern, before, re.IGNORECASE), pattern
        assert not re.search(pattern, screen, re.IGNORECASE), pattern


@pytest.mark.full
@pytest.mark.parametrize("name", ["better", "hostile_trial", "plan"])
def test_two_renderings_are_the_same_bytes(name: str) -> None:
    result = LAUNCHES[name]()
    first = html.render(build.page(result))
    charts.svg.cache_clear()
    assert html.render(build.page(result)) == first
    assert jsonfile.summary(result) == jsonfile.summary(result)


def test_the_json_holds_numbers_or_null(result: Run) -> None:
    for data in (jsonfile.summary(result), jsonfile.data_quality(result)):
        value = json.loads(data, parse_constant=pytest.fail)
        assert all(number == number for number in floats(value))  # noqa: PLR0124
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", data.decode())
        value.pop("generated_from", None)
        assert "alice.smith@" not in json.dumps(value)


def test_the_screen_is_a_screen(result: Run) -> None:
    lines = terminal.screen(result, "reports/x/report.html").plain.split("\n")
    assert len(lines) <= terminal.HEIGHT
    assert max(map(cell_len, lines)) <= terminal.WIDTH
    assert lines[-1].split() == ["report", "reports/x/report.html"]
    assert not any(display.hidden(c) for line in lines for c in line)


def test_the_order_of_the_page() -> None:
    names = [section.name for section in build.page(better()).sections]
    assert names == ["trust", "difference", "where", "more", "predicted", "log", "words", "methods"]
    names = [section.name for section in build.page(plan()).sections]
    assert names == ["assumptions", "weeks", "trust", "words", "methods"]


@pytest.mark.parametrize(
    ("name", "sentence", "screen"),
    [
        ("better", "Back at work 8.1 s faster [4.2 s, 12 s] with the marker",
         "verdict Faster, but harmed: interruptions per user."),
        ("worse", "Back at work 6.3 s slower [2.1 s, 10 s] with the marker",
         "verdict Slower, and harmed"),
        ("none_seen",
         "No difference detected: between 3.0 s faster and 1.8 s slower with the marker",
         "verdict No difference detected"),
        ("many_looks", "Back at work 8.1 s faster [1.2 s, 15 s] with the marker",
         "the interval holds at every one of 28 interim looks"),
        ("withheld", "A check of the trial failed, so the result is withheld",
         "verdict Result withheld."),
        ("twelve_users", "12 people are too few for a result",
         "verdict Not enough data. 12 people are too few for a result."),
        ("nobody", "Nobody came back from an interruption after the assignment",
         "verdict Not enough data."),
    ],
)  # fmt: skip
def test_the_headline_is_the_verdict(name: str, sentence: str, screen: str) -> None:
    found = TRIALS[name]()
    head = build.page(found).headline
    assert plain_spaces(head.sentence) == sentence
    assert head.decision is not None
    assert head.decision.word == trialphrases.WORD[found.evaluation.verdict.word]
    assert screen in screen_text(found)


def test_what_the_first_screen_needs() -> None:
    head = str(build.page(better()).headline)
    for words in (
        "48 s with the marker, 56 s without it",
        "14 % less [7.5 %, 21 %]",
        "1,198 and 1,204 users",
        "1 warned, 3 passed, 1 not checked",
        "but harmed: interruptions per user",
        "Interrupted means",
        "The first return at which the marker would be shown is",
        "adjusted for what was known before the assignment: 7.8 s faster",
    ):
        assert words in plain_spaces(head).replace("\\xa0", " "), words


def test_the_screen_of_a_trial() -> None:
    text = screen_text(better())
    for words in (
        "1,502 users in control (off), 1,498 in treatment (arrow_v2)",
        "Marker not shown where it should be warned",
        "48 s with the marker, 56 s without it",
        "8.1 s faster [4.2 s, 12 s]",
        "1 harmed (interruptions per user), 1 not shown",
        "4,100 rows repeat",
    ):
        assert words in text, words
    users = next(line.text for line in evaluate.lines(better()) if line.name == "users")
    assert "1,204 and 1,198 of them" in users, "cut on a screen that is full"


def test_a_check_that_stopped_the_trial_is_reported_once() -> None:
    head = build.page(withheld()).headline
    assert head.decision is not None
    assigned = "1,502 users assigned to control, 1,198 to treatment; with an intended 1 to 1"
    assert plain_spaces(head.decision.reason).startswith(f"Users assigned to each arm: {assigned}")
    section = next(s for s in build.page(withheld()).sections if s.name == "trust")
    assert "!\N{NO-BREAK SPACE}warned" in section.blocks[0].word  # type: ignore[union-attr]
    table = next(b for b in section.blocks if isinstance(b, Table) and b.columns[0] == "check")
    assert table.rows[0] == (
        "Users assigned to each arm",
        "\N{MULTIPLICATION X}\N{NO-BREAK SPACE}failed",
        "see the top of this page",
    )
    assert "\N{CHECK MARK} passed" in plain_spaces(str(table)).replace("\\xa0", " ")
    assert plain_spaces(rendered(withheld()).visible).count(assigned) == 1


def test_a_check_that_failed_beside_a_verdict_has_its_box_first() -> None:
    bad = dataclasses.replace(trust().checks[0], status="failed")
    text = part(trial(trust=trust(checks=(*trust().checks[1:], bad))), "trust")
    assert text.index("failed: Users assigned") < text.index("warned: Marker not shown")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("log_begins_late", "The log begins before the trial"),
        ("unusable_assignments", "Assignments that could be read"),
    ],
)
def test_checks_have_names(name: str, shown: str) -> None:
    check = dataclasses.replace(trust().checks[0], name=name)
    assert trialphrases.check_name(check) == shown


def test_no_difference_seen_says_what_fits() -> None:
    fits = (
        "Anything from 3.0 s faster to 1.8 s slower fits these data: the trial cannot "
        "distinguish an effect in between from none."
    )
    found = TRIALS["none_seen"]()
    head = build.page(found).headline
    assert head.decision is not None
    assert plain_spaces(head.decision.reason).startswith(fits)
    assert fits in screen_text(found)
    odd = Verdict(word="no_difference_seen", reason="the reason of the model")
    found = trial(evaluation=found.evaluation, verdict=odd)
    assert odd.reason not in rendered(found).visible.lower() + screen_text(found).lower()


def test_of_the_open_guardrails_the_worst_is_named() -> None:
    rails = (
        guardrail("return_rate_7d", "share", 0.981, -0.004, "not_shown"),
        guardrail("productive_minutes", "minutes", 212.0, -0.06, "not_shown"),
        guardrail("interruptions_per_user", "count", 6.42, 0.051, "kept"),
    )
    found = trial(guardrails=rails)
    unsure = (
        "Not yet shown: that productive minutes per assigned user do not fall (-6.0 %, down to "
        "-7.1 % is possible)."
    ).replace("-", MINUS)
    head = build.page(found).headline
    assert head.decision is not None
    assert plain_spaces(head.decision.reason).endswith(unsure)
    assert head.decision.reason.count("Not yet shown") == 1
    assert unsure in screen_text(found)
    often = guardrail("interruptions_per_user", "count", 6.42, 0.051, "not_shown")
    often = dataclasses.replace(often, worst=0.09)
    assert guardrails.unsure(trial(guardrails=(often, rails[0]))) == (
        "Not yet shown: that interruptions per user do not rise (+5.1 %, up to +9.0 % is possible)."
    )
    for silent_one in (trial(guardrails=rails[2:]), TRIALS["worse"](), withheld(), twelve_users()):
        assert guardrails.unsure(silent_one) is None


def test_one_threshold_makes_no_table_of_limits() -> None:
    for found in (better(), plan()):
        one = dataclasses.replace(found.threshold, sensitivity=found.threshold.sensitivity[:1])
        text = rendered(dataclasses.replace(found, threshold=one)).visible
        assert "another inactivity threshold (--gap) shows" in rendered(found).visible
        assert not re.search("another inactivity threshold .--gap. shows|over these limits", text)
        assert "Run again with another --gap to see" in plain_spaces(text)


def test_the_seal_of_the_prediction_is_ours() -> None:
    seal = "1764" + "0f9e8d7c6b5a" * 5
    for file, shown in ((seal, seal), (f"x{seal[1:]}", "x764\N{HORIZONTAL ELLIPSIS}[token]")):
        value = json.loads(jsonfile.summary(trial(prediction_file=file)))
        assert value["evaluation"]["prediction_file"] == shown


STOPPED = trial(verdict=Verdict(word="withheld", reason="check_failed"))


@pytest.mark.parametrize("found", [withheld(), STOPPED], ids=["silent", "stopped"])
def test_nothing_of_an_effect_stands_where_a_check_failed(found: Evaluated) -> None:
    page = build.page(found)
    assert not EFFECTS & {section.name for section in page.sections}
    text = str(page.headline) + part(found, "trust") + part(found, "log") + screen_text(found)
    assert not re.search(r"faster|slower|8\.1 s|points|guardrail", text)
    assert "figure" not in [tag for tag, _ in rendered(found).tags]
    if found.evaluation.primary.reason == "withheld":
        value = json.loads(jsonfile.summary(found))["evaluation"]
        assert value["primary"]["estimate"] is None
        assert value["verdict"]["word"] == "withheld"


def test_few_users_make_no_sentence_that_reads_like_a_result() -> None:
    found = twelve_users()
    page = rendered(found)
    before = plain_spaces(" ".join(page.before_methods))
    text = before.rpartition("The words on this page")[0]
    assert not re.search(
        r"faster|slower|better|worse|\d points|%[^.]*less", text + screen_text(found)
    )
    assert "describe 12 people and nobody else" in text
    assert "svg" not in [tag for tag, _ in page.tags]
    assert "77 s" not in screen_text(found)


def test_nothing_productive_says_what_to_do() -> None:
    found = TRIALS["no_work"]()
    assert "nothing in the log is known to be productive" in screen_text(found)
    assert "Say which events are work with --productive" in rendered(found).visible


def test_one_arm_with_too_few_is_named() -> None:
    found = trial(
        **silent("few_users"),
        trust=trust(triggered_treatment=9),
        verdict=few(1_204, 9),
    )
    assert "9 people in treatment are too few" in screen_text(found)
    assert build.page(found).headline.sentence == "9 people in treatment are too few"


def test_parts_that_are_exploration_say_so() -> None:
    for name in ("where", "more"):
        assert "Exploration only" in part(better(), name)
    more = part(better(), "more")
    assert "Who comes back may differ between the arms" in more
    assert "between 3.0 s and 9.1 s faster" in more
    assert "between 0.8 s and 11 s faster (95 % interval)" in more
    assert "Some people may come back only where there is a marker" in more
    assert "1.1 % of those of treatment have no counterpart" in more
    assert "corrected for how many groups" in more


def test_users_never_triggered_who_differ_are_a_warning() -> None:
    odd = effect("never_triggered", 9.0, 5.0, unit="minutes", control=203.0)
    text = part(trial(dilution=odd), "where")
    assert "the arms may differ in more than the marker" in text
    assert "differ by 9.0 minutes [4.0, 14]" in text
    assert "includes 0, as expected" in part(better(), "where")


def test_what_cannot_be_had_says_why() -> None:
    text = rendered(no_elements()).visible
    assert "the log names no elements to point at" in text
    assert "could not be adjusted: nothing is known of the users before" in text
    assert "Predicted and measured" not in text
    assert "(many alike)" in rendered(better()).visible
    assert "Many alike: many users took exactly this long" in rendered(better()).visible


def test_hostile_names_are_text(tmp_path: Path) -> None:
    write.write_report(tmp_path, hostile())
    text = (tmp_path / "report.html").read_text()
    assert "<script" not in text
    assert "onerror=window.hit=1>" not in text
    assert not re.search(r'href="(?!#|data:,")', text)
    for char in ("\x00", "\x07", "\x1b", "\x9b", "\u202e", "\u200b", "\ufeff", "\ufffe"):
        assert char not in text
    assert "x" * 1_000 not in text
    assert "alice.smith" not in text
    drawn = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert drawn
    assert not any("window" in svg or "evil" in svg for svg in drawn)


def test_a_name_that_is_no_text_survives() -> None:
    odd = dataclasses.replace(
        trust().checks[0],
        figures={"users": 1, "share": 0.1, "\ud800": 1, "a@b.example": 2},
        name="both_arms",
        code="some",
    )
    data = jsonfile.summary(trial(trust=trust(checks=(odd,))))
    value = json.loads(data)
    figures = value["evaluation"]["trust"]["checks"][0]["figures"]
    assert figures == {"users": 1, "share": 0.1, "\\ud800": 1, "[e-mail]": 2}


def test_the_shape_of_the_summaries() -> None:
    run = [
        "schema_version",
        "tool_version",
        "command",
        "generated_from",
        "rows",
        "columns",
        "roles",
        "resolution",
        "threshold",
        "counts",
        "reorientation",
        "measurability",
    ]
    value = json.loads(jsonfile.summary(better()))
    assert list(value) == [*run, "evaluation", "data_quality"]
    assert value["command"] == "evaluate"
    shape = {"trust", "primary", "guardrails", "secondary", "exploratory", "verdict"}
    assert shape <= set(value["evaluation"])
    keys = {
        "estimand",
        "control",
        "treatment",
        "estimate",
        "ci_lower",
        "ci_upper",
        "relative",
        "n_control",
        "n_treatment",
    }
    assert keys <= set(value["evaluation"]["primary"])
    assert set(value["evaluation"]["verdict"]) == {"word", "reason", "figures"}
    value = json.loads(jsonfile.summary(plan()))
    assert list(value) == [*run, "plan", "data_quality"]
    assert [row["weeks"] for row in value["plan"]["rows"]] == [1, 2, 4, 8]


def test_the_files_of_each_command(tmp_path: Path) -> None:
    for name, found in (
        ("trial", better()),
        ("bare", dataclasses.replace(better(), prediction=None)),
        ("plan", plan()),
    ):
        folder = tmp_path / name
        folder.mkdir()
        write.write_report(folder, found)
        files = {path.name for path in folder.iterdir()}
        own = {"prediction.json"} if name == "trial" else set()
        assert files == {"report.html", "summary.json", "data_quality.json"} | own
    assert (tmp_path / "trial" / "prediction.json").read_bytes() == PREDICTION


def test_a_result_that_nobody_knows_has_no_page() -> None:
    run = Run(**run_parts(full(), "other"))
    for render in (build.page, lambda r: terminal.screen(r, None)):
        with pytest.raises(KeyError, match="other"):
            render(run)


@pytest.mark.parametrize(
    ("at", "half", "words", "figures"),
    [
        (-8.1, 3.9, "8.1 s faster [4.2 s, 12 s]", "-8.1 s [-12 s, -4.2 s]"),
        (6.3, 4.2, "6.3 s slower [2.1 s, 10 s]", "6.3 s [2.1 s, 10 s]"),
        (-0.6, 2.4, "0.6 s faster, between 3.0 s faster and 1.8 s slower",
         "-0.6 s [-3.0 s, 1.8 s]"),
        (-0.01, 2.0, "under 0.1 s faster, between 2.0 s faster and 2.0 s slower",
         "0.0 s [-2.0 s, 2.0 s]"),
        (0.0, 2.0, "0.0 s of difference, between 2.0 s faster and 2.0 s slower",
         "0.0 s [-2.0 s, 2.0 s]"),
        (-8.1, None, "8.1 s faster", "-8.1 s"),
        (-130.0, 20.0, "2 min 10 s faster [1 min 50 s, 2 min 30 s]",
         "-2 min 10 s [-2 min 30 s, -1 min 50 s]"),
    ],
)  # fmt: skip
def test_differences_in_words(at: float, half: float | None, words: str, figures: str) -> None:
    found = effect("first_return", at, half)
    assert estimates.in_words(found, full()) == words
    assert estimates.in_figures(found, full()) == figures.replace("-", MINUS)


def test_differences_of_other_units() -> None:
    share = effect("productive_share", 0.015, 0.011, unit="share", control=0.92)
    assert estimates.in_figures(share, full()) == "1.5 points [0.4, 2.6]"
    assert estimates.levels(share, full()) == ("92 %", "94 %")
    minutes = effect("productive_minutes", -3.0, 11.0, unit="minutes", control=212.0)
    assert estimates.in_figures(minutes, full()) == f"{MINUS}3.0 minutes [{MINUS}14, 8.0]"
    assert estimates.levels(minutes, full()) == ("212 minutes", "209 minutes")
    long = effect("first_return", -44.0, 20.0, control=134.0)
    assert estimates.levels(long, full()) == ("2 min 14 s", "1 min 30 s")
    assert estimates.relative_in_words(effect("x", -1.0, 2.0, control=10.0)) == (
        "10 % less, between 30 % less and 10 % more"
    )
    assert estimates.share(-0.0001) == "0.0 %"


def test_coarse_stamps_print_nothing_finer() -> None:
    found = TRIALS["coarse_trial"]()
    text = part(found, "difference") + part(found, "more")
    assert not re.search(r"(?<![\d.])[1-9]\d*(\.\d)? s\b", text.replace("30 s", ""))


def test_guardrails_that_fail_are_counted() -> None:
    rails = evaluation(-8.1, 3.9, "better").guardrails
    two = (*rails, guardrail("productive_share", "share", 0.9, -0.1, "harmed"))
    head = build.page(trial(guardrails=two)).headline
    assert head.decision is not None
    assert head.decision.proviso == (
        "but harmed: interruptions per user, back at work within the cap."
    )


def test_a_plan_answers_for_the_looks_that_are_asked_for() -> None:
    assert planphrases.sentence(plan()).startswith(
        "To find an effect of 5 s with 4 looks it takes 6,060 interrupted users in each arm: "
        "more than the 260 users of this log can give"
    )
    once = PLANS["enough_users"]()
    assert planphrases.sentence(once) == (
        "To find an effect of 20 s it takes 96 interrupted users in each arm: about 4.6 weeks "
        "with the 260 users of this log"
    )
    text = rendered(plan()).visible
    assert "with 4 looks" in text
    assert "Rows marked with * reach beyond the log" in text
    assert "one look: 3,190 an arm" in screen_text(plan())


def test_a_plan_without_looks_and_without_history_leaves_them_out() -> None:
    needed = plan().plan.needed_looks
    once = plan(looks=1, needed_looks=needed, pilot=Pilot(users=214, cuped_share=0.0))
    screen = screen_text(once)
    assert "looks" not in screen.replace("one look", "")
    assert "adjusted" not in screen
    text = plain_spaces(rendered(once).visible)
    assert "looked at any number of times" in text
    assert "many looks" not in text
    assert "spread that adjusting takes away" not in text
    before_words = text.partition("The words on this page")[0]
    assert "adjusted" not in before_words.partition("Week by week")[2]
    assert "spread that adjusting takes away" in rendered(plan()).visible


def test_what_lies_beyond_the_log_is_said() -> None:
    assert "(* beyond the log, extrapolated)" in screen_text(plan())
    inside = tuple(dataclasses.replace(row, extrapolated=False) for row in plan().plan.rows)
    assert "*" not in screen_text(plan(rows=inside))
    text = plain_spaces(rendered(plan()).visible)
    assert "seen in the log the first 3.1 weeks" in " ".join(text.split())


def test_a_column_of_times_has_one_unit() -> None:
    rows = [
        ("a", effect("first_return", -26.0, 4.0, control=122.0)),
        ("b", effect("first_return", -29.0, 200.0, control=115.0)),
    ]
    table = tables.effects("x", "y", rows, full())
    assert [row[1:3] for row in table.rows] == [
        ("2 min 2 s", "1 min 36 s"),
        ("1 min 55 s", "1 min 26 s"),
    ]
    assert table.rows[0][3] == "-26 s [-30 s, -22 s]".replace("-", MINUS)
    spread = plan(
        pilot=Pilot(
            mean_seconds=115.0, sd_seconds=122.0, sd_lower_seconds=110.0, sd_upper_seconds=130.0
        )
    )
    text = " ".join(plain_spaces(rendered(spread).visible).split())
    assert "mean re-orientation time 1 min 55 s" in text
    assert "2 min 2 s [1 min 50 s, 2 min 10 s]" in text
    assert "2 min 2 s between users around a mean of 1 min 55 s" in screen_text(spread)


def spared(name: str, seconds: float) -> PredictedRow:
    return PredictedRow(
        name=name,
        n_predicted=8_301,
        n_measured=2_402,
        predicted=Estimate(estimate=seconds),
        measured=Estimate(estimate=8.1, ci_lower=4.2, ci_upper=12.0),
    )


def test_what_was_spared_stands_once_beside_the_nearest_case() -> None:
    cases = [
        spared("saving_at_most_seconds", 9.0),
        spared("scenario:low", -1.0),
        spared("scenario:middle", 5.0),
        spared("scenario:high", 8.5),
    ]
    text = part(trial(predicted=(*better().evaluation.predicted[:2], *cases)), "predicted")
    assert text.count("8.1 s [4.2 s, 12 s]") == 1
    assert "measured: all interruptions, exploration only" in text
    assert "6.4 s [4.2 s, 8.6 s]" in text
    assert "15,542" in text
    assert "The high case lies nearest to what was measured at first returns." in text
    assert "The middle case lies nearest to what was measured at all interruptions." in text
    alone = part(trial(predicted=tuple(cases[:1]), exploratory=()), "predicted")
    assert "nearest" not in alone
    assert "all interruptions" not in alone


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("plan_no_productive_events", "nothing in the log is known to be productive"),
        ("plan_few_users", "9 users with an interruption are too few"),
    ],
)
def test_no_plan_says_why(name: str, why: str) -> None:
    found = PLANS[name]()
    assert why in build.page(found).headline.sentence
    assert why in screen_text(found)
    assert [s.name for s in build.page(found).sections] == ["trust", "words", "methods"]


def test_charts_hold_no_colour_of_their_own_and_bear_odd_numbers() -> None:
    def row(**more: object) -> DifferenceRow:
        some = {"name": "a", "estimate": 0.0, "lower": None, "upper": None, "label": "0.0 s"}
        return DifferenceRow(**{**some, **more})  # type: ignore[arg-type]

    drawn = [
        charts.svg(DifferencesChart(rows=(row(),))),
        charts.svg(DifferencesChart(rows=(
            row(estimate=-900.0, lower=-1e4, upper=3.0), row(name="b", second=True)))),
        charts.svg(ArmsChart(points=((0.0, 0.0, 0.0, 0.0, 0.0), (900.0, 1.0, 0.0, 1.0, 0.0)))),
        charts.svg(WeeksChart(once=((1.0, 2.0), (2.0, 1.0)), band=(), looks=(), looks_label="",
                              wanted=100.0, wanted_label="100 s asked for", known_weeks=None)),
    ]  # fmt: skip
    for svg in drawn:
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="')
        assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", svg)
        assert len(svg) < 60_000


def test_charts_of_differences_fit_a_telephone() -> None:
    for found, has in ((better(), True), (plan(), False)):
        page = html.render(build.page(found)).decode()
        assert (".drawing.narrow svg" in page) is has
        assert ('class="scroll drawing narrow"' in page) is has
    svg = charts.svg(
        DifferencesChart(
            rows=(
                DifferenceRow(
                    name="re-orientation time, all interruptions",
                    estimate=-1.0,
                    lower=-2.0,
                    upper=1.0,
                    label="1.0 s faster",
                ),
            )
        )
    )
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])  # type: ignore[index]
    assert width < 480


def test_an_effect_that_changes_with_use_says_both() -> None:
    found = TRIALS["changes"]()
    head = build.page(found).headline
    assert plain_spaces(head.sentence) == (
        "At first 8.1 s faster [4.2 s, 12 s] with the marker, later 12 s slower [7.4 s, 17 s]"
    )
    assert head.decision is not None
    assert head.decision.word == "Changes with use"
    assert "8.1 s faster, at the 4th and later ones 12.4 s slower" in plain_spaces(
        head.decision.reason
    )

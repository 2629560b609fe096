"""The page, the JSON files and the words on them."""

from __future__ import annotations

import dataclasses
import html as stdlib_html
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from factories.pages import METHODS_ONLY, NEVER, floats, rendered
from factories.results import ALL, HOSTILE, changed, coarse, empty, full, hostile, sensitive

from resume_gap.output import write
from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.curve import CurveChart
from resume_gap.report.charts.gaps import GapsChart, WeekChart
from resume_gap.report.page import build
from resume_gap.report.render import html, jsonfile
from resume_gap.report.text import numbers, vocabulary
from resume_gap.results.common import Estimate

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.analyze import Analysis


@pytest.fixture(params=ALL, ids=str)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return ALL[request.param]()


def test_every_analysis_becomes_a_page_that_is_well_formed(analysis: Analysis) -> None:
    page = rendered(analysis)
    names = [tag for tag, _ in page.tags]
    assert names.count("h1") == 1
    assert names.count("main") == 1
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for t, a in page.tags if t == "a" and a.get("href")}
    assert targets <= set(ids)


def test_no_page_says_nan_none_or_an_empty_number(analysis: Analysis) -> None:
    page = rendered(analysis)
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b", page.visible)
    for name, table in re.findall(r"(<h3>.*?</h3>)(.*?)(?=<h3>|$)", page.visible):
        assert table.strip(), name


def test_the_words_of_the_page(analysis: Analysis) -> None:
    page = rendered(analysis)
    for pattern in NEVER:
        assert not re.search(pattern, page.visible, re.IGNORECASE), pattern
    before = " ".join(page.before_methods)
    for pattern in METHODS_ONLY:
        assert not re.search(pattern, before, re.IGNORECASE), pattern


@pytest.mark.full
@pytest.mark.parametrize("name", ["full", "coarse", "hostile"])
def test_two_renderings_are_the_same_bytes(name: str) -> None:
    analysis = ALL[name]()
    first = html.render(build.page(analysis))
    charts.svg.cache_clear()
    assert html.render(build.page(analysis)) == first
    assert jsonfile.summary(analysis) == jsonfile.summary(analysis)
    assert jsonfile.data_quality(analysis) == jsonfile.data_quality(analysis)


def test_no_script_no_network_no_inline_style(analysis: Analysis) -> None:
    page = rendered(analysis)
    for tag, attributes in page.tags:
        assert tag not in ("script", "img", "iframe", "object", "embed", "image", "form")
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src"):
                assert value is not None
                assert value.startswith("#") or value == "data:,"


def test_the_policy_names_the_style_sheet_that_is_there() -> None:
    import base64
    import hashlib

    text = html.render(build.page(full())).decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    shown_text = stdlib_html.unescape(policy[1])
    assert f"style-src 'sha256-{digest}'" in shown_text
    assert shown_text.startswith("default-src 'none'")
    assert "unsafe" not in shown_text


def test_summary_has_its_shape_and_no_page_only_keys() -> None:
    data = jsonfile.summary(full())
    assert data.endswith(b"}\n")
    summary = json.loads(data, parse_constant=pytest.fail)
    assert list(summary) == [
        "schema_version", "tool_version", "command", "generated_from", "rows", "columns", "roles",
        "resolution", "threshold", "counts", "reorientation", "measurability", "excess", "marker",
        "opportunity", "primary_cap", "recovery", "segments", "gap_histogram", "data_quality",
    ]  # fmt: skip
    assert list(summary["generated_from"]) == ["inputs", "settings"]
    assert list(summary["generated_from"]["inputs"][0]) == [
        "path",
        "sha256",
        "rows",
        "first_at",
        "last_at",
    ]
    assert summary["reorientation"]["mean"]["ci_lower"] == 65.2
    assert summary["rows"]["dropped"] == full().rows.dropped
    assert list(summary["rows"]["dropped"]) == sorted(full().rows.dropped)


def test_paths_and_threads_change_generated_from_only() -> None:
    other = changed(
        full(),
        inputs=tuple(
            dataclasses.replace(i, path="/else/" + i.path) for i in full().generated_from.inputs
        ),
        settings={**full().generated_from.settings, "threads": 7},
    )
    one, two = json.loads(jsonfile.summary(full())), json.loads(jsonfile.summary(other))
    assert one.pop("generated_from") != two.pop("generated_from")
    assert one == two
    assert jsonfile.data_quality(full()) == jsonfile.data_quality(other)


def test_a_result_that_is_not_a_number_is_a_fault() -> None:
    broken = changed(full(), reorientation={"mean": Estimate(estimate=float("nan"))})
    with pytest.raises(ValueError, match="nan"):
        jsonfile.summary(broken)


def test_json_files_of_all(analysis: Analysis) -> None:
    for data in (jsonfile.summary(analysis), jsonfile.data_quality(analysis)):
        value = json.loads(data.decode(), parse_constant=pytest.fail)
        assert all(number == number for number in floats(value))  # noqa: PLR0124
        text = data.decode()
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\x9b" not in text
        value.pop("generated_from", None)
        assert "alice.smith@" not in json.dumps(value)


def test_json_keeps_names_exact_where_they_hold_no_secret() -> None:
    names = tuple(name for name in HOSTILE if "example" not in name and len(name) < 100)
    odd = changed(full(), roles={"productive": names})
    assert tuple(json.loads(jsonfile.summary(odd))["roles"]["productive"]) == names


def test_data_quality_has_the_ledger_and_the_checks() -> None:
    value = json.loads(jsonfile.data_quality(full()))
    assert list(value) == ["schema_version", "tool_version", "command", "rows", "checks"]
    assert value["rows"]["read"] == value["rows"]["used"] + sum(value["rows"]["dropped"].values())
    assert list(value["checks"][0]) == ["check", "severity", "count", "share", "action", "message"]


def test_page_says_the_numbers_of_the_summary() -> None:
    shown_text = rendered(full()).visible
    summary = json.loads(jsonfile.summary(full()))
    mean = summary["reorientation"]["mean"]
    interval = f"[{mean['ci_lower']:.0f} s, {mean['ci_upper']:.0f} s]"
    assert f"came after {mean['estimate']:.0f} s {interval} on average" in shown_text
    for part, names in (
        ("rows", ("read", "used")),
        ("counts", ("returns", "interruptions", "users", "not_returned", "followed_7d")),
        ("reorientation", ("eligible", "observed", "abandoned", "log_end")),
    ):
        assert all(f"{summary[part][name]:,}" in shown_text for name in names)
    share = summary["reorientation"]["productive_share"]
    assert f"{share:.0%}".replace("%", " %") in shown_text
    assert "51 s come from the 5.7 %" in shown_text
    assert "22 s come from the 94 %" in shown_text


def test_places_lose_their_queries() -> None:
    shown_text = rendered(changed(full(), counts={"interruptions": 1_000})).visible
    assert "https://app.example.com/doc/7" in shown_text
    assert "token" not in shown_text.split("Methods")[0]
    assert "abc#p" not in shown_text


def test_threshold_that_moves_the_result_is_said_before_the_headline() -> None:
    page = build.page(sensitive())
    assert "depends on the inactivity threshold" in page.first[0].text
    text = html.render(page).decode()
    assert text.index("depends on the inactivity threshold") < text.index("<h1>")
    assert "[3 min 21 s, 5 min 22 s]" in rendered(sensitive()).visible


def test_nothing_productive_says_what_to_do() -> None:
    shown_text = rendered(ALL["no_productive"]()).visible
    assert "Nothing productive can be seen" in shown_text
    assert "--productive" in shown_text
    assert "view_page (510,000)" in shown_text
    assert "Coming back" not in shown_text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty", "Nobody came back after a gap in this log"),
        ("one_user", "The log holds one user"),
        ("no_interruptions", "99.8 % of the returns followed a stop right after a task end"),
        ("no_interruptions", "no interruption to measure"),
        ("set_by_cap", "In 26 % [24 %, 28 %] of the interruptions people were back at work"),
        ("set_by_cap", "set by the cap: 11 min 5 s of it"),
        ("all_zero", "99.8 % of the interruptions the first event back is already productive"),
        ("coarse", "nothing finer than 2 min is printed"),
    ],
)
def test_every_hole_has_its_sentence(name: str, sentence: str) -> None:
    assert sentence in rendered(ALL[name]()).visible


def test_empty_things_make_sentences_not_charts() -> None:
    assert "figure" not in [tag for tag, _ in rendered(empty()).tags]
    tags = rendered(ALL["no_productive"]()).tags
    assert [a["aria-labelledby"] for t, a in tags if t == "figure"] == ["caption-gaps"]


def test_figures_have_a_name_and_their_numbers() -> None:
    tags = rendered(full()).tags
    figures = [a for t, a in tags if t == "figure"]
    ids = {a.get("id") for _, a in tags}
    assert [f["role"] for f in figures] == ["img"] * 8
    assert {f["aria-labelledby"] for f in figures} <= ids
    assert sum(t == "table" for t, _ in tags) == sum(t == "caption" for t, _ in tags)
    assert all(a.get("scope") in ("col", "row") for t, a in tags if t == "th")


def test_nothing_finer_than_twice_the_resolution_is_printed() -> None:
    page = build.page(coarse())
    back = next(s for s in page.sections if s.name == "back")
    words = str(back)
    seconds = [int(n) for n in re.findall(r"(?<![\d.])(\d+) s\b", words) if n != "0"]
    assert not seconds
    minutes = {int(n) for n in re.findall(r"(\d+) min", words)} - {15}
    assert all(n % 2 == 0 or n == 5 for n in minutes)  # 5 min is a point of the curve


def test_shown_ids_are_marked() -> None:
    shown = changed(full(), settings={**full().generated_from.settings, "show_ids": True})
    assert "shows user ids" in build.page(shown).first[0].text


def test_write_report_makes_four_files_and_overwrites_none(tmp_path: Path) -> None:
    write.write_report(tmp_path, full())
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "data_quality.json",
        "prediction.json",
        "report.html",
        "summary.json",
    ]
    with pytest.raises(FileExistsError):
        write.write_report(tmp_path, full())


def test_a_fault_in_the_middle_leaves_no_file(tmp_path: Path) -> None:
    broken = changed(full(), reorientation={"zero_share": float("inf")})
    with pytest.raises(ValueError, match="inf"):
        write.write_report(tmp_path, broken)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("seconds", "step", "text"),
    [
        (0, 0, "0.0 s"), (0.04, 0, "under 0.1 s"), (4.23, 0, "4.2 s"), (41.4, 0, "41 s"),
        (119.6, 0, "2 min"), (438, 0, "7 min 18 s"), (11_100, 0, "3 h 5 min"),
        (216_000, 0, "2.5 days"), (1.0, 2, "under 2 s"), (41.4, 2, "42 s"), (0, 2, "0 s"),
        (50, 120, "under 2 min"), (200, 120, "4 min"), (864_000, 0, "10 days"),
    ],
)  # fmt: skip
def test_durations(seconds: float, step: float, text: str) -> None:
    assert numbers.duration(seconds, step) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.0004, "under 0.1 %"), (0.034, "3.4 %"), (0.34, "34 %"), (0.0996, "10 %"),
     (0.9961, "99.6 %"), (0.99999, "over 99.9 %"), (1, "100 %")],
)  # fmt: skip
def test_percents(share: float, text: str) -> None:
    assert numbers.percent(share) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1800, "30 min"), (90, "1 min 30 s"), (3600, "1 h"), (253.4, "4 min 13 s"), (2.5, "2.5 s"),
     (86_400, "1 day"), (0, "0 s"), (7_265, "2 h 1 min 5 s")],
)  # fmt: skip
def test_exact_lengths(seconds: float, text: str) -> None:
    assert numbers.exact(seconds) == text


def test_the_parts_of_the_mean_add_up_as_printed() -> None:
    for estimate in (72.4, 72.6, 119.4, 9.96, 10.04):
        for charged in (0.0, 0.44, 0.5, 9.94, 51.5):
            if charged > estimate:
                continue
            some = changed(
                full(),
                reorientation={"mean": Estimate(estimate=estimate), "not_reached_seconds": charged},
            )
            parts = vocabulary.parts_of_mean(some)
            assert parts is not None
            total = numbers.round_to(estimate, 0)
            assert abs(sum(float(p.split()[0]) for p in parts) - total) < 0.06, (parts, total)


def test_charts_hold_no_text_from_data_and_no_colour_of_their_own() -> None:
    drawn = [
        charts.svg(GapsChart(bins=((1.0, 2.0, 0.5), (2.0, 4.0, 0.5)), threshold_seconds=3.0,
                             threshold_label="inactivity threshold 3 s")),
        charts.svg(CurveChart(points=((0.0, 0.1), (900.0, 0.9)), end_label="90 %")),
        charts.svg(WeekChart(counts=tuple((1,) * 24 for _ in range(7)))),
    ]  # fmt: skip
    for svg in drawn:
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="')
        assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", svg)
        assert "currentColor" in svg
        assert len(svg) < 60_000


def test_a_limit_outside_of_the_gaps_is_drawn() -> None:
    for limit in (0.5, 100.0):
        chart = GapsChart(
            bins=((1.0, 2.0, 1.0),), threshold_seconds=limit, threshold_label="inactivity threshold"
        )
        assert "inactivity threshold" in charts.svg(chart)


def test_heavy_imports_wait_for_the_first_chart() -> None:
    code = (
        "import sys\n"
        "from resume_gap.report.page import build\n"
        "from resume_gap.report.render import html, jsonfile, terminal\n"
        "from resume_gap.output import publish\n"
        "heavy = {'altair', 'vl_convert', 'duckdb', 'polars', 'numpy'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_hostile_names_are_text(tmp_path: Path) -> None:
    write.write_report(tmp_path, hostile())
    text = (tmp_path / "report.html").read_text()
    assert "<script" not in text
    assert "onerror=window.hit=1>" not in text
    assert "javascript:window" in text
    assert not re.search(r'href="(?!#|data:,")', text)
    for char in ("\x00", "\x07", "\x1b", "\x9b", "\u202e", "\u200b", "\ufeff", "\ufffe"):
        assert char not in text
    assert "\\u202e" in text
    assert "x" * 1_000 not in text
    assert "alice.smith" not in text
    assert "9f8e7d" not in text
    assert "{{ 7*7 }}" in text

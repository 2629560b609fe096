"""The page, the JSON files and the words on them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from factories.hostile_results import hostile
from factories.pages import METHODS_ONLY, NEVER, floats, rendered
from factories.results import ALL, empty, full

from resume_gap.output import write
from resume_gap.report.charts import svg as charts
from resume_gap.report.page import build
from resume_gap.report.render import html, jsonfile

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
    targets = {a["href"][1:] for t, a in page.tags if t == "a" and a.get("href", "")[:1] == "#"}
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
                assert value.startswith(("#", "data:text/csv;charset=utf-8,")) or value == "data:,"


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


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty", "Nobody came back after a gap in this log"),
        ("one_user", "The log holds one user"),
        ("no_interruptions", "99.8 % of the returns followed a stop right after a task end"),
        ("no_interruptions", "none of them to work that had stopped in mid-task"),
        ("set_by_cap", "In 26 % of the interruptions people were back at work"),
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
    assert [f["role"] for f in figures] == ["img"] * 15
    assert {f["aria-labelledby"] for f in figures} <= ids
    assert sum(t == "table" for t, _ in tags) == sum(t == "caption" for t, _ in tags)
    assert all(a.get("scope") in ("col", "row") for t, a in tags if t == "th")


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
    assert not re.search(r'href="(?!#|data:,"|data:text/csv;)', text)
    for char in ("\x00", "\x07", "\x1b", "\x9b", "\u202e", "\u200b", "\ufeff", "\ufffe"):
        assert char not in text
    assert "\\u202e" in text
    assert "x" * 1_000 not in text
    assert "alice.smith" not in text
    assert "9f8e7d" not in text
    assert "{{ 7*7 }}" in text

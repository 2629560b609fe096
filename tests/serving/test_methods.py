"""Every part of a report has its method, in a section that is there."""

from pathlib import Path

from resume_gap.schemas import schema
from resume_gap.serving.methods import METHODS, method_of

METHOD = Path(__file__).parents[2] / "docs" / "method.md"
ABOUT_ITSELF = {
    "schema_version",
    "tool_version",
    "command",
    "headline",
    "generated_from",
    "columns",
    "gap_histogram",
    "first_screen",
    "data_quality",
}


def test_every_part_with_figures_has_one() -> None:
    parts = {key for one in schema()["oneOf"] for key in one["properties"]}
    assert parts - ABOUT_ITSELF <= set(METHODS)


def test_the_sections_are_there() -> None:
    text = METHOD.read_text(encoding="utf-8")
    for part, one in METHODS.items():
        assert f"\n## {one.section}. " in text, part
        assert f"section {one.section} of docs/method.md" in method_of(part)


def test_what_describes_the_report_says_so() -> None:
    assert method_of("headline") == "This part describes the report itself."

"""What is made of the option table stands in the repository as it is made."""

import dataclasses

import pytest

from benchmarks.json_schemas import field_texts
from benchmarks.option_pages import PAGE, ROOT, files
from resume_gap.commands.registry import COMMANDS
from resume_gap.options.table import OPTIONS
from resume_gap.synthetic.parameters import Parameters

MADE = files()


@pytest.mark.parametrize("path", MADE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_generated_file_is_up_to_date(path) -> None:
    assert path.read_text("utf-8") == MADE[path], "run: python -m benchmarks.option_pages"


def test_every_option_is_in_the_page_with_its_bounds() -> None:
    text = PAGE.read_text("utf-8")
    for one in OPTIONS:
        assert f"`{one.flag}`" in text
        assert one.kind.bounds in text


def test_every_command_says_what_it_is_given() -> None:
    text = PAGE.read_text("utf-8")
    for name, known in COMMANDS.items():
        assert f"`resume-gap {name} " in text
        assert f"`{known.argument}`: {known.argument_help}" in text


def test_no_table_is_empty() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("|---")]
    assert [lines[n - 1] for n in heads if not lines[n + 1].startswith("|")] == []


def test_every_parameter_of_a_simulated_world_is_explained() -> None:
    names = {one.name for one in dataclasses.fields(Parameters)}
    assert names == set(field_texts(Parameters))
    assert all(f"| `{name}` |" in PAGE.read_text("utf-8") for name in names)

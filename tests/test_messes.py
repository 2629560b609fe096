"""Files with every mess: each is read with the reference's figures, or refused as it should be.

docs/messes.md says what the tool says of each; the parts of those that run are compared.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from oracles import log as oracle

from benchmarks.messes.logs import WORK
from benchmarks.messes.measure import outcome
from benchmarks.messes.mess import Made, Mess, Refused, Used
from benchmarks.messes.page import HEAD, part, parts_of
from benchmarks.messes.table import TABLE
from resume_gap.errors import ResumeGapError
from resume_gap.report.screen.log import lines
from resume_gap.report.text import vocabulary

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis

PAGE = Path(__file__).parents[1] / "docs" / "messes.md"
THRESHOLD = 30 * oracle.MINUTE
COUNTS = ("users", "sessions", "returns", "interruptions", "not_returned")


def cases() -> list[Any]:
    """The first of every second kind in every run, the others with `--full`."""
    return [
        pytest.param(
            mess, id=mess.name, marks=pytest.mark.full if place or kind % 2 or mess.long else ()
        )
        for kind, messes in enumerate(TABLE.values())
        for place, mess in enumerate(messes)
    ]


ALL = [mess for messes in TABLE.values() for mess in messes]


@pytest.mark.parametrize("mess", cases())
def test_what_becomes_of_it(mess: Mess) -> None:
    made = mess.make()
    found = outcome(mess, made)
    if isinstance(mess.expected, Refused):
        assert isinstance(found, ResumeGapError)
        is_refused(found, mess.expected)
    else:
        assert not isinstance(found, ResumeGapError), found
        is_used(found, mess.expected, made)
    assert part(mess, made, found) == parts_of(PAGE.read_text(encoding="utf-8"))[ALL.index(mess)]


def is_refused(error: ResumeGapError, expected: Refused) -> None:
    line = str(error)
    assert "\n" not in line
    assert len(line) < 600
    for one in expected.says:
        assert one in line
    assert error.exit_code == expected.status


def is_used(found: Analysis, expected: Used, made: Made) -> None:
    assert dict(found.rows.dropped) == dict(expected.dropped)
    assert found.rows.read == found.rows.used + sum(found.rows.dropped.values())
    on_screen = lines(found)[0].text
    for reason, n in found.rows.dropped.items():
        assert f"{vocabulary.dropped_reason(reason)} {n:,}" in on_screen
    codes = {check.check for check in found.data_quality}
    assert codes >= set(expected.finds)
    assert not codes & set(expected.quiet)
    text = " ".join(f"{check.message}; {check.action}" for check in found.data_quality)
    for one in expected.says:
        assert one in text
    agrees_with_the_reference(found, made)


def agrees_with_the_reference(found: Analysis, made: Made) -> None:
    for one in found.generated_from.inputs:
        name = one.path.partition("::")[0]
        assert one.sha256 == hashlib.sha256(made.files[name]).hexdigest()
    if not made.kept:
        return
    rows = [{**row, "timestamp_us": row["at_us"]} for row in made.kept]
    roles = oracle.Roles(productive=frozenset({WORK}))
    expected = oracle.measure(rows, roles, THRESHOLD)
    assert found.rows.used == found.counts.events == len(rows)
    for name in COUNTS:
        assert getattr(found.counts, name) == expected.counts[name], name
    sums = [user["reorientation_sum_us"] for user in expected.users.values()]
    eligible = sum(user["eligible"] for user in expected.users.values())
    assert found.reorientation.eligible == eligible
    mean = found.reorientation.mean.estimate
    if mean is not None:
        assert mean == pytest.approx(sum(sums) / eligible / oracle.SECOND)


def test_the_page_has_every_mess() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.startswith(HEAD)
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == list(TABLE)
    firsts = [one.splitlines()[0] for one in parts_of(page)]
    assert len(firsts) == len(ALL)
    for first, mess in zip(firsts, ALL, strict=True):
        assert first.startswith(f"- {mess.what} ")


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len(ALL) >= 120
    assert len({mess.name for mess in ALL}) == len(ALL)
    assert all(mess.what.endswith(".") for mess in ALL)

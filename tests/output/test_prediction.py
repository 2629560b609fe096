"""The sealed prediction: it says what was said, and that nobody changed it since."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from factories.results import ALL, changed, full
from hypothesis import given
from hypothesis import strategies as st

from resume_gap.errors import DataError
from resume_gap.output.prediction import prediction, verify

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis


@pytest.fixture(params=ALL, ids=str)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return ALL[request.param]()


def test_what_was_sealed_opens(analysis: Analysis) -> None:
    data = prediction(analysis)
    assert prediction(analysis) == data
    content = verify(data)
    assert content["best"] == analysis.marker.best
    assert content["threshold"]["seconds"] == analysis.threshold.seconds
    assert len(content["policies"]) == len(analysis.marker.policies)


def test_what_stands_in_it() -> None:
    content = verify(prediction(full()))
    assert list(content) == [
        "schema_version", "tool_version", "command", "generated_from", "threshold", "cap_seconds",
        "roles", "reorientation_mean", "policies", "best", "rung_4", "search_upper_seconds",
        "scenarios", "recommendation", "reason", "sha256",
    ]  # fmt: skip
    assert content["generated_from"]["inputs"][0] == {
        "path": "data/events-2026-03.parquet",
        "sha256": "ab" * 32,
        "rows": 700_000,
    }
    assert content["generated_from"]["settings"]["tz"] == "Europe/Berlin"
    assert content["threshold"] == {"seconds": 1_800.0, "source": "fallback"}
    assert content["roles"]["productive"] == ["edit_cell", "add_row", "write_comment"]
    assert content["reorientation_mean"]["n"] == 8_301
    assert content["reorientation_mean"]["ci_lower"] == 65.2
    assert content["policies"][1]["name"] == "last_productive"
    assert content["policies"][1]["hit"] == 0.58
    assert content["policies"][1]["n"] == 8_301
    assert content["rung_4"] == {"upper": 6.1, "ci_lower": 4.9, "ci_upper": 7.3}
    assert content["search_upper_seconds"] == 7.3
    assert [case["name"] for case in content["scenarios"]] == ["low", "middle", "high"]
    assert content["recommendation"] == "test"


def test_the_seal_is_the_hash_that_the_handbook_says() -> None:
    content = json.loads(prediction(full()))
    seal = content.pop("sha256")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == seal


def test_layout_is_not_content() -> None:
    content = json.loads(prediction(full()))
    again = json.dumps(dict(sorted(content.items())), indent=7).encode()
    assert verify(again) == content


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"0.58", b"0.48"), (b'"test"', b'"build"'), (b'"edit_cell"', b'"edit_row"'),
     (b'"rows": 700000', b'"rows": 700001'), (b"7.3", b"7.30001"), (b"1800.0", b"1800")],
)  # fmt: skip
def test_one_changed_figure_is_seen(old: bytes, new: bytes) -> None:
    data = prediction(full())
    assert old in data
    with pytest.raises(DataError, match="changed after it was written") as caught:
        verify(data.replace(old, new, 1))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not valid JSON"), (b"\xff\xfe", "not valid JSON"), (b"[" * 100_000, "not valid"),
        (b'{"sha256": NaN}', "not valid JSON"), (b"[]", "holds no sha256"),
        (b'{"sha256": 1}', "holds no sha256"), (b"{}", "holds no sha256"),
        (b'{"a": 1, "a": 2, "sha256": "x"}', "not valid JSON"),
        (b'{"a": 1e999, "sha256": "x"}', "not valid JSON"),
    ],
)  # fmt: skip
def test_what_is_no_prediction_says_so(data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        verify(data)
    assert "\n" not in str(caught.value)


def test_another_schema_is_refused() -> None:
    content = json.loads(prediction(full()))
    content["schema_version"] = 99
    content.pop("sha256")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    with pytest.raises(DataError, match="schema 99"):
        verify(json.dumps(content).encode())


@given(st.text(max_size=60), st.floats(0, 1))
def test_any_name_and_any_share_come_back(name: str, hit: float) -> None:
    found = full()
    policies = tuple(dataclasses.replace(p, hit=hit) for p in found.marker.policies)
    odd = changed(found, marker={"policies": policies}, roles={"productive": (name,)})
    content = verify(prediction(odd))
    assert content["policies"][0]["hit"] == hit

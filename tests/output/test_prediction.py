"""The sealed prediction: it says what was said, and that nobody changed it since."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from factories.results import ALL, changed, full
from factories.strategies import LETTERS
from hypothesis import given
from hypothesis import strategies as st

from resume_gap.errors import DataError, UsageError
from resume_gap.output.prediction import SCHEMA, prediction, verify
from resume_gap.replay.target_rules import POLICIES

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
        "schema_version",
        "tool_version",
        "command",
        "generated_from",
        "threshold",
        "cap_seconds",
        "primary_cap",
        "roles",
        "reorientation_mean",
        "excess",
        "policies",
        "best",
        "rung_4",
        "search_upper_seconds",
        "with_give_ups",
        "scenarios",
        "recommendation",
        "reason",
        "sha256",
    ]
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
    assert content["excess"] == {
        "word": "longer",
        "lower": 28.0,
        "upper": 41.0,
        "ci_lower": 20.1,
        "ci_upper": 48.8,
    }
    assert content["policies"][1]["name"] == "last_productive"
    assert content["policies"][1]["hit"] == 0.58
    assert content["policies"][1]["n"] == 8_301
    assert content["rung_4"] == {"upper": 6.1, "ci_lower": 4.9, "ci_upper": 7.3}
    assert content["search_upper_seconds"] == 7.3
    assert [case["name"] for case in content["scenarios"]] == ["low", "middle", "high"]
    assert content["recommendation"] == "test"
    assert content["primary_cap"]["seconds"] == 120.0
    assert content["primary_cap"]["users_per_arm"] == 1_912
    assert content["primary_cap"]["caps"][-1] == {"seconds": 900.0, "users_per_arm": None}


def test_a_rule_without_a_hit_rate_rests_on_nothing() -> None:
    found = full()
    none = {"hit": None, "ci_lower": None, "ci_upper": None, "reason": "order_unknown"}
    policies = tuple(dataclasses.replace(one, **none) for one in found.marker.policies[:1])
    content = verify(prediction(changed(found, marker={"policies": policies, "best": None})))
    assert content["policies"] == [{"name": policies[0].name, **none, "n": 0}]


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
    [
        (b"0.58", b"0.48"),
        (b'"test"', b'"build"'),
        (b'"edit_cell"', b'"edit_row"'),
        (b'"rows": 700000', b'"rows": 700001'),
        (b"7.3", b"7.30001"),
        (b"1800.0", b"1800"),
    ],
)
def test_one_changed_figure_is_seen(old: bytes, new: bytes) -> None:
    data = prediction(full())
    assert old in data
    with pytest.raises(DataError, match="changed after it was written") as caught:
        verify(data.replace(old, new, 1))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"[" * 100_000, "not valid"),
        (b'{"sha256": NaN}', "holds no sha256"),
        (b'{"a": NaN, "sha256": "x"}', "not valid JSON"),
        (b"[]", "holds no sha256"),
        (b'{"sha256": 1}', "holds no sha256"),
        (b"{}", "holds no sha256"),
        (b'{"a": 1, "a": 2, "sha256": "x"}', "not valid JSON"),
        (b'{"a": 1e999, "sha256": "x"}', "not valid JSON"),
    ],
)
def test_what_is_no_prediction_says_so(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        verify(data)
    assert "\n" not in str(caught.value)


def test_another_schema_is_refused() -> None:
    content = json.loads(prediction(full()))
    content["schema_version"] = 99
    content.pop("sha256")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    with pytest.raises(UsageError, match="schema 99"):
        verify(json.dumps(content).encode())


def sealed(content: dict[str, Any]) -> bytes:
    """What a forger would write: any content with a seal that fits."""
    rest = {key: value for key, value in content.items() if key != "sha256"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return json.dumps(rest | {"sha256": hashlib.sha256(text.encode()).hexdigest()}).encode()


def refused(content: dict[str, Any]) -> str:
    with pytest.raises(UsageError) as caught:
        verify(sealed(content))
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    return str(caught.value)


def changed_at(place: str, value: object) -> dict[str, Any]:
    """A good prediction with one value changed; a place like policies.1.hit."""
    content: Any = json.loads(prediction(full()))
    holder = content
    *path, last = place.split(".")
    for step in path:
        holder = holder[int(step) if isinstance(holder, list) else step]
    holder[int(last) if isinstance(holder, list) else last] = value
    return content


NUMBERS = {
    "threshold.seconds": (1, 31_536_000),
    "cap_seconds": (0.001, 31_536_000),
    "primary_cap.seconds": (0.001, 31_536_000),
    "primary_cap.users_per_arm": (1, 10**15),
    "primary_cap.search.ci_upper": (-1e9, 1e9),
    "reorientation_mean.n": (0, 10**15),
    "policies.0.hit": (0, 1),
    "policies.0.ci_lower": (0, 1),
    "policies.0.n": (0, 10**15),
    "scenarios.0.noticed": (0, 1),
    "scenarios.0.removed": (0, 1),
    "scenarios.0.wrong_cost_seconds": (0, 1e9),
    "scenarios.0.saving_seconds": (-1e9, 1e9),
    "search_upper_seconds": (-1e9, 1e9),
    "generated_from.inputs.0.rows": (0, 10**15),
    "generated_from.settings.until_us": (-(10**17), 10**17),
}


@pytest.mark.parametrize("place", NUMBERS)
def test_a_sealed_number_out_of_bounds_is_refused(place: str) -> None:
    low, high = NUMBERS[place]
    for value in (low, high):
        verify(sealed(changed_at(place, value)))
    below, above = (
        (low - 1, high + 1)
        if place.endswith((".n", ".rows", "_us"))
        else (math.nextafter(low, -math.inf), math.nextafter(high, math.inf))
    )
    for value in (below, above, 10**400, -(10**400), "1", True, [1], {}):
        said = refused(changed_at(place, value))
        assert "malformed" in said
        assert place.rsplit(".", maxsplit=1)[-1] in said


def test_thresholds_are_positive() -> None:
    for value in (0, -1800, 0.0, -0.0, None):
        assert "threshold.seconds" in refused(changed_at("threshold.seconds", value))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("threshold", None),
        ("threshold", []),
        ("threshold.source", "guessed"),
        ("best", "nobody"),
        ("best", 5),
        ("policies", {}),
        ("policies", [{}]),
        ("policies.0", None),
        ("policies.0.name", "x"),
        ("scenarios", None),
        ("scenarios.0", []),
        ("scenarios.0.name", "x"),
        ("generated_from", None),
        ("generated_from.inputs", None),
        ("generated_from.inputs", [None]),
        ("generated_from.inputs.0.sha256", "ab"),
        ("generated_from.settings", []),
        ("generated_from.settings.until_us", "2026-03-01"),
        ("reorientation_mean", None),
        ("roles", []),
        ("roles.away", "x"),
        ("roles.away", [1]),
        ("rung_4", None),
        ("recommendation", "maybe"),
        ("command", "plan"),
        ("tool_version", 1),
        ("schema_version", True),
        ("schema_version", "2"),
        ("reason", 5),
    ],
)
def test_a_sealed_value_of_another_type_is_refused(place: str, value: object) -> None:
    refused(changed_at(place, value))


@pytest.mark.parametrize("key", [key for key in SCHEMA.keys if key != "sha256"])
def test_a_sealed_file_without_a_key_is_refused(key: str) -> None:
    content = json.loads(prediction(full()))
    del content[key]
    refused(content)


def test_a_file_of_an_earlier_version_has_no_bounds_at_first_returns() -> None:
    content = json.loads(prediction(full()))
    for key in ("first_returns", "search", "with_give_ups"):
        del content["primary_cap"][key]
    assert "search" not in verify(sealed(content))["primary_cap"]


def test_more_policies_or_deep_settings_are_refused() -> None:
    content = json.loads(prediction(full()))
    content["policies"] *= 9
    assert f"at most {len(POLICIES)}" in refused(content)
    deep: Any = 1
    for _ in range(50):
        deep = [deep]
    assert "levels" in refused(changed_at("generated_from.settings.by", deep))


def test_more_keys_are_let_through() -> None:
    content = json.loads(prediction(full())) | {"primary_cap_seconds": 60}
    assert verify(sealed(content))["primary_cap_seconds"] == 60


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(LETTERS, max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=3), inner)
    ),
    max_leaves=6,
)
PLACES = [*NUMBERS, *SCHEMA.keys, "policies.0", "scenarios.0", "roles.away", "threshold.source"]


@given(st.sampled_from(PLACES), JSON)
def test_any_resealed_change_is_taken_or_refused_in_one_line(place: str, value: object) -> None:
    said = ""
    try:
        content = verify(sealed(changed_at(place, value)))
    except (UsageError, DataError) as error:
        said = str(error)
    else:
        assert 1 <= content["threshold"]["seconds"] <= 31_536_000
        assert content["best"] is None or content["best"] in POLICIES
    assert "\n" not in said


@given(st.text(LETTERS, max_size=60), st.floats(0, 1))
def test_any_name_and_any_share_come_back(name: str, hit: float) -> None:
    found = full()
    policies = tuple(dataclasses.replace(p, hit=hit) for p in found.marker.policies)
    odd = changed(found, marker={"policies": policies}, roles={"productive": (name,)})
    content = verify(prediction(odd))
    assert content["policies"][0]["hit"] == hit


def test_what_does_not_fit_its_schema_is_not_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(content: dict[str, Any], place: str) -> None:
        assert set(content) >= {"best", "threshold", "policies"}
        assert place == ""
        raise DataError("no")

    monkeypatch.setattr(type(SCHEMA), "check", lambda _, content, place: refuse(content, place))
    with pytest.raises(DataError, match="no"):
        prediction(full())

"""The result of `compare` as JSON: the names of the contract, and nothing that is no number."""

from __future__ import annotations

from factories.launch_results import COMPARED, shorter

from resume_gap.results.common import plain


def test_the_contract_s_names_are_there() -> None:
    content = plain(shorter())["comparison"]
    assert {"design", "trust", "primary", "horizons", "verdict"} <= set(content)
    assert set(content["primary"]) >= {
        "horizon_days",
        "estimate",
        "ci_lower",
        "ci_upper",
        "p",
        "placebos",
        "least_p",
        "as_large",
    }
    assert set(content["verdict"]) == {"word", "reason", "figures"}
    assert "prediction" not in plain(shorter())


def test_every_result_is_json() -> None:
    for make in COMPARED.values():
        assert plain(make())["command"] == "compare"

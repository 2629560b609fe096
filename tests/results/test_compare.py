"""The result of `compare` as JSON: the names of the contract, and nothing that is no number."""

from __future__ import annotations

from factories.launch_results import COMPARED, shorter

from resume_gap.results.common import Estimate, plain
from resume_gap.results.compare import HorizonEffect


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


def test_what_is_saved_has_the_other_sign_and_its_ends_swapped() -> None:
    effect = HorizonEffect(horizon_days=14, estimate=-8.1, ci_lower=-12.0, ci_upper=4.2)
    assert effect.saved == Estimate(estimate=8.1, ci_lower=-4.2, ci_upper=12.0)
    assert HorizonEffect(horizon_days=14).saved == Estimate()

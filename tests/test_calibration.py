"""The calibration: same seed, same bytes, however it is run; every gate on the page."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import resume_gap

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.calibration import __main__ as command  # noqa: E402
from benchmarks.calibration import ci, page  # noqa: E402
from benchmarks.calibration.gates import (  # noqa: E402
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    judge,
    mean,
    ratio,
    ratio_less_ratio,
    share,
)
from benchmarks.calibration.logs import (  # noqa: E402
    COMPLETING_NAMES,
    PRODUCTIVE_NAMES,
    run_log,
)
from benchmarks.calibration.luck import Luck  # noqa: E402
from benchmarks.calibration.planted import Log, Planted, draw_planted  # noqa: E402
from benchmarks.calibration.registry import FAMILIES, LATER, chosen  # noqa: E402
from benchmarks.calibration.runner import Runner, batch_seed  # noqa: E402
from benchmarks.calibration.sources import closure, fingerprint  # noqa: E402
from benchmarks.calibration.streams import draw_streams  # noqa: E402
from benchmarks.calibration.trials import (  # noqa: E402
    CLUSTERED,
    MARKER,
    UNKNOWN,
    Population,
    looked_at,
    populate,
    quickly,
)
from benchmarks.calibration.verdicts import judge_trial, launch  # noqa: E402
from benchmarks.calibration.worlds import WorldSums, by_world  # noqa: E402
from resume_gap.synthetic import World, simulate  # noqa: E402
from resume_gap.trial import effects  # noqa: E402

TRIAL_OF_MANY: dict[str, Any] = {k: v for k, v in CLUSTERED.items() if k != "population"} | MARKER
GATE = Gate("g", "what", Band(0.93, 0.97), "share", lambda _: [])


def small(family: Family, *, keep: int | None = None) -> Family:
    """The same with batches of two and small populations; all experiments, or the first so many."""
    experiments = tuple(
        replace(e, batch=2, parameters=_few(e.parameters)) for e in family.experiments[:keep]
    )
    return replace(family, experiments=experiments)


def _few(parameters: Mapping[str, Any]) -> dict[str, Any]:
    if "population" not in parameters:
        return dict(parameters)
    users = {"users": 500} if "users" in parameters else {}
    return {**parameters, "population": 1_500, **users}


def runner(work: Path, *, jobs: int = 1, seed: int = 1) -> Runner:
    return Runner(seed=seed, jobs=jobs, work=work, report=lambda _key, _n: None)


def experiments(families: Iterator[Family]) -> list[Experiment]:
    return [e for family in families for e in family.experiments]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> page.Findings:
    """Two replications of everything."""
    families = [small(family) for family in FAMILIES]
    records = runner(tmp_path_factory.mktemp("tiny"), jobs=2).records(experiments(families), 2)
    return page.judged(families, records, seed=1, replications=2, full=False)


@pytest.mark.full
def test_jobs_resumption_and_length_change_no_byte(tmp_path: Path) -> None:
    some = [small(family, keep=1) for family in FAMILIES]
    some.append(replace(some[0], experiments=(small(FAMILIES[0]).experiments[-1],)))
    drawn = experiments(some)
    alone = runner(tmp_path / "one").records(drawn, 4)
    both = runner(tmp_path / "two", jobs=2)
    first = both.records(drawn, 2)
    assert both.missing(drawn, 4) == 2 * len(drawn)
    resumed = both.records(drawn, 4)
    assert json.dumps(alone) == json.dumps(resumed)
    assert {key: found[:2] for key, found in resumed.items()} == first
    assert both.missing(drawn, 4) == 0
    other = drawn[1].draw(batch_seed(2, drawn[1].key, 0), 2, **drawn[1].parameters)
    assert other != first[drawn[1].key]


@pytest.mark.full
def test_page_and_json_hold_every_gate(tiny: page.Findings, tmp_path: Path) -> None:
    page.write(tiny, tmp_path)
    text = (tmp_path / "calibration.md").read_text(encoding="utf-8")
    content = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    gates = [gate for family in FAMILIES for gate in family.gates]
    assert [g["name"] for part in content["parts"] for g in part["gates"]] == [
        g.name for g in gates
    ]
    for gate in gates:
        assert f"\n### {gate.name}\n" in text
        if gate.band is not None:
            assert f" | {gate.name} | " in text
    for part in content["parts"]:
        assert all(gate["figures"] for gate in part["gates"])
    assert "python -m benchmarks.calibration --ci" in text
    assert all(f"| {name} |" in text for name, _ in LATER)
    assert str(ROOT) not in text
    assert str(ROOT) not in json.dumps(content)


@pytest.mark.full
def test_writing_twice_gives_the_same_bytes(tiny: page.Findings, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        page.write(tiny, tmp_path / name)
    for name in ("calibration.md", "calibration.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_committed_page_is_of_these_gates() -> None:
    content = json.loads((ROOT / "docs" / "calibration.json").read_text(encoding="utf-8"))
    assert [part["name"] for part in content["parts"]] == [f.name for f in FAMILIES]
    for part, family in zip(content["parts"], FAMILIES, strict=True):
        assert [g["name"] for g in part["gates"]] == [g.name for g in family.gates]
        for written, gate in zip(part["gates"], family.gates, strict=True):
            band = gate.band
            assert written["band"] == (band and {"low": band.low, "high": band.high})
    assert content["failed"] == 0


@pytest.mark.parametrize(
    ("value", "error", "n", "full", "verdict"),
    [
        (0.93, 0.01, 400, False, "holds"),
        (0.92, 0.01, 400, False, "within_error"),
        (0.90, 0.01, 400, False, "fails"),
        (0.92, 0.005, 2000, True, "extend"),
        (0.91, 0.005, 2000, True, "fails"),
        (0.929, 0.0025, 10_000, True, "fails"),
        (0.97, 0.0025, 10_000, True, "holds"),
        (None, None, 0, False, "fails"),
    ],
)
def test_verdicts_follow_the_methods_rule(
    value: float | None, error: float | None, n: int, full: bool, verdict: str
) -> None:
    assert judge(GATE, Figure("e", "l", value, error, n), full=full) == verdict


def test_figures_by_hand() -> None:
    found = share("e", "l", [True, True, False, True])
    assert (found.value, found.n) == (0.75, 4)
    assert found.error == pytest.approx((5 / 8 * 3 / 8 / 8) ** 0.5)
    assert share("e", "l", [False] * 96).error == pytest.approx((0.02 * 0.98 / 100) ** 0.5)
    found = mean("e", "l", [1.0, 3.0])
    assert (found.value, found.error) == (2.0, 1.0)
    found = ratio("e", "l", [(1, 2), (3, 2), (0, 0)])
    assert (found.value, found.n) == (1.0, 2)
    assert found.error == pytest.approx(((1 + 1) * 2) ** 0.5 / 4)
    same = ratio_less_ratio("e", "l", [(1, 2, 1, 2), (3, 5, 3, 5)])
    assert (same.value, same.error) == (0.0, 0.0)


def test_seeds_differ_and_fit() -> None:
    seeds = {batch_seed(1, key, number) for key in ("a", "b") for number in range(50)}
    assert len(seeds) == 100
    assert all(0 <= seed < 2**62 for seed in seeds)


def test_experiments_have_keys_of_their_own() -> None:
    keys = [e.key for e in experiments(iter(FAMILIES))]
    assert len(set(keys)) == len(keys)
    for family in FAMILIES:
        assert all(e.key.startswith(f"{family.key}.") for e in family.experiments)


@pytest.mark.full
def test_only_what_is_asked_for_is_forgotten(tmp_path: Path) -> None:
    one, other = (small(family, keep=1).experiments for family in (FAMILIES[0], chosen("hits")[0]))
    drawing = runner(tmp_path)
    drawing.records([*one, *other], 2)
    drawing.forget(one)
    assert drawing.missing(one, 2) == 2
    assert drawing.missing(other, 2) == 0


def test_a_batch_depends_on_the_code_that_draws_it_and_no_other() -> None:
    threshold, hits = (chosen(name)[0].experiments[0].draw for name in ("threshold", "hits"))
    mine = closure(threshold.__module__)
    assert {"benchmarks.calibration.logs", "resume_gap.synthetic.gaps"} < set(mine)
    assert "benchmarks.calibration.planted" in closure(hits.__module__)
    assert not {"benchmarks.calibration.planted", "benchmarks.calibration.page"} & set(mine)
    assert all(path.is_file() for path in mine.values())
    same = fingerprint(hits, parameters={"users": 1}, more="")
    assert same == fingerprint(hits, parameters={"users": 1}, more="")
    assert same != fingerprint(hits, parameters={"users": 2}, more="")
    assert same != fingerprint(threshold, parameters={"users": 1}, more="")


@pytest.fixture(scope="module")
def planted_log() -> tuple[Log, list[WorldSums]]:
    people = Planted(users=30, returns=6.0, leaves=0.2, shares=(0.2, 0.3, 0.2, 0.2, 0.1))
    drawn = draw_planted(5, 3, people)
    run = run_log(
        drawn.log,
        until_us=drawn.until_us,
        columns=("target",),
        with_returns=False,
        with_replay=True,
    )
    return drawn, by_world(run, 3)


def test_planted_hits_are_what_the_replay_finds(planted_log: tuple[Log, list[WorldSums]]) -> None:
    drawn, worlds = planted_log
    for name, planted in drawn.columns.items():
        found = [int(world.sums.columns[name].sum()) for world in worlds]
        assert found == planted.reshape(3, 30).sum(axis=1).tolist(), name
        assert min(found) > 0, name


def test_worlds_are_taken_apart_whole(planted_log: tuple[Log, list[WorldSums]]) -> None:
    drawn, worlds = planted_log
    users = drawn.log["user_id"].unique()
    assert [w.users for w in worlds] == [
        users.str.starts_with(f"w{number:04}-").sum() for number in range(3)
    ]
    for world in worlds:
        assert int(world.by_stop.n.sum()) == int(world.sums.columns["eligible"].sum())


@pytest.mark.parametrize("excess_seconds", [0.0, 40.0])
def test_planted_streams_hold_what_they_say(excess_seconds: float) -> None:
    streams = draw_streams(3, 2, users=40, returns=5.0, excess_seconds=excess_seconds, days=4)
    run = run_log(
        streams.log, until_us=streams.until_us, columns=(), with_returns=False, with_replay=True
    )
    worlds = by_world(run, 2)
    found = [int(world.sums.columns["eligible"].sum()) for world in worlds]
    assert found == streams.interruptions.tolist()
    planted = streams.excess_us.sum() / streams.interruptions.sum() / 1e6
    assert 0.9 * excess_seconds <= planted <= excess_seconds
    first = by_world(run, 2, first=10)
    assert all(few.users <= 10 < all_.users for few, all_ in zip(first, worlds, strict=True))


@pytest.fixture(scope="module")
def trial_of_many() -> Population:
    return populate(5, **{**CLUSTERED, **MARKER, "population": 600, "launch_day": 2})


def test_trials_drawn_from_a_population_are_their_users(trial_of_many: Population) -> None:
    whole = trial_of_many.trial
    everybody = trial_of_many.some(np.arange(trial_of_many.users))
    assert everybody.users.equals(whole.users)
    assert everybody.returns.equals(whole.returns)
    picked = np.array([7, 3, 3, 400])
    treated = np.array([True, False, True, False])
    some = trial_of_many.some(picked, treated)
    assert some.users["assigned_no"].to_list() == [1, 2, 3, 4]
    assert some.treated.tolist() == treated.tolist()
    for number, user in enumerate(picked.tolist(), start=1):
        mine = some.counted.filter(pl.col("assigned_no") == number)
        theirs = whole.counted.filter(pl.col("assigned_no") == user + 1)
        assert mine["reorientation_us"].to_list() == theirs["reorientation_us"].to_list()
        assert mine["is_treated"].to_list() == [treated[number - 1]] * theirs.height
    sums = whole.users["eligible"].to_numpy()
    assert np.diff(trial_of_many.edges).tolist() == sums.tolist()


def test_outcomes_of_both_worlds_stand_beside_what_was_measured(trial_of_many: Population) -> None:
    people = trial_of_many
    seconds = people.trial.returns["reorientation_us"].to_numpy() / 1e6
    treated = people.treated_rows
    assert np.allclose(seconds, np.where(treated, people.with_marker, people.without), atol=1e-6)
    assert people.effects[people.firsts].mean() < -5


def test_looks_are_those_of_the_product(trial_of_many: Population) -> None:
    trial = trial_of_many.trial
    looks = effects.looks_of(trial, 5, 700, alpha=0.05)
    found = effects.at_every_look(effects.first_return(trial, 1), looks, alpha=0.05)
    firsts = trial.firsts
    y, treated = firsts["reorientation_us"].to_numpy() / 1e6, firsts["is_treated"].to_numpy()
    # So few of one arm among the first 40 that there is no interval.
    early, last = looked_at(y, treated, [40, firsts.height], 700, alpha=0.05)
    assert (early.users, early.ci_lower, early.alarm, early.fixed_alarm) == (40, None, False, False)
    assert last.ci_lower == pytest.approx(found.ci_lower)
    assert last.ci_upper == pytest.approx(found.ci_upper)


def test_quick_effects_are_the_products(trial_of_many: Population) -> None:
    trial = trial_of_many.trial
    slow = effects.first_return(trial, 1), effects.all_returns(trial, (UNKNOWN,), 1)
    with quickly(100):
        assert (effects.first_return(trial, 1), effects.all_returns(trial, (UNKNOWN,), 1)) == slow
        few = effects.first_return(trial_of_many.some(np.arange(90)), 1).effect
    assert few.method == "permutation"
    assert few.p is not None
    assert few.p * 101 == pytest.approx(round(few.p * 101))


def test_luck_has_no_part_in_a_whole_population(trial_of_many: Population) -> None:
    """Over all users, what an estimate has besides bias is luck, and the sum is exact."""
    people = trial_of_many
    luck = Luck(people, 0)
    everybody = np.arange(people.users)
    estimate = effects.first_return(people.trial, 1).effect.estimate
    assert estimate is not None
    left = estimate - luck.truth - luck.of(everybody)
    assert abs(left) < 0.2 * abs(estimate - luck.truth)


def test_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert chosen("coverage") == (FAMILIES[2],)
    assert command.main(["--only", "nonsense"]) == 2
    assert ", ".join(family.name for family in FAMILIES) in capsys.readouterr().err


def committed() -> dict[str, Any]:
    return json.loads((ROOT / "docs" / "calibration.json").read_text(encoding="utf-8"))


def test_ci_draws_fewer_only_where_no_figure_came_near_its_band() -> None:
    drawn = experiments(iter(FAMILIES))
    content = committed()
    wanted = ci.replications(drawn, content)
    assert set(wanted) == {e.key for e in drawn}
    assert {20, 50, 100, 400} <= set(wanted.values()) <= {5, 20, 40, 80, 50, 100, 200, 400}
    assert all(wanted[e.key] == e.ci for e in drawn if e.ci is not None)
    assert wanted["decision.null_30"] == 50  # 0 and 1 in all replications
    key = next(key for key, number in wanted.items() if number == 50)
    judged = [
        (gate, figure)
        for part in content["parts"]
        for gate in part["gates"]
        if gate["band"]
        for figure in gate["figures"]
        if figure["experiment"] == key
    ]
    gate, figure = judged[0]
    edge = gate["band"]["low"] if gate["band"]["low"] is not None else gate["band"]["high"]
    figure["value"], figure["monte_carlo_error"] = edge, 0.01
    assert ci.replications(drawn, content)[key] > 50
    asked = [e for e in drawn if e.ci is None]
    assert set(ci.replications(asked, {"parts": []}).values()) == {100, 400}


def test_a_run_of_one_part_keeps_the_others_on_the_page() -> None:
    content = committed()
    before = page.read_again(content, FAMILIES)
    one = FAMILIES[1]
    figures = tuple(
        page.Finding(f.gate, f.figures, ("within_error",) * len(f.figures))
        for f in before.by_family[one.name]
    )
    drawn = page.Findings(1, 30, False, (one,), {one.name: figures})
    found = page.joined(drawn, content, FAMILIES)
    assert (found.seed, found.replications, found.families) == (
        before.seed,
        before.replications,
        FAMILIES,
    )
    assert found.by_family[one.name] == figures
    assert found.by_family[FAMILIES[0].name] == before.by_family[FAMILIES[0].name]
    assert found.apart[one.name] == 30
    assert page.as_json(found)["parts"][1]["replications"] == 30
    assert "**30 replications**" in page.as_markdown(found)
    again = page.joined(replace(drawn, replications=before.replications), content, FAMILIES)
    assert one.name not in again.apart


@pytest.mark.full
def test_a_verdict_over_users_is_that_of_evaluate(tmp_path: Path) -> None:
    planted = {**TRIAL_OF_MANY, "first_showing_seconds": 60.0, "restored_share": 0.0}
    people = launch(5, population=600, **planted)
    found = judge_trial(people, np.arange(600), people.trial.treated, seed=0, company_known=False)
    cut_days = float(planted.pop("cut_days"))
    world = World(users=600, launch="trial", cut_days=cut_days, **planted)
    made = simulate(world, seed=5)
    assert made.assignments is not None
    made.log.write_parquet(tmp_path / "log.parquet")
    made.assignments.write_parquet(tmp_path / "arms.parquet")
    expected = resume_gap.evaluate(
        str(tmp_path / "log.parquet"),
        assignments=str(tmp_path / "arms.parquet"),
        gap="30m",
        until="2025-03-07T12:00:00Z",
        marker={"shown": ["marker_shown"]},
        productive=PRODUCTIVE_NAMES,
        complete=COMPLETING_NAMES,
    ).evaluation
    assert found.verdict == expected.verdict
    assert found.estimate == pytest.approx(expected.primary.estimate)
    warned = tuple(c.name for c in expected.trust.checks if c.status == "warned")
    assert found.warned == warned


def test_words_are_written_anew_around_the_same_figures(tmp_path: Path) -> None:
    page.write(page.read_again(committed(), FAMILIES), tmp_path)
    for name in ("calibration.md", "calibration.json"):
        again = (tmp_path / name).read_text(encoding="utf-8")
        assert again == (ROOT / "docs" / name).read_text(encoding="utf-8"), (
            "run: python -m benchmarks.calibration --words"
        )

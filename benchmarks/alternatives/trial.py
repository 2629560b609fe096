"""The sample trial by Welch's t on rows, by GrowthBook's statistics and by `evaluate`."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from benchmarks.alternatives.figures import Method, Trial
from benchmarks.alternatives.sessions import MARKER, capped_mean, truth_of
from resume_gap import evaluate
from resume_gap.stats.arms import Arm
from resume_gap.stats.difference import compare

if TYPE_CHECKING:
    from resume_gap.results.evaluate import Evaluated
    from resume_gap.stats.difference import Difference

ALPHA: Final = 0.05
WIN: Final = 0.95
"""A chance to win above this, or below its counterpart, counts as an effect that is reported."""
SPLITS: Final = 1000
SEED: Final = 20250310
NAME: Final = "marker_trial"

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Measures:
    """What every method is given.

    Attributes:
        treated: (users) the arms of the sample.
        row_user: (rows) position of the user of each interruption after the assignment.
        row_seconds: (rows) re-orientation time.
        first_user: (triggered users) position of each.
        first_seconds: (triggered users) re-orientation time of the first, up to the primary cap.
        threshold_seconds: The inactivity threshold.
        cap_seconds: The cap of all of them.
        primary_seconds: The primary cap.
        verdict: Of the sample.
    """

    treated: Bools
    row_user: Ints
    row_seconds: Floats
    first_user: Ints
    first_seconds: Floats
    threshold_seconds: float
    cap_seconds: float
    primary_seconds: float
    verdict: str

    @property
    def counts(self) -> Floats:
        """(users) interruptions of each."""
        return np.bincount(self.row_user, minlength=len(self.treated)).astype(float)

    @property
    def sums(self) -> Floats:
        """(users) seconds of each."""
        users = len(self.treated)
        return np.bincount(self.row_user, self.row_seconds, minlength=users).astype(float)


def evaluated(folder: Path, **options: Any) -> Evaluated:  # noqa: ANN401
    """What `evaluate` finds in the sample."""
    arms = folder / f"{NAME}_assignments.csv"
    return evaluate(folder / f"{NAME}.parquet", assignments=arms, **options)


def measure(folder: Path, work: Path) -> Measures:
    """Evaluate the sample, and take from its tables what the other methods need."""
    result = evaluated(folder, out=work, force=True, marker={"shown": MARKER})
    primary_seconds = cast("float", result.evaluation.primary.cap_seconds)
    users = pl.read_parquet(work / "users.parquet").sort("user_id")
    numbered = users.select("user_id", "assigned_at").with_row_index("number")
    rows = (
        pl.read_parquet(work / "interruptions.parquet")
        .filter("is_interruption", "eligible")
        .join(numbered, on="user_id")
        .filter(pl.col("return_at") >= pl.col("assigned_at"))
        .sort("number", "return_at")
    )
    firsts = rows.group_by("number", maintain_order=True).first()
    return Measures(
        treated=(users["arm"] == "treatment").to_numpy(),
        row_user=rows["number"].to_numpy().astype(np.int64),
        row_seconds=rows["reorientation_seconds"].to_numpy(),
        first_user=firsts["number"].to_numpy().astype(np.int64),
        first_seconds=firsts["reorientation_seconds"].clip(None, primary_seconds).to_numpy(),
        threshold_seconds=result.threshold.seconds,
        cap_seconds=result.reorientation.cap_seconds,
        primary_seconds=primary_seconds,
        verdict=result.evaluation.verdict.word,
    )


def splits(treated: Bools, number: int, seed: int) -> list[Bools]:
    """The arms drawn anew: as many users in each, and no effect that goes with them."""
    random = np.random.default_rng(seed)
    return [random.permutation(treated) for _ in range(number)]


def on_rows(given: Measures, treated: Bools) -> Any:  # noqa: ANN401
    """Welch's t with every interruption as if it were of a user of its own."""
    arm = treated[given.row_user]
    return stats.ttest_ind(given.row_seconds[arm], given.row_seconds[~arm], equal_var=False)


def first_return(given: Measures, treated: Bools, seed: int) -> Difference:
    """The primary effect of `evaluate`."""
    arm = treated[given.first_user]
    arms = [Arm(numerators=given.first_seconds[picked]) for picked in (~arm, arm)]
    return compare(*arms, seed=seed).effect


def all_returns(given: Measures, treated: Bools, seed: int) -> Difference:
    """Its ratio of sums over all interruptions."""
    sums, counts = given.sums, given.counts
    arms = [Arm(numerators=sums[one], denominators=counts[one]) for one in (~treated, treated)]
    return compare(*arms, seed=seed).effect


def user_sums(given: Measures, treated: Bools) -> dict[str, list[dict[str, float]]]:
    """What GrowthBook's statistics take: sums over the users of each arm."""
    firsts, ratios = [], []
    arm = treated[given.first_user]
    sums, counts = given.sums, given.counts
    triggered = counts > 0
    for treatment in (False, True):
        y = given.first_seconds[arm == treatment]
        firsts.append({"n": len(y), "sum": float(y.sum()), "squares": float(y @ y)})
        mine = triggered & (treated == treatment)
        y, n = sums[mine], counts[mine]
        ratios.append(
            {
                "n": len(y),
                "sum": float(y.sum()),
                "squares": float(y @ y),
                "per_sum": float(n.sum()),
                "per_squares": float(n @ n),
                "products": float(y @ n),
            }
        )
    return {"first": firsts, "all": ratios}


def in_gbstats(
    python: str, given: Measures, drawn: list[Bools]
) -> tuple[dict[str, list[list[float]]], str]:
    """Its answers for the sample and then for each split, by measure; its version.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    each = [user_sums(given, treated) for treated in (given.treated, *drawn)]
    question = {name: [one[name] for one in each] for name in ("first", "all")}
    done = subprocess.run(
        [python, str(Path(__file__).with_name("in_gbstats.py"))],
        input=json.dumps(question),
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(done.stdout)
    return answer["answers"], answer["version"]


class Effects(NamedTuple):
    """What was planted: on the first return of a user up to the primary cap, and on all returns.

    Attributes:
        first: Seconds.
        all: Seconds.
        first_share: Share of the time without the marker.
        all_share: The same of all.
    """

    first: float
    all: float
    first_share: float
    all_share: float


def planted(folder: Path, given: Measures) -> Effects:
    """The true effects, over the returns that the sample's threshold makes."""
    longer = pl.col("gap_seconds") > given.threshold_seconds
    truth = truth_of(folder, NAME).filter("followed", longer)
    firsts = truth.sort("user_id", "return_at").group_by("user_id").first()
    pairs = ((firsts, given.primary_seconds), (truth, given.cap_seconds))
    without, with_marker = (
        [capped_mean(rows, cap, f"lag_{name}_seconds") for rows, cap in pairs]
        for name in ("without", "with")
    )
    first, every = (after - before for before, after in zip(without, with_marker, strict=True))
    return Effects(first, every, first / without[0], every / without[1])


def compared(folder: Path, work: Path, gbstats: str | None) -> tuple[Trial, str]:
    """The sample and its re-randomizations by every method; the version of gbstats, if it ran."""
    given = measure(folder, work)
    drawn = splits(given.treated, SPLITS, SEED)
    truth = planted(folder, given)
    methods = [_rows_method(given, drawn, truth.all)]
    version = ""
    if gbstats is not None:
        answers, version = in_gbstats(gbstats, given, drawn)
        methods += _gbstats_methods(answers, truth)
    for key, effect, true in (
        ("first_return", first_return, truth.first),
        ("all_returns", all_returns, truth.all),
    ):
        ps = [effect(given, one, number).p for number, one in enumerate(drawn)]
        found = effect(given, given.treated, 0)
        methods.append(
            Method(
                key=key,
                alarms=sum(p is not None and p < ALPHA for p in ps),
                estimate=cast("float", found.estimate),
                ci_lower=cast("float", found.ci_lower),
                ci_upper=cast("float", found.ci_upper),
                p=cast("float", found.p),
                truth=true,
            )
        )
    trial = Trial(
        users=len(given.treated),
        rows=len(given.row_user),
        splits=len(drawn),
        verdict=given.verdict,
        unnamed=evaluated(folder).evaluation.verdict.word,
        methods=methods,
    )
    return trial, version


def _rows_method(given: Measures, drawn: list[Bools], true: float) -> Method:
    found = on_rows(given, given.treated)
    interval = found.confidence_interval(1 - ALPHA)
    arm = given.treated[given.row_user]
    return Method(
        key="rows",
        alarms=sum(bool(on_rows(given, one).pvalue < ALPHA) for one in drawn),
        estimate=float(given.row_seconds[arm].mean() - given.row_seconds[~arm].mean()),
        ci_lower=float(interval.low),
        ci_upper=float(interval.high),
        p=float(found.pvalue),
        truth=true,
    )


def _gbstats_methods(answers: dict[str, list[list[float]]], effects: Effects) -> list[Method]:
    methods = []
    shares = {"first": effects.first_share, "all": effects.all_share}
    for name, (sample, *rest) in answers.items():
        estimate, low, high, p, win, win_low, win_high = sample
        alarms = sum(one[3] < ALPHA for one in rest)
        marked = sum(one[4] > WIN or one[4] < 1 - WIN for one in rest)
        methods += [
            Method(
                key=f"gbstats_{name}",
                alarms=alarms,
                estimate=estimate,
                ci_lower=low,
                ci_upper=high,
                p=p,
                truth=shares[name],
            ),
            Method(
                key=f"gbstats_bayes_{name}",
                alarms=marked,
                estimate=estimate,
                ci_lower=win_low,
                ci_upper=win_high,
                p=win,
                truth=shares[name],
            ),
        ]
    return methods

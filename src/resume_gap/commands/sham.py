"""A third arm with a sham marker: two more comparisons, each a trial of its own."""

from dataclasses import replace
from typing import Literal

from resume_gap.commands.judged import TrialRun, judge
from resume_gap.results.evaluate import Sham, ShamComparison
from resume_gap.trial.assignments import Arms, assign_pair
from resume_gap.trial.cap import TrialCap
from resume_gap.trial.data import at_the_return, read_trial
from resume_gap.trial.unit import name_units


def sham_of(run: TrialRun, cap: TrialCap | None) -> Sham | None:
    """The marker against a sham, and the sham against control; None without a sham arm.

    Runs the queries of a trial again for each pair; `assigned` is the last pair afterwards.

    Args:
        run: The trial of marker and control.
        cap: Of its primary effect, and so of both comparisons; None: the trial is withheld.
    """
    who = run.assigned
    if who.sham is None:
        return None
    if cap is None:
        return Sham(name=who.sham, reason="withheld")
    control, treatment = run.allocation
    share = treatment if run.sham_share is None else run.sham_share
    pair = replace(run, sham_share=None)
    marker = replace(pair, allocation=(share, treatment), control_is_sham=True)
    sham = replace(pair, allocation=(control, share))
    against = Arms(who.source, who.sham, who.treatment, None, who.named_by)
    salience = Arms(who.source, who.control, who.sham, None, who.named_by)
    return Sham(
        name=who.sham,
        comparisons=(
            _compared("marker_against_sham", marker, against, cap),
            _compared("sham_against_control", sham, salience, cap),
        ),
    )


def _compared(
    name: Literal["marker_against_sham", "sham_against_control"],
    run: TrialRun,
    arms: Arms,
    cap: TrialCap,
) -> ShamComparison:
    """One pair of arms, assigned and judged as the trial itself was."""
    runner = run.job.runner
    assigned = assign_pair(runner, arms)
    units = name_units(runner, run.job.settings.unit, run.columns)
    moved = at_the_return(runner)
    trial = replace(read_trial(runner, run.trial.cap_us), by_unit=run.trial.by_unit)
    pair = replace(run, trial=trial, assigned=assigned, units=units, moved=moved)
    judged = judge(pair, cap)
    return ShamComparison(
        name=name, verdict=judged.verdict, trust=judged.trust, primary=judged.primary
    )

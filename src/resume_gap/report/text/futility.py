"""That a trial can no longer show what is worth it, in a sentence for page and screen."""

from resume_gap.report.text import vocabulary
from resume_gap.report.text.numbers import duration, exact, outwards
from resume_gap.results.evaluate import Evaluated


def reasons(found: Evaluated) -> tuple[str, ...]:
    """The code by which `remedies` finds the option that belongs to it; none where it is not so."""
    return () if futile(found) is None else ("futile",)


def futile(found: Evaluated) -> str | None:
    """Why the saving that is worth it is out of reach; None where it is not."""
    seen = found.evaluation.futility
    cap = found.evaluation.primary.cap_seconds
    if seen is None or not seen.is_futile or seen.upper_seconds is None or cap is None:
        return None
    step = vocabulary.step(found)
    most = duration(outwards(max(0.0, seen.upper_seconds), step, up=True), step)
    where = f"per first return, counted up to {exact(cap)}"
    out = f"the {exact(seen.worth_seconds)} that are worth it are out of reach"
    if seen.upper_seconds == seen.sealed_seconds:
        return (
            f"Futile: as predicted before the launch, a marker saves at most {most} {where}, people"
            f" who would not leave included; {out}, however long the trial runs."
        )
    return (
        f"Futile: the interval of the effect leaves room for a saving of at most {most} {where};"
        f" {out}."
    )

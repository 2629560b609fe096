"""Who was back at work by when, in both arms."""

from resume_gap.report.charts.chart import DrawnSize
from resume_gap.report.charts.trial import WITH, WITHOUT, ArmsChart
from resume_gap.report.page.model import Figure, Table
from resume_gap.report.text import evaluation
from resume_gap.report.text.numbers import exact, percent
from resume_gap.results.evaluate import Evaluated

_NEAR = 0.005


def back_at_work(found: Evaluated, *, size: DrawnSize) -> Figure | None:
    """Both arms, for the first screen; None with too few points or users for curves."""
    points = found.evaluation.curves
    if len(points) < 2 or evaluation.few(found):
        return None
    last = points[-1]
    drawn = tuple(
        (p.seconds, p.control_finished, p.control_left, p.treatment_finished, p.treatment_left)
        for p in points
    )
    return Figure(
        name="arms",
        caption=f"Back at work by {exact(last.seconds)}: {percent(last.treatment_finished)} "
        f"{WITH}, {percent(last.control_finished)} without it.",
        chart=ArmsChart(size=size, points=drawn),
        at=tuple(seconds for seconds, *_ in _thinned(drawn)),
        table=Table(
            caption="Share of the users by so long after the first event back",
            columns=(
                "time",
                f"{WITHOUT}: back at work",
                f"{WITHOUT}: left again",
                f"{WITH}: back at work",
                f"{WITH}: left again",
            ),
            rows=tuple(
                (exact(seconds), *(percent(value) for value in shares))
                for seconds, *shares in _thinned(drawn)
            ),
            numeric=(1, 2, 3, 4),
        ),
    )


def _thinned(
    points: tuple[tuple[float, float, float, float, float], ...],
) -> list[tuple[float, float, float, float, float]]:
    """Points at which a line has moved by half a percent, and both ends."""
    kept = [points[0]]
    for point in points[1:-1]:
        if any(abs(a - b) >= _NEAR for a, b in zip(point[1:], kept[-1][1:], strict=True)):
            kept.append(point)
    return [*kept, points[-1]]

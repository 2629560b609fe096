"""The screen after `analyze`."""

from resume_gap.report.screen.layout import Line, read, whole
from resume_gap.report.text import extra_time, reasons, recommendation, target_rules, vocabulary
from resume_gap.report.text.numbers import count, exact, many, percent
from resume_gap.results.analyze import Analysis


def lines(analysis: Analysis) -> tuple[Line, ...]:
    """What was read, re-orientation, extra time, target rule, upper bound, recommendation."""
    return (
        *read(analysis),
        Line("interruptions", _found(analysis), style="bold", turn=3),
        Line("re-orientation", _way(analysis), style="bold", turn=6),
        Line("", _two_parts(analysis), turn=2),
        Line("extra time", _longer(analysis), style="bold", turn=5),
        Line("target rule", _rule(analysis), style="bold", turn=7),
        Line("upper bound", _upper_bound(analysis), style="bold", turn=4),
        whole("recommendation", _decision(analysis)),
    )


def _found(analysis: Analysis) -> str:
    found = analysis.counts
    if found.returns == 0:
        return f"none: no return after a gap; {many(found.users, 'user')}"
    return (
        f"{count(found.interruptions)} of {many(found.returns, 'return')}, "
        f"{count(found.users_interrupted)} of {many(found.users, 'user')}"
    )


def _way(analysis: Analysis) -> str:
    back = analysis.reorientation
    if back.reason == "no_productive_events" and analysis.counts.returns:
        return "cannot be measured: nothing in this log is known to be productive"
    if analysis.measurability.reason is not None:
        return f"cannot be measured: {reasons.short(back.reason, analysis)}"
    if back.zero_share is not None and vocabulary.at_once(analysis):
        return (
            f"{percent(back.zero_share)} of the first events back are already productive, so "
            "re-orientation cannot be seen in this log"
        )
    if back.mean.estimate is None:
        limits = vocabulary.limits_of_the_figures(analysis)
        return limits[0] if limits else "no figure can be had"
    interval = vocabulary.mean_interval(analysis)
    mean = f"{vocabulary.mean(analysis)}{' ' + interval if interval else ' (no interval)'}"
    shares = vocabulary.productive_interval(analysis)
    share = f"{vocabulary.productive(analysis)}{' ' + shares if shares else ''}"
    cap = exact(back.cap_seconds)
    if back.set_by_cap:
        return f"productive within {cap}: {share}; mean {mean}, set by the cap"
    return f"{mean} on average to productive work; within {cap}: {share}"


def _two_parts(analysis: Analysis) -> str:
    parts = vocabulary.parts_of_mean(analysis)
    back = analysis.reorientation
    if parts is None or back.not_reached_share is None or vocabulary.at_once(analysis):
        return ""
    return (
        f"{parts[0]} from the {percent(back.not_reached_share)} charged with the cap, "
        f"{parts[1]} from those who got there"
    )


def _longer(analysis: Analysis) -> str:
    """How much longer than uninterrupted work, or why nobody knows."""
    if not analysis.counts.returns:
        return ""
    found = analysis.excess
    longer = extra_time.figures(found, analysis)
    if longer is None:
        return f"not known: {reasons.short(found.reason, analysis)}"
    if vocabulary.at_once(analysis):
        return "not known: a re-orientation that cannot be seen cannot be compared"
    proviso = ", depends on what is compared" if found.word == "depends_on_matching" else ""
    return f"{longer} vs. uninterrupted work{proviso}"


def _rule(analysis: Analysis) -> str:
    of = target_rules.best(analysis)
    if not analysis.counts.returns or (of is None and analysis.marker.recommendation is None):
        return ""
    if of is None or of.hit is None:
        why = next((p.reason for p in analysis.marker.policies if p.reason), analysis.marker.reason)
        return f"none: {reasons.short(why, analysis)}"
    above = target_rules.above_chance(of)
    interval = target_rules.hit_interval(of)
    return (
        f"{target_rules.rule(of.name)}: hit rate {percent(of.hit)}"
        + (f" {interval}" if interval else "")
        + (f", lift over chance {above}" if above else "")
    )


def _upper_bound(analysis: Analysis) -> str:
    if target_rules.best(analysis) is None:
        return ""
    reported = target_rules.upper_bound(analysis)
    if reported is None:
        return f"not known: {target_rules.no_upper_bound(analysis)}"
    return reported[0].lower() + reported[1:]


def _decision(analysis: Analysis) -> str:
    if not analysis.counts.returns:
        return ""
    word = recommendation.word(analysis)
    return f"{word}. {recommendation.because(analysis)}"

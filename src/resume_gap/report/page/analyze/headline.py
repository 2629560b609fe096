"""The headline before a launch: one sentence, the recommendation, and the figures behind them."""

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.report.page.model import DecisionBox, Headline
from resume_gap.report.text import extra_time, recommendation, target_rules, vocabulary
from resume_gap.report.text.numbers import count, duration, exact, many, minutes, percent
from resume_gap.results.analyze import Analysis

_FEW_INTERRUPTIONS = 50


def headline(analysis: Analysis) -> Headline:
    """The one sentence, and the figures behind it."""
    found = analysis.counts
    back = analysis.reorientation
    defined = vocabulary.interrupted(analysis)
    limits = vocabulary.limits_of_the_figures(analysis)
    decided = _decision(analysis)
    if found.returns == 0:
        return Headline(sentence="Nobody came back after a gap in this log", details=limits)
    if back.reason == "no_productive_events":
        return Headline(
            sentence=f"{many(found.returns, 'return')} after a gap; what came after them cannot "
            "be measured yet",
            details=(*limits, _returns(analysis)),
            decision=decided,
        )
    if found.interruptions == 0:
        return Headline(
            sentence=f"{many(found.returns, 'return')} after a gap, no interrupted work",
            details=(*limits, _returns(analysis)),
            decision=decided,
        )
    if analysis.measurability.reason is not None:
        return Headline(
            sentence=f"{many(found.interruptions, 'interruption')}; this log cannot show how long "
            "people took to get back to work",
            details=(vocabulary.interrupted_users(analysis) + ".", defined),
            decision=decided,
        )
    if back.mean.estimate is None:
        return Headline(
            sentence=f"{many(found.interruptions, 'interruption')}, none of them with a figure for "
            "re-orientation",
            details=(*limits, defined),
            decision=decided,
        )
    return Headline(
        sentence=_whole(analysis),
        more=_outlook(analysis),
        decision=decided,
        details=(_stands_on(analysis), defined, *limits),
    )


def _whole(analysis: Analysis) -> str:
    """Two sentences where it is known how often, else one without a full stop."""
    often = _often(analysis)
    if _few(analysis):
        found = analysis.counts
        size = (
            f"In {many(analysis.reorientation.eligible, 'interruption')} of "
            f"{many(found.users_interrupted, 'person', 'people')}"
        )
        reported = _sentence(analysis)
        text = f"{size}: {reported[0].lower()}{reported[1:]}"
        return f"{text}. {often.strip()}" if often else text
    return f"{often}{_sentence(analysis)}." if often else _sentence(analysis)


def _few(analysis: Analysis) -> bool:
    """Too few for a finding: their number comes first, and no target rule in the headline."""
    few = analysis.counts.users_interrupted < MIN_INTERVAL_USERS.value
    return few or analysis.reorientation.eligible < _FEW_INTERRUPTIONS


def _often(analysis: Analysis) -> str:
    often = target_rules.times_a_week(analysis)
    if often is None:
        return ""
    if analysis.generated_from.settings.get("all_returns"):
        return f"People come back after a gap {often}. "
    return f"Work stops in mid-task {often}. "


def _outlook(analysis: Analysis) -> str:
    """The best target rule and the most it could save."""
    parts = [None if _few(analysis) else target_rules.pointed(analysis)]
    sized = analysis.opportunity
    if sized.minutes_per_user_week is not None:
        spared = minutes(sized.minutes_per_user_week)
        parts.append(f"At most {spared} per person and week could be saved")
    elif sized.search_upper_seconds is not None:
        spared = duration(sized.search_upper_seconds, vocabulary.step(analysis))
        parts.append(f"At most {spared} per interruption could be saved")
    elif parts[0]:
        parts.append(
            f"How much could be saved at most is not known: {target_rules.no_upper_bound(analysis)}"
        )
    return " ".join(f"{part}." for part in parts if part)


def _decision(analysis: Analysis) -> DecisionBox:
    return DecisionBox(
        word=recommendation.word(analysis),
        proviso="",
        reason=" ".join(
            filter(None, (recommendation.because(analysis), recommendation.change(analysis)))
        ),
    )


def _returns(analysis: Analysis) -> str:
    found = analysis.counts
    return (
        f"A return is the first event after more than {exact(analysis.threshold.seconds)} without "
        f"one (the inactivity threshold). {many(found.users, 'user')}, "
        f"{many(found.events, 'event')}."
    )


def _sentence(analysis: Analysis) -> str:
    back = analysis.reorientation
    if back.zero_share is not None and vocabulary.at_once(analysis):
        return (
            f"In {percent(back.zero_share)} of the interruptions the first event back is already "
            "productive, so re-orientation cannot be seen"
        )
    if back.set_by_cap:
        return (
            f"In {_with(vocabulary.productive(analysis), vocabulary.productive_interval(analysis))}"
            f" of the interruptions people were back at work within {exact(back.cap_seconds)}"
        )
    longer = extra_time.claim(analysis)
    if longer is not None:
        return f"Getting back to work {longer}"
    return f"Getting back to work took {_mean(analysis)} on average after an interruption"


def _mean(analysis: Analysis) -> str:
    return _with(vocabulary.mean(analysis), vocabulary.mean_interval(analysis))


def _stands_on(analysis: Analysis) -> str:
    back = analysis.reorientation
    cap = exact(back.cap_seconds)
    followed = "all" if back.eligible == analysis.counts.interruptions else count(back.eligible)
    size = (
        f"{vocabulary.interrupted_users(analysis)}; {followed} of these could be followed up to"
        f" the cap of {cap}. "
    )
    if back.set_by_cap:
        parts = vocabulary.parts_of_mean(analysis)
        charged = parts[0] if parts else "most"
        return (
            f"{size}The mean re-orientation time, {_mean(analysis)}, is set by the cap: "
            f"{charged} of it stand for those who did not reach productive work in time."
        )
    share = _with(vocabulary.productive(analysis), vocabulary.productive_interval(analysis))
    brackets = (
        ""
        if vocabulary.mean_interval(analysis) is None
        else (" Brackets are 95 % intervals over users.")
    )
    if extra_time.claim(analysis) is not None and not vocabulary.at_once(analysis):
        size += f"Productive work came after {_mean(analysis)} on average. "
    return f"{size}After {share} of them productive work came within the cap.{brackets}"


def _with(value: str | None, interval: str | None) -> str:
    return " ".join(part for part in (value, interval) if part)

"""The headline before a launch: one sentence, the recommendation, and the figures behind them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from resume_gap.constants import JUDGED_FROM, MIN_INTERVAL_USERS
from resume_gap.report.page.analyze import bounds, reorientation
from resume_gap.report.page.analyze import target_rules as target_rule_section
from resume_gap.report.page.model import (
    DecisionBox,
    Fact,
    Facts,
    Headline,
    Paragraph,
    Section,
    Tone,
)
from resume_gap.report.page.shared.first_screen import MARKER
from resume_gap.report.text import (
    certainty,
    counted,
    extra_time,
    measurability,
    next_for_analysis,
    recommendation,
    target_rules,
    vocabulary,
)
from resume_gap.report.text.bounds import NOTHING_LEFT, and_more, is_nothing_left
from resume_gap.report.text.change import change
from resume_gap.report.text.numbers import count, exact, many, percent
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.analyze import Analysis, Policy
from resume_gap.results.common import Word

_EVERY_RETURN = "Every return can be looked at instead."
_PER_PERSON = " per active person"
_MOST: Final = "Most that could be saved"
_TONE: Final[Mapping[Word, Tone]] = {
    "build": "go",
    "test": "try",
    "do_not_build": "stop",
    "not_enough_data": "open",
    "cannot_be_measured": "open",
}


def headline(analysis: Analysis) -> Headline:
    """The one sentence, and the figures behind it."""
    found = analysis.counts
    back = analysis.reorientation
    limits = vocabulary.limits_of_the_figures(analysis)
    decided = _decision(analysis)
    if found.returns == 0:
        return Headline(sentence="Nobody came back after a gap in this log", details=limits)
    if back.reason == "no_productive_events":
        return Headline(
            sentence=f"{many(found.returns, 'return')} after a gap; what came after them cannot "
            "be measured yet",
            details=limits,
            decision=replace(decided, reason=""),
        )
    if found.interruptions == 0:
        return Headline(
            sentence=f"{many(found.returns, 'return')} after a gap, none of them to work that had "
            "stopped in mid-task",
            details=(*vocabulary.stops(analysis), _EVERY_RETURN),
            decision=replace(decided, reason=""),
        )
    if analysis.measurability.reason is not None:
        return Headline(
            sentence=f"This log shows {many(found.interruptions, 'interruption')}, but not how "
            "long people took to get back to work",
            sure=certainty.of_unmeasurable(analysis),
            details=(),
            decision=replace(decided, reason=_lacks(analysis)),
        )
    if back.mean.estimate is None:
        return Headline(
            sentence=f"{many(found.interruptions, 'interruption')}, none of them with a figure for "
            "re-orientation",
            details=limits,
            decision=decided,
        )
    tiles = _tiles(analysis)
    reported, sure = _sentence(analysis)
    return Headline(
        sentence=_whole(analysis, reported),
        sure=sure,
        more="" if tiles else _outlook(analysis),
        decision=decided if tiles is None else _beside_tiles(decided, analysis),
        figures=tiles,
        picture=None if vocabulary.at_once(analysis) else reorientation.back_at_work(analysis),
        details=(),
    )


def measured(analysis: Analysis) -> tuple[Section, ...]:
    """What the first screen counts, and what its figures are."""
    texts: tuple[str | None, ...] = (_returns(analysis), vocabulary.interrupted(analysis))
    if analysis.counts.interruptions and analysis.reorientation.mean.estimate is not None:
        texts = (MARKER, texts[1], _stands_on(analysis), target_rules.pointed(analysis))
    without = (target_rule_section.missing(analysis), bounds.missing(analysis))
    blocks = (
        *(Paragraph(text=vocabulary.whole(text)) for text in texts if text),
        *reorientation.missing(analysis),
        *(Paragraph(text=text) for text in without if text),
    )
    return (Section(name="measured", title="What was measured", blocks=blocks, appendix=True),)


def _whole(analysis: Analysis, reported: str) -> str:
    """One sentence without a full stop; of few people, their number comes first."""
    if _few(analysis):
        found = analysis.counts
        size = (
            f"In {many(analysis.reorientation.eligible, counted.one(analysis))} of "
            f"{many(found.users_interrupted, 'person', 'people')}"
        )
        return f"{size}: {reported[0].lower()}{reported[1:]}"
    return reported


def _few(analysis: Analysis) -> bool:
    """Too few for a finding: their number comes first, and no target rule in the headline."""
    few = analysis.counts.users_interrupted < MIN_INTERVAL_USERS.value
    return few or analysis.reorientation.eligible < JUDGED_FROM.value


def _tiles(analysis: Analysis) -> Facts | None:
    """How often, how long, how right and how much at most; None where that is not known."""
    best = target_rules.best(analysis)
    if _few(analysis) or best is None or best.hit is None:
        return None
    tiles = (_how_often(analysis), _how_long(analysis), _how_right(best), _how_much(analysis))
    return Facts(items=tuple(tile for tile in tiles if tile is not None))


def _how_often(analysis: Analysis) -> Fact | None:
    often = target_rules.times_a_week(analysis)
    if often is None:
        return None
    every = counted.every_return(analysis)
    return Fact(
        label="Returns after a gap" if every else "Work stops in mid-task",
        value=often.removesuffix(_PER_PERSON).replace(" times a week", " a week"),
        detail=f"per active person; {vocabulary.interrupted_users(analysis)}",
    )


def _how_long(analysis: Analysis) -> Fact | None:
    mean, interval = vocabulary.mean(analysis), vocabulary.mean_interval(analysis)
    if mean is None or analysis.reorientation.set_by_cap:
        return None
    extra = extra_time.claim(analysis) is not None
    included = "extra time included" if extra else ""
    parts = (included, f"{LEVEL} interval {interval}" if interval else "")
    return Fact(
        label="Average time to get back to work",
        value=mean,
        detail="; ".join(part for part in parts if part),
    )


def _how_right(best: Policy) -> Fact:
    shown, interval = target_rules.printed(best), target_rules.hit_interval(best)
    sure = f"{LEVEL} interval {interval}" if interval else ""
    chance = f"{shown.chance} by chance alone" if shown.chance else ""
    return Fact(
        label=f"Hit rate of a marker at the {target_rules.rule(best.name)}",
        value=shown.hit,
        detail="; ".join(filter(None, (sure, chance))),
    )


def _how_much(analysis: Analysis) -> Fact | None:
    sized = analysis.opportunity
    known = target_rules.at_most(analysis)
    if known is None:
        return None
    most, each = known
    if is_nothing_left(sized):
        return Fact(label=_MOST, value="nothing", detail=f"{NOTHING_LEFT}{and_more(sized)}")
    return Fact(label=_MOST, value=most, detail=f"of searching per {each}{and_more(sized)}")


def _outlook(analysis: Analysis) -> str:
    """The best target rule and the most it could save."""
    parts = [None if _few(analysis) else target_rules.pointed(analysis)]
    known = target_rules.at_most(analysis)
    if known is not None and is_nothing_left(analysis.opportunity):
        parts.append(f"Nothing is left to save: {NOTHING_LEFT}")
    elif known is not None:
        most, each = known
        parts.append(
            f"At most {most} of searching per {each} could be saved{and_more(analysis.opportunity)}"
        )
    elif parts[0]:
        parts.append(
            f"How much could be saved at most is not known: {target_rules.no_upper_bound(analysis)}"
        )
    return " ".join(f"{part}." for part in parts if part)


def _decision(analysis: Analysis) -> DecisionBox:
    return DecisionBox(
        word=recommendation.word(analysis),
        proviso="",
        reason=recommendation.because(analysis),
        tone=_TONE[found.word] if (found := analysis.marker.recommendation) else "open",
        next_step=next_for_analysis.clause(analysis),
        change=change(analysis) or "",
        change_lead=next_for_analysis.change_lead(analysis),
    )


def _lacks(analysis: Analysis) -> str:
    """What a log lacks that cannot be measured; what to log comes next."""
    blind = analysis.measurability
    return "" if blind.reason is None else measurability.finding(blind.reason, blind.figures)


def _beside_tiles(decided: DecisionBox, analysis: Analysis) -> DecisionBox:
    """The recommendation without the hit rate, which stands beside it as a figure."""
    return replace(decided, reason=recommendation.beside_the_hit_rate(analysis))


def _returns(analysis: Analysis) -> str:
    found = analysis.counts
    return (
        f"A return is the first event after more than {exact(analysis.threshold.seconds)} without "
        f"one (the inactivity threshold). {many(found.users, 'user')}, "
        f"{many(found.events, 'event')}."
    )


def _sentence(analysis: Analysis) -> tuple[str, str]:
    """What was found, and how sure that is."""
    back = analysis.reorientation
    if back.zero_share is not None and vocabulary.at_once(analysis):
        return (
            (
                f"In {percent(back.zero_share)} of the {counted.several(analysis)} the first "
                "event back is "
                "already productive, so re-orientation cannot be seen"
            ),
            "",
        )
    if back.set_by_cap:
        return (
            (
                f"In {vocabulary.productive(analysis)} of the {counted.several(analysis)} people "
                "were back at "
                f"work within {exact(back.cap_seconds)}"
            ),
            certainty.of_share(analysis),
        )
    longer = extra_time.headline(analysis)
    if longer is not None:
        return f"Getting back to work {longer}", certainty.of_extra_time(analysis)
    # Of few people the number of their interruptions stands in front.
    after = "" if _few(analysis) else f" {counted.after(analysis)}"
    return (
        f"Getting back to work took {vocabulary.mean(analysis)} on average{after}",
        certainty.of_mean(analysis),
    )


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
    known = vocabulary.mean_interval(analysis) is not None
    brackets = f" Brackets are {LEVEL} intervals over users." if known else ""
    if extra_time.claim(analysis) is not None and not vocabulary.at_once(analysis):
        size += f"Productive work came after {_mean(analysis)} on average. "
    return f"{size}After {share} of them productive work came within the cap.{brackets}"


def _with(value: str | None, interval: str | None) -> str:
    return " ".join(part for part in (value, interval) if part)

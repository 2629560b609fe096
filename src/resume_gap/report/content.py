"""The page: what stands on it, in reading order, as data. Every word is chosen here."""

from resume_gap.model import Analysis
from resume_gap.report import phrases
from resume_gap.report.blocks import Headline, Note, Page
from resume_gap.report.comeback import coming_back
from resume_gap.report.day import interrupted_day
from resume_gap.report.definitions import definitions
from resume_gap.report.methods import methods
from resume_gap.report.numbers import count, exact, many, percent
from resume_gap.report.trust import trust


def page(analysis: Analysis) -> Page:
    """The before-launch page of an analysis."""
    first = []
    if (hanging := phrases.sensitive(analysis)) is not None:
        first.append(Note(severity="warn", text=hanging))
    if analysis.settings.get("show_ids"):
        first.append(
            Note(severity="warn", text="This page shows user ids (--show-ids): mind who gets it.")
        )
    return Page(
        title="Interrupted work and the way back",
        first=tuple(first),
        headline=headline(analysis),
        sections=(
            trust(analysis),
            interrupted_day(analysis),
            *coming_back(analysis),
            definitions(analysis),
            methods(analysis),
        ),
        footer=(
            f"Made by resume-gap {analysis.tool_version} ({analysis.command}). "
            "This file opens without a network and holds no script."
        ),
    )  # fmt: skip


def headline(analysis: Analysis) -> Headline:
    """The one sentence, and what it stands on."""
    found = analysis.counts
    back = analysis.reorientation
    defined = (
        "Interrupted means: the log sees that work stopped in mid-task and went on after more than "
        f"the pause limit, {exact(analysis.threshold.seconds)}. It does not see why."
    )
    if analysis.settings.get("all_returns"):
        defined = (
            "Every return counts as an interruption here (--all-returns), whether work stopped in "
            f"mid-task or not. The pause limit is {exact(analysis.threshold.seconds)}."
        )
    limits = phrases.limits_of_the_figures(analysis)
    if found.returns == 0:
        return Headline(sentence="Nobody came back after a pause in this log", details=limits)
    if back.reason == "no_productive_events":
        return Headline(
            sentence=f"{many(found.returns, 'return')} after a pause; what came after them cannot "
            "be measured yet",
            details=(*limits, _returns(analysis)),
        )
    if found.interruptions == 0:
        return Headline(
            sentence=f"{many(found.returns, 'return')} after a pause, no interrupted work",
            details=(*limits, _returns(analysis)),
        )
    if back.mean.estimate is None:
        return Headline(
            sentence=f"{many(found.interruptions, 'interruption')}, none of them with a figure for "
            "the way back",
            details=(*limits, defined),
        )
    return Headline(sentence=_sentence(analysis), details=(_stands_on(analysis), defined, *limits))


def _returns(analysis: Analysis) -> str:
    found = analysis.counts
    return (
        f"A return is the first event after more than {exact(analysis.threshold.seconds)} without "
        f"one (the pause limit). {many(found.users, 'user')}, {many(found.events, 'event')}."
    )


def _sentence(analysis: Analysis) -> str:
    back = analysis.reorientation
    if back.zero_share is not None and phrases.at_once(analysis):
        return (
            f"In {percent(back.zero_share)} of the interruptions the first event back is already "
            "productive, so the way back cannot be seen"
        )
    if back.set_by_cap:
        return (
            f"In {_with(phrases.productive(analysis), phrases.productive_interval(analysis))} of "
            f"the interruptions people were back at work within {exact(back.tau_seconds)}"
        )
    mean = _with(phrases.mean(analysis), phrases.mean_interval(analysis))
    return f"Getting back to work took {mean} on average after an interruption"


def _stands_on(analysis: Analysis) -> str:
    back = analysis.reorientation
    cap = exact(back.tau_seconds)
    followed = "all" if back.eligible == analysis.counts.interruptions else count(back.eligible)
    size = (
        f"{phrases.interrupted_users(analysis)}; {followed} of these could be followed up to the "
        f"cap of {cap}. "
    )
    if back.set_by_cap:
        parts = phrases.parts_of_mean(analysis)
        charged = parts[0] if parts else "most"
        return (
            f"{size}The mean re-orientation time, "
            f"{_with(phrases.mean(analysis), phrases.mean_interval(analysis))}, is set by the cap: "
            f"{charged} of it stand for those who did not reach productive work in time."
        )
    share = _with(phrases.productive(analysis), phrases.productive_interval(analysis))
    brackets = (
        ""
        if phrases.mean_interval(analysis) is None
        else (" Brackets are 95 % intervals over users.")
    )
    return f"{size}After {share} of them productive work came within the cap.{brackets}"


def _with(value: str | None, interval: str | None) -> str:
    return " ".join(part for part in (value, interval) if part)

"""The page of a result: its content in reading order, as data."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from resume_gap.report.page.analyze.bounds import upper_bound
from resume_gap.report.page.analyze.headline import headline
from resume_gap.report.page.analyze.reorientation import coming_back
from resume_gap.report.page.analyze.segments import segments
from resume_gap.report.page.analyze.target_rules import which_rule
from resume_gap.report.page.analyze.trust import trust
from resume_gap.report.page.analyze.workday import interrupted_day
from resume_gap.report.page.evaluate import page as trialpage
from resume_gap.report.page.model import Headline, Note, Page, Section
from resume_gap.report.page.plan import page as planpage
from resume_gap.report.page.shared.definitions import definitions
from resume_gap.report.page.shared.methods import methods
from resume_gap.report.text import threshold
from resume_gap.results.analyze import Analysis
from resume_gap.results.evaluate import Evaluated
from resume_gap.results.plan import Planned
from resume_gap.results.run import Run


class _Content(NamedTuple):
    """What is a command's own on its page.

    Attributes:
        title: In the window's bar and above everything.
        headline: What a reader takes along.
        sections: The parts, in reading order.
    """

    title: str
    headline: Headline
    sections: tuple[Section, ...]


def page(result: Run) -> Page:
    """The page of a result of any command."""
    content = _PAGES[type(result)](result)
    return Page(
        title=content.title,
        first=_first(result),
        headline=content.headline,
        sections=content.sections,
        footer=(
            f"Made by resume-gap {result.tool_version} ({result.command}). "
            "This file opens without a network and holds no script."
        ),
    )


def _analyzed(result: Analysis) -> _Content:
    return _Content("Interrupted work and re-orientation", headline(result), before_launch(result))


def _evaluated(result: Evaluated) -> _Content:
    return _Content(
        "The resume marker on trial", trialpage.headline(result), trialpage.sections(result)
    )


def _planned(result: Planned) -> _Content:
    return _Content("Planning a trial", planpage.headline(result), planpage.sections(result))


_PAGES: Final[Mapping[type[Run], Callable[[Any], _Content]]] = {
    Analysis: _analyzed,
    Evaluated: _evaluated,
    Planned: _planned,
}


def before_launch(analysis: Analysis) -> tuple[Section, ...]:
    """The sections of the page before a launch."""
    return (
        trust(analysis),
        interrupted_day(analysis),
        *coming_back(analysis),
        *which_rule(analysis),
        *upper_bound(analysis),
        *segments(analysis),
        definitions(analysis),
        methods(analysis),
    )


def _first(run: Run) -> tuple[Note, ...]:
    """What has to be known before the headline."""
    first = []
    if (moving := threshold.sensitive(run)) is not None:
        first.append(Note(severity="warn", text=moving))
    if run.generated_from.settings.get("show_ids"):
        first.append(
            Note(
                severity="warn",
                text="This page shows user ids and names of small groups (--show-ids): be careful "
                "who gets it.",
            )
        )
    return tuple(first)

"""The page: what stands on it, in reading order, as data. Every word is chosen below here."""

from resume_gap.report.page.analyze.bounds import how_much
from resume_gap.report.page.analyze.headline import headline
from resume_gap.report.page.analyze.reorientation import coming_back
from resume_gap.report.page.analyze.segments import segments
from resume_gap.report.page.analyze.target_rules import which_arrow
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


def page(result: Run) -> Page:
    """The page of a result of any command.

    Raises:
        TypeError: No page is known for such a result.
    """
    if isinstance(result, Analysis):
        return _page(
            result, "Interrupted work and the way back", headline(result), before_launch(result)
        )
    if isinstance(result, Evaluated):
        return _page(
            result, "The marker on trial", trialpage.headline(result), trialpage.sections(result)
        )
    if isinstance(result, Planned):
        return _page(
            result, "Planning a trial", planpage.headline(result), planpage.sections(result)
        )
    raise TypeError(f"no page for a {type(result).__name__}")


def before_launch(analysis: Analysis) -> tuple[Section, ...]:
    """The sections of the page before a launch."""
    return (
        trust(analysis),
        interrupted_day(analysis),
        *coming_back(analysis),
        *which_arrow(analysis),
        *how_much(analysis),
        *segments(analysis),
        definitions(analysis),
        methods(analysis),
    )


def _page(run: Run, title: str, head: Headline, sections: tuple[Section, ...]) -> Page:
    """What every page begins and ends with."""
    first = []
    if (hanging := threshold.sensitive(run)) is not None:
        first.append(Note(severity="warn", text=hanging))
    if run.generated_from.settings.get("show_ids"):
        first.append(
            Note(severity="warn", text="This page shows user ids (--show-ids): mind who gets it.")
        )
    return Page(
        title=title,
        first=tuple(first),
        headline=head,
        sections=sections,
        footer=(
            f"Made by resume-gap {run.tool_version} ({run.command}). "
            "This file opens without a network and holds no script."
        ),
    )

"""The page of a result: its content in reading order, as data."""

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.report.page.model import Content, Note, Page
from resume_gap.report.page.shared import first_screen
from resume_gap.report.text import threshold
from resume_gap.results.run import Run


def page(result: Run) -> Page:
    """The page of a result of any command."""
    content: Content = load(COMMANDS[result.command].page)(result)
    first = _first(result, content.holds)
    return Page(
        title=content.title,
        subject=first_screen.subject(result),
        about=first_screen.MARKER_IN_SHORT if content.headline.figures else "",
        first=first,
        headline=content.headline,
        trust=first_screen.trust(result, before=len(first)),
        sections=content.sections,
        footer=f"Made by resume-gap {result.tool_version} ({result.command}).",
    )


def _first(run: Run, holds: str) -> tuple[Note, ...]:
    """What has to be known before the headline."""
    first = []
    if (moving := threshold.caution(run, holds)) is not None:
        first.append(Note(severity="warn", text=moving))
    if run.generated_from.settings.get("show_ids"):
        first.append(
            Note(
                severity="warn",
                text="This page shows user ids and names of small groups: be careful who gets it.",
            )
        )
    return tuple(first)

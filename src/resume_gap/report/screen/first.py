"""The page's first screen as lines: the same words, figures and order."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.page.model import Fact, Headline, Page, Tone
from resume_gap.report.screen.layout import CHANGE_GOES, NEXT_GOES, REMEDIES_GO, Line, caution
from resume_gap.report.text import cautions, reasons, remedies, vocabulary
from resume_gap.report.text.names import sentence
from resume_gap.report.text.numbers import many, spaced
from resume_gap.results.run import Run

_STYLE: Final[Mapping[Tone, str]] = {
    "go": "bold green",
    "try": "bold cyan",
    "wait": "bold yellow",
    "caution": "bold red",
}
"""The color of a badge where it has one; its sign says the same."""
_GRAVEST: Final = {"error": ("error", "red")}
"""What a finding of a severity is called, and its style."""


def headline(page: Page) -> tuple[Line, ...]:
    """The subject, the recommendation or verdict, the sentence, the figures, and why."""
    first = page.headline
    return (
        Line("", " \N{MIDDLE DOT} ".join(page.subject), style="dim", spread=True),
        *_badge(first),
        Line("", f"{first.sentence}.", style="bold", spread=True, apart=first.decision is None),
        Line("", reasons.sentence(first.sure) if first.sure else "", spread=True),
        Line("", first.more, spread=True),
        *(Line("", text, spread=True) for text in first.details),
        *_figures(first),
        *_reasons(first),
    )


def _badge(first: Headline) -> tuple[Line, ...]:
    decided = first.decision
    if decided is None:
        return ()
    beside = f" {decided.proviso}" if decided.proviso else ""
    style = _STYLE.get(decided.tone, "bold")
    text = f"{decided.sign} {decided.word}{beside}"
    return (Line("", text, style=style, spread=True, apart=True),)


def _figures(first: Headline) -> tuple[Line, ...]:
    facts = first.figures.items if first.figures else ()
    return tuple(
        Line(fact.value, _named(fact), name_style="bold", apart=number == 0)
        for number, fact in enumerate(facts)
    )


def _named(fact: Fact) -> str:
    """What a figure is, and what stands below it on the page."""
    return f"{fact.label} \N{MIDDLE DOT} {fact.detail}" if fact.detail else fact.label


def _reasons(first: Headline) -> tuple[Line, ...]:
    """Why this word, and what would have to be otherwise or comes next."""
    decided = first.decision
    if decided is None:
        return ()
    why = decided.whole_reason or decided.reason
    step = reasons.sentence(decided.next_step) if decided.next_step else ""
    return (
        Line("why", why, apart=True),
        Line("next", step, ((NEXT_GOES, ""),)),
        Line("", decided.led_change, ((CHANGE_GOES, ""),)),
    )


def options(result: Run) -> tuple[Line, ...]:
    """The options that do what the lines above ask for, as sentences name none."""
    found = remedies.of(result, "failed")
    own = [one for one in found if one != remedies.GUIDE]
    guide = spaced(sentence(remedies.GUIDE)) if remedies.GUIDE in found else ""
    return (
        Line("options", spaced(sentence("; ".join(own))), ((REMEDIES_GO, ""),)),
        Line("what to log", guide, ((REMEDIES_GO, ""),)),
    )


def trust(result: Run, page: Page, own: tuple[Line, ...]) -> tuple[Line, ...]:
    """Whether the checks passed, or what they warn of, the gravest first and with reasons.

    Args:
        result: What was found.
        page: Its page.
        own: The lines of the command, cautions among them.
    """
    found = vocabulary.warnings(result)
    warned = [line for line in own if line.counted]
    warned += [caution("caution", note.text, first=True) for note in page.first]
    for check in found:
        name, style = _GRAVEST.get(check.severity, ("caution", "yellow"))
        text, remedy = spaced(vocabulary.whole(check.message)), spaced(sentence(check.action))
        warned.append(caution(name, text, remedy, first=not warned, style=style))
    if warned:
        return (warned[0]._replace(apart=True), *warned[1:])
    notes = sum(check.severity == "note" for check in result.data_quality)
    more = f"; {many(notes, 'note')} in the report" if notes else ""
    fine = cautions.passed(result.command)
    return (Line("trust", f"{fine[:1].lower()}{fine[1:]}{more}", style="green", apart=True),)

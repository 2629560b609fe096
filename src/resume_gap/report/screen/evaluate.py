"""The screen after `evaluate`."""

from resume_gap.report.screen.layout import Line, read, whole
from resume_gap.report.text import evaluation, guardrails, sham
from resume_gap.report.text.futility import futile
from resume_gap.results.evaluate import Evaluated


def lines(found: Evaluated) -> tuple[Line, ...]:
    """What was read, who was assigned, the checks, the difference, the guardrails, the verdict."""
    reported = evaluation.seconds(found, found.evaluation.primary)
    adjusted = evaluation.seconds(found, found.evaluation.adjusted)
    return (
        *read(found),
        Line("users", evaluation.assigned(found), most=3, turn=2),
        Line("checks", _checks(found), most=4, least=2, style="bold", turn=7),
        Line("first return", _arms(found), turn=3),
        Line("difference", reported or "", most=3, least=2, style="bold", turn=6),
        Line("adjusted", adjusted or "", turn=0),
        Line("", (evaluation.looked(found) or "") if reported else "", turn=1),
        Line("sham", " ".join(sham.sentences(found)), most=6, least=2, turn=4),
        Line("guardrails", _guardrails(found), most=4, least=2, style="bold", turn=5),
        Line("worth", futile(found) or "", most=4, least=3, style="yellow"),
        whole("verdict", _verdict(found)),
    )


def _checks(found: Evaluated) -> str:
    """How many passed, and what those say that did not."""
    # When withheld, the verdict says what failed.
    withheld = evaluation.withheld(found)
    loud = evaluation.checks(found, *(() if withheld else ("failed",)), "warned")
    reported = [f"{evaluation.check_name(c)} {c.status}: {evaluation.message(c)}" for c in loud]
    return " ".join([f"{evaluation.trusted(found)}.", *reported])


def _arms(found: Evaluated) -> str:
    """The measure in both arms; with too few users none, as it would read like a result."""
    return "" if evaluation.few(found) else evaluation.arms(found) or ""


def _guardrails(found: Evaluated) -> str:
    """Their numbers, and of the open ones what may be worst."""
    reported = guardrails.summary(found)
    if reported is None:
        return ""
    unsure = guardrails.unsure(found)
    return f"{reported}. {unsure}" if unsure else reported


def _verdict(found: Evaluated) -> str:
    word = evaluation.WORD[found.evaluation.verdict.word]
    little = evaluation.few(found) or not found.evaluation.trust.triggered
    few = f"{evaluation.too_few(found)}. " if little else ""
    broken = guardrails.broken(found)
    beside = f", {broken}" if broken else ""
    return f"{word}{beside}. {few}{evaluation.because(found)}"

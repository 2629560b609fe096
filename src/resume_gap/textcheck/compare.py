"""Each number of a text beside the figures of a report that it may be."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from resume_gap.textcheck.figures import ReportFigure, figures_of, first_screen_of, sentences_of
from resume_gap.textcheck.written import TextUnit, Written, numbers_of

Finding = Literal[
    "in_report",
    "interval_left_out",
    "one_end_alone",
    "bound_as_figure",
    "other_direction",
    "not_in_report",
]


class Checked(NamedTuple):
    """One number of a text and what the report has of it.

    Attributes:
        number: What is written.
        finding: Whether the report has it, and whether it is used as there: with its interval in
            the same paragraph, as an upper bound, in its direction, or in a sentence that is
            quoted word for word.
        figure: The figure of the report that it is; None: there is none.
    """

    number: Written
    finding: Finding
    figure: ReportFigure | None


def check(text: str, summary: Mapping[str, Any]) -> list[Checked]:
    """The numbers of a text, each with the figure of the report that reads like it.

    Args:
        text: Any text: a message, a draft of a slide, Markdown.
        summary: The content of a `summary.json`.
    """
    screen = first_screen_of(summary)
    figures = [
        one._replace(is_shown=_is_shown(one, [number for _, number in screen]))
        for one in figures_of(summary)
    ]
    numbers = numbers_of(text)
    meant = [
        [one for one in figures if _reads_like(number, one)] or _as_shown(number, screen)
        for number in numbers
    ]
    by_paragraph: dict[int, list[int]] = {}
    for i, number in enumerate(numbers):
        by_paragraph.setdefault(number.paragraph, []).append(i)
    ends = _quoted_ends(numbers, meant, by_paragraph)
    quotes = _quotes(text, sentences_of(summary))
    checked = (_checked(i, numbers, meant, ends, by_paragraph) for i in range(len(numbers)))
    return [one if one.finding == "in_report" else _as_quoted(one, quotes) for one in checked]


def _quotes(text: str, sentences: Sequence[tuple[str, str]]) -> list[tuple[range, str]]:
    """Where a text has a sentence of the report word for word, however its lines are broken."""
    found = []
    for path, sentence in sentences:
        words = r"\s+".join(map(re.escape, sentence.rstrip(" .").split()))
        found += [(range(*one.span()), path) for one in re.finditer(rf"(?<!\w){words}", text)]
    return found


def _as_quoted(one: Checked, quotes: Sequence[tuple[range, str]]) -> Checked:
    """A number that is used in just the words of the report is used as there."""
    path = next((path for span, path in quotes if one.number.start in span), None)
    if path is None:
        return one
    return Checked(one.number, "in_report", _shown(path, one.number))


def _shown(path: str, number: Written) -> ReportFigure:
    """A number of the first screen's texts, as a figure."""
    return ReportFigure(path, number.value, number.unit, 1.0, None, is_end=False, is_shown=True)


def _reads_like(number: Written, figure: ReportFigure) -> bool:
    value = figure.in_unit(number.unit)
    if value is None or not number.means(value):
        return False
    # A whole number without a unit is a count, or something set to just that.
    is_count = number.unit != "none" or figure.unit == "none"
    return is_count or not number.is_whole or abs(value) == number.value


def _is_shown(figure: ReportFigure, screen: Sequence[Written]) -> bool:
    """Whether the first screen has a figure, and of an interval both ends."""
    if not any(_reads_like(one, figure) for one in screen):
        return False
    return all(
        any(_is_end(one, one.unit, end, figure) for one in screen) for end in figure.interval or ()
    )


def _as_shown(number: Written, screen: Sequence[tuple[str, Written]]) -> list[ReportFigure]:
    """A number that stands in a text of the first screen only, such as how many there are."""
    return [
        _shown(path, one)
        for path, one in screen
        if one.unit == number.unit and number.means(one.value)
    ]


def _ends_beside(number: Written, figure: ReportFigure, others: Sequence[Written]) -> list[Written]:
    """The two numbers that are the ends of a figure's interval; empty where one is missing."""
    ends: list[Written] = []
    for end in figure.interval or ():
        fitting = [
            one for one in others if one is not number and _is_end(one, number.unit, end, figure)
        ]
        if not fitting:
            return []
        ends.append(fitting[0])
    return ends


def _is_end(one: Written, unit: TextUnit, end: float, figure: ReportFigure) -> bool:
    scaled = end * figure.scale if unit == "seconds" else end
    return one.unit == unit and one.means(scaled)


def _quoted_ends(
    numbers: Sequence[Written],
    meant: Sequence[Sequence[ReportFigure]],
    by_paragraph: Mapping[int, Sequence[int]],
) -> dict[int, ReportFigure]:
    """The numbers (by `id`) that are the ends of an interval that a text gives, and whose."""
    ends: dict[int, ReportFigure] = {}
    for number, figures in zip(numbers, meant, strict=True):
        others = [numbers[i] for i in by_paragraph[number.paragraph]]
        inner = (one for one in figures if not one.is_end)
        for figure in sorted(inner, key=lambda one: _distance(number, one)):
            for end in _ends_beside(number, figure, others):
                ends.setdefault(id(end), figure)
    return ends


def _checked(
    i: int,
    numbers: Sequence[Written],
    meant: Sequence[Sequence[ReportFigure]],
    ends: Mapping[int, ReportFigure],
    by_paragraph: Mapping[int, Sequence[int]],
) -> Checked:
    number, figures = numbers[i], meant[i]
    if not figures:
        return Checked(number, "not_in_report", None)
    if _contradicts(number, figures):
        return Checked(number, "other_direction", _nearest(number, figures))
    others = [numbers[k] for k in by_paragraph[number.paragraph]]
    inner = [one for one in figures if not one.is_end]
    if whole := [one for one in inner if _ends_beside(number, one, others)]:
        return Checked(number, "in_report", _nearest(number, whole))
    if id(number) in ends:
        return Checked(number, "in_report", ends[id(number)])
    known = {one.interval for one in inner}  # a figure that is an end of its own interval
    ranges = [
        one
        for one in figures
        if one.is_end and one.interval not in known and _is_of_range(number, one, others)
    ]
    if plain := ranges or [one for one in figures if _is_exact(number, one)]:
        return Checked(number, "in_report", _nearest(number, plain))
    return _alone(number, figures)


def _is_of_range(number: Written, figure: ReportFigure, others: Sequence[Written]) -> bool:
    """Whether an end of an interval stands next to the other one, the lower one first."""
    if figure.interval is None:
        return False
    at = next(i for i, one in enumerate(others) if one is number)
    lower, upper = sorted(figure.interval, key=abs)
    other, place = (upper, at + 1) if figure.value == lower else (lower, at - 1)
    return 0 <= place < len(others) and _is_end(others[place], number.unit, other, figure)


def _contradicts(number: Written, figures: Sequence[ReportFigure]) -> bool:
    """Whether a number is called shorter where every change that it may be is longer, or so."""
    directions = {one.direction for one in figures} - {0}
    return number.direction != 0 and directions == {-number.direction}


def _alone(number: Written, figures: Sequence[ReportFigure]) -> Checked:
    """A number without an interval beside it."""
    if open_ended := [one for one in figures if one.interval is not None and not one.is_end]:
        return Checked(number, "interval_left_out", _nearest(number, open_ended))
    if single := [one for one in figures if one.interval is None]:
        nearest = _nearest(number, single)
        is_wrong = nearest.is_bound and not number.is_at_most
        return Checked(number, "bound_as_figure" if is_wrong else "in_report", nearest)
    return Checked(number, "one_end_alone", _nearest(number, figures))


def _is_exact(number: Written, figure: ReportFigure) -> bool:
    """A count, or a setting that is written as it was given."""
    if number.unit == "none":
        return figure.unit == "none" and figure.interval is None
    return figure.path.startswith("generated_from.") and figure.in_unit(number.unit) == number.value


def _nearest(number: Written, figures: Sequence[ReportFigure]) -> ReportFigure:
    """The figure to name: one of the first screen, or of the main parts, before a table's rows."""
    return min(figures, key=lambda one: _distance(number, one))


def _distance(number: Written, figure: ReportFigure) -> tuple[bool, bool, int, float, int]:
    """How far a figure is from what a number means."""
    value, path = abs(figure.in_unit(number.unit) or 0.0), figure.path
    off = abs(value - number.value)
    return not figure.is_shown, figure.is_end, path.count("["), off, path.count(".")

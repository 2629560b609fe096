"""The forms in which a time may be written, as patterns of `--time-format`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from resume_gap.sources.languages import in_english, with_halves, without_comment

STAMP: Final = re.compile(r"(19|20)\d{12}(\d{3})?$")
"""A time whose parts stand together, from the year to the second or millisecond."""
_TO_SECOND: Final = 14
"""Digits."""
_ANY_CASE: Final = re.IGNORECASE
_CLOCK: Final = re.compile(
    r"(?P<before>\b[ap]m\s?)?"
    r"(?<!\d)\d{1,2}:\d\d(?P<second>:\d\d(?P<part>[.,]\d{1,9})?)?(?P<half>\s?[ap]m\b)?",
    _ANY_CASE,
)
_DOTTED: Final = re.compile(
    r"(?<=\d[ ,T])(?P<before>)\d{1,2}\.\d\d(?P<second>\.\d\d(?P<part>[.,]\d{1,9})?)"
    r"(?P<half>\s?[ap]m\b)?(?!\d)",
    _ANY_CASE,
)
"""A time of day behind a date, as Oracle writes it, and some languages."""
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})(\. |[-/.])\d{1,2}\2\d{1,2}(?!\d)")
_YEAR_LAST: Final = re.compile(r"(?<!\d)\d{1,2}([-/.])\d{1,2}\1(?P<year>\d{4}|\d\d)(?!\d)")
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?P<rest>[a-z]*)"
_NAMED: Final = (
    (
        re.compile(
            rf"(?<!\d)\d{{1,2}}(?P<a>\. | de |[ /-]){_MONTH}(?P<b> de |[ /,-]+)"
            r"(?P<year>\d{4}|\d\d)(?!\d)",
            _ANY_CASE,
        ),
        "dmy",
    ),
    (re.compile(rf"{_MONTH}(?P<a> )\d{{1,2}}(?P<b>,? )(?P<year>\d{{4}})", _ANY_CASE), "mdy"),
)
_WEEKDAY: Final = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)(?P<rest>[a-z]*)", _ANY_CASE)
_OFFSET: Final = re.compile(r"[+-]\d\d:?\d\d$")
_BEHIND: Final = re.compile(r"%[MSf]\s?(?P<word>[^\W\d_]+\b\.?)")
_UNITS: Final = re.compile(r"(uhr|h|z|gmt|utc)\b", _ANY_CASE)
"""What may stand behind a time of day; other words may say that it is the afternoon."""
_DIRECTIVE: Final = re.compile(r"%.")
_UNIVERSAL: Final = re.compile(r"(?<= )(UTC|GMT)$")
_ZONE: Final = re.compile(r"(?<= )[A-Z]{2,5}$")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a written time.

    Attributes:
        pattern: For `--time-format`.
        what: What a value looks like.
    """

    pattern: str
    what: str


def forms(example: str) -> tuple[Form, ...]:
    """The ways to read a value; day before month and the other way round are two."""
    if STAMP.match(example):
        part = "%f" if len(example) > _TO_SECOND else ""
        return (Form(f"%Y%m%d%H%M%S{part}", "year to second without signs between them"),)
    other = in_english(example)
    if other is not None:
        language, english = other
        return tuple(
            Form(f"{language}:{one.pattern}", f"{one.what} ({language})") for one in forms(english)
        )
    text = with_halves(without_comment(example)).replace("%", "%%")
    text = _UNIVERSAL.sub("%Z", text)
    zone = _ZONE.search(text)
    text, half = _clock(text)
    found: list[Form] = []
    for date, what in _dates(text):
        pattern = _WEEKDAY.sub(lambda day: "%A" if day["rest"] else "%a", date)
        pattern = _OFFSET.sub("%z", pattern)
        if any(map(str.isdigit, _DIRECTIVE.sub("", pattern))):
            continue  # a part of the time that no directive reads, such as an offset of `UTC+1`
        behind = _BEHIND.search(pattern)
        if behind is not None and not _UNITS.match(behind["word"]) and zone is None:
            continue
        words = [what, "with AM and PM" if half else ""]
        if zone is not None and not half:
            words.append(f"with a zone abbreviation ({zone[0]}), which more than one zone has")
        found.append(Form(pattern, " ".join(filter(None, words))))
    return tuple(found)


def _clock(text: str) -> tuple[str, bool]:
    clock = _CLOCK.search(text) or _DOTTED.search(text)
    if clock is None:
        return text, False
    half = clock["half"] is not None or bool(clock["before"])
    sign = "." if clock.re is _DOTTED else ":"
    pattern = ("%I" if half else "%H") + f"{sign}%M"
    if clock["second"]:
        pattern += f"{sign}%S" + (f"{clock['part'][0]}%f" if clock["part"] else "")
    if clock["before"]:
        pattern = f"%p{clock['before'][2:]}{pattern}"
    elif half:
        pattern += f"{clock['half'][:-2]}%p"
    return text[: clock.start()] + pattern + text[clock.end() :], half


def _dates(text: str) -> Iterator[tuple[str, str]]:
    """The text with its date as a pattern, and the order of its parts."""
    first = _YEAR_FIRST.search(text)
    if first is not None:
        cut = first[2]
        yield _instead(text, first, f"%Y{cut}%m{cut}%d"), "a year, month and day"
        return
    last = _YEAR_LAST.search(text)
    if last is not None:
        cut, year = last[1], _year(last)
        yield _instead(text, last, f"%d{cut}%m{cut}{year}"), "day, month, year"
        if year == "%y":
            yield _instead(text, last, f"%y{cut}%m{cut}%d"), "year, month, day"
        if cut == ".":
            return
        yield _instead(text, last, f"%m{cut}%d{cut}{year}"), "month, day, year"
        return
    for named, order in _NAMED:
        found = named.search(text)
        if found is None:
            continue
        month = "%B" if found["rest"] else "%b"
        parts = ("%d", month) if order == "dmy" else (month, "%d")
        whole = f"{parts[0]}{found['a']}{parts[1]}{found['b']}{_year(found)}"
        yield _instead(text, found, whole), "a date with the name of a month"
        return


def _year(found: re.Match[str]) -> str:
    return "%Y" if len(found["year"]) == 4 else "%y"


def _instead(text: str, found: re.Match[str], pattern: str) -> str:
    return text[: found.start()] + pattern + text[found.end() :]

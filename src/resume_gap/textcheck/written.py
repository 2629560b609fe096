"""The numbers that somebody wrote into a text, with their units and how exactly they were written.

Dates, clock times, levels of confidence, names with digits (`Q3`, `P1`), addresses, code and how
many cautions there are, are no figures and are left out. A number without a unit takes that of its
range or bracket: in `40 to 61 s` and `61 s [54, 67]` all are seconds.
"""

import re
from typing import Final, Literal, NamedTuple

TextUnit = Literal["seconds", "share", "none"]

_DAY: Final = 86_400.0
_UNITS: Final[dict[str, tuple[TextUnit, float]]] = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), ("seconds", 0.001)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), ("seconds", 1.0)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("seconds", 60.0)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), ("seconds", 3_600.0)),
    **dict.fromkeys(("day", "days"), ("seconds", _DAY)),
    **dict.fromkeys(("week", "weeks"), ("seconds", 7 * _DAY)),
    **dict.fromkeys(
        ("%", "percent", "per cent", "percentage points", "percentage point", "points", "point"),
        ("share", 0.01),
    ),
    "pp": ("share", 0.01),
}
_NO_FIGURES: Final = re.compile(
    r"""
      ```.*?(?:```|\Z) | `[^`\n]*`                              # code
    | https?://\S+ | [\w.+-]+@[\w.-]+                           # addresses
    | \d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?
    | \b\d{1,2}:\d{2}(?::\d{2})?\b
    | \b\d{1,2}(?:\s?[-\N{EN DASH}]\s?\d{1,2})?\.?\s(?:MONTH)(?:,?\s\d{4})?\b
    | \b(?:MONTH)\s\d{1,2}(?:\s?[-\N{EN DASH}]\s?\d{1,2})?(?:,?\s\d{4})?\b
    | \b(?:MONTH)\s\d{4}\b
    | \b(?:in|since|from|until|by|of)\s(?:19|20)\d{2}\b(?![\s]?[%\w])
    | \d+(?:\.\d+)?\s?%(?=[\s-]*(?:CI\b|confidence\b|confident\b|interval\b|credib))
    | ^[ \t]*\d+[.)](?=[ \t])                                   # numbered lists
    | \b\d+\s(?:more\s)?(?:cautions?|notes?)\b                  # of a report
    | \bv?\d+\.\d+\.\d+\S*                                      # versions
    """.replace(
        "MONTH",
        "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
        "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?",
    ),
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<sign>[-\N{MINUS SIGN}+\N{PLUS-MINUS SIGN}](?=\d))?"
    r"(?P<digits>\d{1,3}(?:[,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+|\d+)"
    r"(?P<decimals>\.\d+)?"
    r"(?:[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}-]?"
    rf"(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![A-Za-z]))?"
    r"(?![A-Za-z_]|[.,]?\d)"
)
_ONE_IN: Final = re.compile(
    r"\b(?:1|one) in (?P<of>[2-9]|[1-9]\d{1,2})\b(?![.,:]?\d)", re.IGNORECASE
)
"""`1 in 5` is a share."""
_JOINED: Final = re.compile(r"[\s,]*(?:and\s)?\s*", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"\s*(?:to|and|or|through|until|,|;|\.\.\.?|[-\N{EN DASH}\N{EM DASH}])\s*", re.IGNORECASE
)
_BRACKET: Final = re.compile(r"[^\d.;\n\[\](){}]{0,40}[\[(][^\d\])]*")
_ROUGH: Final = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|nearly|almost|some|over|under|above|below|up to"
    r"|(?:more|less|fewer) than|at (?:least|most))|[~<>\N{ALMOST EQUAL TO}"
    r"\N{LESS-THAN OR EQUAL TO}\N{GREATER-THAN OR EQUAL TO}])\s*(?:an?\s)?$",
    re.IGNORECASE,
)
_AT_MOST: Final = re.compile(
    r"(?:\b(?:at most|most that|up to|(?:no|not) more than|(?:less|fewer) than|under|below"
    r"|maximum(?: of)?|upper (?:bound|limit)(?: of| is)?)|[<\N{LESS-THAN OR EQUAL TO}])"
    r"[^.;\n\d]{0,30}$",
    re.IGNORECASE,
)
_SLOWER: Final = r"slower|longer|later|more|higher|worse"
_FASTER: Final = r"faster|sooner|quicker|earlier|shorter|less|fewer|lower"
_BY: Final = re.compile(rf"\b(?:(?P<up>{_SLOWER})|(?P<down>{_FASTER})) by\s+$", re.IGNORECASE)
_THAN: Final = re.compile(
    rf"\s*(?:[\[(][^\])\n]*[\])]|[\])])?\s*(?:(?P<up>{_SLOWER})|(?P<down>{_FASTER}))\b",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 60
"""Characters around a number that say how it is meant."""
_ROUGHLY: Final = 0.05
"""How far a number after `about` or `over` may be from the figure, as a share of it."""
_WHOLE: Final = 0.5
"""How far a figure may be from a whole number."""
_ROUNDED: Final = 0.025
"""The same for a whole number that ends in zeros, such as 3,800 for 3,817."""


class Written(NamedTuple):
    """One number of a text.

    Attributes:
        text: As it is written, with its unit.
        line: Its line, from 1.
        paragraph: Its paragraph, from 0: the lines between blank ones.
        value: In seconds, as a share, or as it is; without its sign.
        exactness: How far a figure may be from it and still be what is meant, same unit.
        unit: Of `value`.
        direction: Of what has a unit: 1 where it is called longer or more, or has a plus sign; -1
            where it is called shorter or less, or has a minus sign; else 0.
        is_at_most: It is called the most that something can be.
        start: Where it begins in the text.
    """

    text: str
    line: int
    paragraph: int
    value: float
    exactness: float
    unit: TextUnit
    direction: int = 0
    is_at_most: bool = False
    start: int = 0

    @property
    def is_whole(self) -> bool:
        """It is written without decimals."""
        return self.exactness >= _WHOLE

    def means(self, figure: float) -> bool:
        """A figure in the same unit reads like this when it is rounded."""
        return abs(abs(figure) - self.value) <= self.exactness * (1 + 1e-9)


class _Token(NamedTuple):
    start: int
    end: int
    value: float
    exactness: float
    unit: str


def numbers_of(text: str) -> list[Written]:
    """The numbers of a text that may be figures of a report, in their order."""
    plain = _NO_FIGURES.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    shares = [_one_in(found) for found in _ONE_IN.finditer(plain)]
    rest = _ONE_IN.sub(lambda found: " " * len(found[0]), plain)
    found_tokens = [_token(found, rest) for found in _NUMBER.finditer(rest)]
    tokens = sorted([*_joined(_with_units(found_tokens, rest), rest), *shares])
    starts = [found.end() for found in re.finditer(r"\n[ \t]*\n", plain)]
    return [
        Written(
            " ".join(text[one.start : one.end].split()),
            plain.count("\n", 0, one.start) + 1,
            sum(start <= one.start for start in starts),
            one.value * _scale(one.unit),
            one.exactness * _scale(one.unit),
            _UNITS[one.unit][0] if one.unit else "none",
            _direction(one, rest),
            _AT_MOST.search(rest, max(0, one.start - _LOOKED_AT), one.start) is not None,
            one.start,
        )
        for one in tokens
    ]


def _direction(one: _Token, text: str) -> int:
    """What the words beside a number, or else its sign, say of its direction."""
    if not one.unit:
        return 0
    found = _THAN.match(text, one.end, one.end + _LOOKED_AT) or _BY.search(
        text, max(0, one.start - _LOOKED_AT), one.start
    )
    if found:
        return 1 if found["up"] else -1
    return {"+": 1, "-": -1, "\N{MINUS SIGN}": -1}.get(text[one.start], 0)


def _scale(unit: str) -> float:
    return _UNITS[unit][1] if unit else 1.0


def _token(found: re.Match[str], text: str) -> _Token:
    digits = re.sub(r"\D", "", found["digits"])
    value = float(digits + (found["decimals"] or ""))
    exactness = 0.5 * 10.0 ** (1 - len(found["decimals"])) if found["decimals"] else _WHOLE
    if not found["decimals"]:
        zeros = len(digits) - len(digits.rstrip("0"))
        exactness = max(exactness, min(0.5 * 10.0**zeros, _ROUNDED * value))
    if _ROUGH.search(text, max(0, found.start() - 20), found.start()):
        exactness = max(exactness, _ROUGHLY * value)
    return _Token(found.start(), found.end(), value, exactness, found["unit"] or "")


def _one_in(found: re.Match[str]) -> _Token:
    """`1 in 5` as 20 %, as exactly as a whole number can."""
    of = int(found["of"])
    return _Token(found.start(), found.end(), 100 / of, 100 / (of - 0.5) - 100 / of, "%")


def _with_units(tokens: list[_Token], text: str) -> list[_Token]:
    """Each with the unit of its range, or of the number before its bracket."""
    done = list(tokens)
    for i in range(len(done) - 2, -1, -1):
        between = text[done[i].end : done[i + 1].start]
        if not done[i].unit and done[i + 1].unit and _RANGE.fullmatch(between):
            done[i] = done[i]._replace(unit=done[i + 1].unit)
    for i in range(1, len(done)):
        between = text[done[i - 1].end : done[i].start]
        in_bracket = _BRACKET.fullmatch(between) or (
            _RANGE.fullmatch(between) and _open(text, done[i - 1].start)
        )
        if not done[i].unit and done[i - 1].unit and in_bracket:
            done[i] = done[i]._replace(unit=done[i - 1].unit)
    return done


def _open(text: str, at: int) -> bool:
    """A bracket is open there."""
    before = text[max(0, at - 80) : at]
    return max(before.rfind("["), before.rfind("(")) > max(before.rfind("]"), before.rfind(")"))


def _joined(tokens: list[_Token], text: str) -> list[_Token]:
    """`5 min 50 s` as one length."""
    done: list[_Token] = []
    for one in tokens:
        last = done[-1] if done else None
        if (
            last is not None
            and _is_smaller(one.unit, last.unit)
            and _JOINED.fullmatch(text[last.end : one.start])
        ):
            ratio = _scale(one.unit) / _scale(last.unit)
            value = last.value + one.value * ratio
            done[-1] = _Token(
                last.start, one.end, value, min(one.exactness, 0.5) * ratio, last.unit
            )
        else:
            done.append(one)
    return done


def _is_smaller(unit: str, than: str) -> bool:
    if not (unit and than) or {_UNITS[unit][0], _UNITS[than][0]} != {"seconds"}:
        return False
    return _scale(unit) < _scale(than)

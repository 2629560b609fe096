"""Written times by a pattern of `--time-format`, with months of other languages.

A pattern that begins with a language, such as `de:%d. %B %Y`, reads its names of months, as exports
of Moodle write them.
"""

import re
from collections.abc import Mapping
from functools import reduce
from typing import Final

from resume_gap.sqltext import quote_text

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "de": (
        *("januar|j\u00e4nner", "februar", "m\u00e4rz", "april", "mai", "juni", "juli", "august"),
        *("september", "oktober", "november", "dezember"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
        *("septiembre|setiembre", "octubre", "noviembre", "diciembre"),
    ),
}
"""By language the names of the months, in order; of two, either."""


def language_of(pattern: str) -> tuple[str | None, str]:
    """The language that a pattern begins with, and the rest of it."""
    language, mark, rest = pattern.partition(":")
    return (language, rest) if mark and language in _NAMES else (None, pattern)


_BLANK: Final = "[\\s\u00a0\u202f]?"
_HALVES: Final[Mapping[str, str]] = {
    "AM": f"a\\.{_BLANK}m\\.?|上午|午前|오전|π\\.?μ\\.?|ص|öö",
    "PM": f"p\\.{_BLANK}m\\.?|下午|午後|오후|μ\\.?μ\\.?|م|ös",
}
"""How Spanish, Chinese, Japanese, Korean, Greek, Arabic and Turkish write the halves of a day."""


def with_halves(text: str) -> str:
    """A written time whose half of the day is AM or PM, whatever its language."""
    return reduce(lambda old, one: re.sub(f"(?i){one[1]}", one[0], old), _HALVES.items(), text)


_COMMENT: Final = r"([+-]\d\d:?\d\d) \([^()]*\)$"
"""The name of a zone behind its offset says nothing more: `+0100 (Central European Time)`."""


def without_comment(text: str) -> str:
    """A written time without the name of its zone behind the offset."""
    return re.sub(_COMMENT, r"\1", text)


_SPECIFIER: Final = re.compile(r"%-?.", re.DOTALL)
_PARTS: Final = frozenset(("%f", "%n"))
"""Parts of a second; the engine reads six digits by the one and nine by the other."""


def specifiers(pattern: str) -> tuple[str, ...]:
    """The specifiers of a pattern in their order, such as `%Y` and `%-d`."""
    return tuple(_SPECIFIER.findall(language_of(pattern)[1]))


def has_zone(pattern: str) -> bool:
    """Whether times that are written so carry a zone."""
    return not {"%z", "%Z"}.isdisjoint(specifiers(pattern))


def moment(text: str, pattern: str) -> str:
    """SQL: the time that a text means by a pattern; null where it does not fit.

    It is of the type TIMESTAMP, with a zone where the pattern has one, whatever the pattern. Parts
    of a second have up to nine digits; a time belongs to the microsecond that it lies in. Halves of
    the day may be in another language. The name of a zone behind an offset is passed over where the
    pattern ends with the offset.

    Args:
        text: SQL of the text.
        pattern: As `--time-format` takes it.
    """
    language, plain = language_of(pattern)
    if language is not None:
        months = zip(_NAMES[language], _MONTHS, strict=True)
        text = reduce(
            lambda sql, pair: f"regexp_replace({sql}, '(?i)\\b({pair[0]})\\b', '{pair[1]}')",
            months,
            text,
        )
    if "%p" in specifiers(plain):
        text = reduce(
            lambda sql, one: f"regexp_replace({sql}, {quote_text('(?i)' + one[1])}, '{one[0]}')",
            _HALVES.items(),
            text,
        )
    if plain.endswith("%z"):
        text = f"regexp_replace({text}, {quote_text(_COMMENT)}, '\\1')"
    if _PARTS.isdisjoint(specifiers(plain)):
        return f"try_strptime({text}, {quote_text(plain)})"
    long = _SPECIFIER.sub(lambda one: "%n" if one[0] in _PARTS else one[0], plain)
    made = "make_timestamptz" if has_zone(plain) else "make_timestamp"
    # The engine would round nanoseconds.
    return f"{made}(epoch_ns(try_strptime({text}, {quote_text(long)})) // 1000)"


def in_english(text: str) -> tuple[str, str] | None:
    """A text whose month has a name of another language, in English, with that language."""
    for language, names in _NAMES.items():
        for name, month in zip(names, _MONTHS, strict=True):
            found = re.sub(rf"(?i)\b({name})\b", month, text)
            if found not in {text, text.casefold()} and not re.search(rf"(?i)\b{month}\b", text):
                return language, found
    return None

"""Names of months in other languages, as exports of Moodle write them.

A pattern of `--time-format` that begins with a language, such as `de:%d. %B %Y`, reads them.
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


_COMMENT: Final = r"([+-]\d\d:?\d\d) \([^()]*\)$"
"""The name of a zone behind its offset says nothing more: `+0100 (Central European Time)`."""


def without_comment(text: str) -> str:
    """A written time without the name of its zone behind the offset."""
    return re.sub(_COMMENT, r"\1", text)


def moment(text: str, pattern: str) -> str:
    """SQL: the time that a text means by a pattern; null where it does not fit.

    The name of a zone behind an offset is passed over where the pattern ends with the offset.

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
    if plain.endswith("%z"):
        text = f"regexp_replace({text}, {quote_text(_COMMENT)}, '\\1')"
    return f"try_strptime({text}, {quote_text(plain)})"


def in_english(text: str) -> tuple[str, str] | None:
    """A text whose month has a name of another language, in English, with that language."""
    for language, names in _NAMES.items():
        for name, month in zip(names, _MONTHS, strict=True):
            found = re.sub(rf"(?i)\b({name})\b", month, text)
            if found not in {text, text.casefold()} and not re.search(rf"(?i)\b{month}\b", text):
                return language, found
    return None

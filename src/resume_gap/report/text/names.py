r"""The one door through which text from data becomes visible.

Ids, event names, elements, columns and file names were written by strangers. Here they lose
what a reader cannot see (controls, bidi marks, zero-width characters: shown as `\u202e`), what
a page must not carry on (queries of addresses, e-mails, tokens) and what does not fit. Escaping
for HTML is the template's autoescape, never done here; text from here is still only text.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

NAME_LIMIT = 80
"""Characters of a name on a page; a judgement of layout, not of data."""
_TEXT_LIMIT = 2_000
"""Longest text that is looked at; what comes after is cut before any pattern runs."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_HIDDEN = frozenset(
    map(
        chr,
        (
            0x034F,
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            0x180B,
            0x180C,
            0x180D,
            0x180F,
            0x2800,
            0x3164,
            0xFFA0,
        ),
    )
) | frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Letters and marks that leave no ink: fillers, joiners, variation selectors."""

_USERINFO = re.compile(r"(?<=://)[^/?#\s@]++@")
_URL_TAIL = re.compile(r"((?:\b[A-Za-z][A-Za-z0-9+.-]{0,30}:/|(?<!\S))/[^\s?#]*+)([?#])\S++")
_QUERY = re.compile(r"(?<=\S)([?&])[\w.\-\[\]%]{1,64}+=\S*+")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++(?:@|%40)[\w-]++(?:\.[\w-]++)+")
_KEY = re.compile(
    r"\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?"
    r"|\b(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs])[-_][\w-]{10,}"
    r"|\bAKIA[0-9A-Z]{12,}|(?i:\bbearer\s+)[\w.~+/=-]{8,}"
)
_LONG = re.compile(r"(?<![\w-])[\w-]{24,}+")
_HEX = re.compile(r"[0-9a-fA-F]{24,}")
_DIGITS = re.compile(r"[0-9]+")
_DIGIT_RUNS = 3
"""So many separate runs of digits are made by a machine; a person writes `Step2Of3`."""


def label(text: str, *, limit: int = NAME_LIMIT) -> str:
    """A name from the data as a page may show it: masked, visible, at most `limit` characters."""
    if text == "":
        return "(empty)"
    return cut(visible(masked(text[:_TEXT_LIMIT])), limit)


def sentence(text: str) -> str:
    """A message that may hold names from the data, masked and visible, of any sane length."""
    return cut(visible(masked(text[:_TEXT_LIMIT])), 600)


def series(names: Sequence[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    return _joined(names, "and")


def either(names: Sequence[str]) -> str:
    """`one`, `one or two`, `one, two or three`."""
    return _joined(names, "or")


def _joined(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def terminal_text(text: str, *, limit: int | None = None) -> str:
    """Text for standard error: one line, every control (ESC, C1, bidi) as a visible escape.

    Nothing is masked: the person who typed the path has to find it again. Print it with markup
    off; `[/foo]` stays what it is.
    """
    shown = visible(text)
    return shown if limit is None else cut(shown, limit)


def visible(text: str) -> str:
    r"""Every character that leaves no ink, or is not ink, as `\u202e`; plain spaces stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def hidden(char: str) -> bool:
    """Whether a reader cannot see the character, or vl-convert cannot survive it."""
    if char in _HIDDEN:
        return True
    category = unicodedata.category(char)
    return category in _HIDDEN_CATEGORIES or (category == "Zs" and char != " ")


def _shown(char: str) -> str:
    if not hidden(char):
        return char
    code = ord(char)
    return _NAMED.get(char) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")


def masked(text: str) -> str:
    """Addresses without query and fragment, e-mails and tokens masked."""
    text = _USERINFO.sub("", text)
    text = _URL_TAIL.sub(rf"\1\2{ELLIPSIS}", text)
    text = _QUERY.sub(rf"\1{ELLIPSIS}", text)
    text = _EMAIL.sub("[e-mail]", text)
    text = _KEY.sub("[token]", text)
    return _LONG.sub(_mask_long, text)


def _mask_long(match: re.Match[str]) -> str:
    """Long runs that look made, not written; the first letters stay to tell two apart."""
    word = match[0]
    made = _HEX.fullmatch(word) is not None or (
        word.count("-") <= 1 and word.count("_") <= 1 and len(_DIGITS.findall(word)) >= _DIGIT_RUNS
    )
    return f"{word[:4]}{ELLIPSIS}[token]" if made else word


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, the last one an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS


def shareable(value: Any) -> Any:  # noqa: ANN401 - JSON is any of its types
    """JSON types with every text masked as on a page, else exact; lone surrogates escaped."""
    if isinstance(value, str):
        return encodable(masked(value[:_TEXT_LIMIT]))
    if isinstance(value, dict):
        return {shareable(key): shareable(v) for key, v in value.items()}
    if isinstance(value, list):
        return [shareable(v) for v in value]
    return value


def encodable(value: Any) -> Any:  # noqa: ANN401 - JSON is any of its types
    """JSON types with lone surrogates (undecodable bytes of a path) as visible escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {encodable(key): encodable(v) for key, v in value.items()}
    if isinstance(value, list):
        return [encodable(v) for v in value]
    return value

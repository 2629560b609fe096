"""Changes to bytes that files meet: cut, flipped, doubled, mixed up."""

from random import Random
from typing import Final

TOKENS: Final = (
    b"", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\n", b"\r\n", b"\r", b",", b";", b"\t",
    b'"', b"'", b"{", b"}", b"[", b"]", b":", b"null", b"NaN", b"-1", b"1e309", b"\\u0000",
    b"9223372036854775808", b"0000-01-01T00:00:00Z", b"10000-01-01T00:00:00Z", b"\xc3\x28",
)  # fmt: skip  # one line a token would hide the list
"""Pieces that parsers of files trip over."""


def mutated(data: bytes, random: Random) -> bytes:
    """The data with one to six changes."""
    for _ in range(random.randint(1, 6)):
        data = random.choice(_CHANGES)(data, random)
    return data


def _flip(data: bytes, random: Random) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(TOKENS) + data[at:]


def _replace(data: bytes, random: Random) -> bytes:
    low, high = _range(data, random)
    return data[:low] + random.choice(TOKENS) + data[high:]


def _double(data: bytes, random: Random) -> bytes:
    low, high = _range(data, random)
    return data[:high] + data[low:high] + data[high:]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _drop(data: bytes, random: Random) -> bytes:
    low, high = _range(data, random)
    return data[:low] + data[high:]


def _range(data: bytes, random: Random) -> tuple[int, int]:
    low = random.randint(0, len(data))
    return low, min(len(data), low + random.randint(0, 40))


_CHANGES: Final = (_flip, _flip, _insert, _insert, _replace, _replace, _double, _cut, _drop)

"""A drawing as PNG, marked as ours so that a later run knows it."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from resume_gap.marks import PNG

_SCALE: Final = 1.5
"""Dots for each unit of the drawing."""
_SIGNATURE: Final = 8


def png(drawing: str) -> bytes:
    """The drawing as a picture, packed tightly.

    Raises:
        ValueError: It cannot be drawn.
    """
    import vl_convert  # noqa: PLC0415 - a tenth of a second, only where a picture is made

    data = bytes(vl_convert.svg_to_png(drawing, scale=_SCALE))
    (_, head), *others = _chunks(data)
    dots = zlib.decompress(b"".join(inside for kind, inside in others if kind == b"IDAT"))
    return b"".join(
        (
            data[:_SIGNATURE],
            _chunk(b"IHDR", head),
            _chunk(PNG[:4], PNG[4:]),
            _chunk(b"IDAT", zlib.compress(dots, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of every part of a PNG."""
    at = _SIGNATURE
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, inside: bytes) -> bytes:
    body = kind + inside
    return struct.pack(">I", len(inside)) + body + struct.pack(">I", zlib.crc32(body))

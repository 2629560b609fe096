"""A picture that others can read and that we know again."""

from __future__ import annotations

import struct
import zlib

from resume_gap.marks import PNG
from resume_gap.report.card.png import _chunk, _chunks, png

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20" fill="#0072b2"/></svg>'
)


def test_it_has_its_size_its_dots_and_our_mark() -> None:
    data = png(DRAWING)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack_from(">II", data, 16) == (60, 30)
    assert PNG in data[:100]
    at, kinds = 8, []
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        body = data[at + 4 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(body)
        kinds.append(body[:4])
        if body[:4] == b"IDAT":
            assert len(zlib.decompress(body[4:])) == 30 * (60 * 4 + 1)
        at += 12 + length
    assert struct.unpack_from(">I", data, 8) == (13,)
    assert kinds == [b"IHDR", b"tEXt", b"IDAT", b"IEND"]
    assert png(DRAWING) == data


def test_parts_are_read_as_they_were_written() -> None:
    parts = [(b"IHDR", b"head"), (b"IDAT", b"one"), (b"IDAT", b""), (b"IEND", b"")]
    data = b"12345678" + b"".join(_chunk(kind, inside) for kind, inside in parts)
    assert list(_chunks(data)) == parts

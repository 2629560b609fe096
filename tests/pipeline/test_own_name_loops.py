"""Keys of names by their bytes, in both ways."""

import numpy as np
import pytest

from resume_gap.pipeline.own_name_loops import LONGER, NO_NAME, keys_of, shared_bytes

pytestmark = pytest.mark.usefixtures("loops")


def text_of(*names: bytes) -> tuple[np.ndarray, np.ndarray]:
    starts = np.cumsum([0, *map(len, names)]).astype(np.int32)
    return starts, np.frombuffer(b"".join(names), dtype=np.uint8)


def keys(rows: list[int], depth: int, *names: bytes) -> list[int]:
    found = np.empty(len(rows), dtype=np.int64)
    keys_of(*text_of(*names), np.array(rows), depth, found)
    return found.tolist()


@pytest.mark.parametrize(
    ("names", "shared"),
    [
        ([b"/page/1", b"/page/2"], 6),
        ([b"/page/1", b"", b"/page"], 5),
        ([b"", b""], 9),
        ([b"/page/123456", b"/page/12"], 8),
        ([b"page"], 0),
        ([], 9),
    ],
)
def test_names_share_what_all_of_them_begin_with(names: list[bytes], shared: int) -> None:
    pattern = np.frombuffer(b"/page/123", dtype=np.uint8)
    assert shared_bytes(*text_of(*names), pattern, 9) == shared


def test_a_key_is_seven_bytes_and_how_many_there_are() -> None:
    found = keys([1, 0, 2, 3], 2, b"//abcdefg", b"//ab", b"//abcdefgh", b"//")
    assert found == [
        int.from_bytes(b"ab\0\0\0\0\0") << 4 | 2,
        int.from_bytes(b"abcdefg") << 4 | 7,
        int.from_bytes(b"abcdefg") << 4 | LONGER,
        0,
    ]


def test_keys_rise_as_names_do_and_none_comes_last() -> None:
    names = [b"a", b"a\0", b"a\0\0", b"ab", b"\xff" * 7, b"\xff" * 8, b""]
    found = keys([*range(7)], 0, *names)
    assert found == sorted(set(found))
    assert found[-1] == NO_NAME

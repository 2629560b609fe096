"""Digests found beside the reading are those of the files, and a run that ends does not wait."""

import hashlib
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.digests import Digests
from resume_gap.sources.inputs import Frame, InputFile


def file(path: Path, *, frame: Frame | None = None) -> InputFile:
    return InputFile(given=path.name, path=path, kind="parquet", frame=frame)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("size", [0, 5, (1 << 20) + 1])
def test_they_are_those_of_the_files(size: int, threads: int, tmp_path: Path) -> None:
    content = bytes(range(251)) * (size // 251 + 1)
    (tmp_path / "a").write_bytes(content[:size])
    (tmp_path / "b").write_bytes(b"b")
    files = [file(tmp_path / "a"), file(tmp_path / "b"), file(tmp_path / "a")]
    with closing(Digests(files, threads)) as digests:
        found = [digests.of(one) for one in files]
    a, b = (hashlib.sha256(data).hexdigest() for data in (content[:size], b"b"))
    assert found == [a, b, a]


def test_a_frame_has_its_own(tmp_path: Path) -> None:
    frames = [Frame(None, sha256, None, 1) for sha256 in ("of the content", None)]
    files = [file(tmp_path / "not there", frame=frame) for frame in frames]
    with closing(Digests(files, 2)) as digests:
        assert [digests.of(one) for one in files] == ["of the content", None]


@pytest.mark.parametrize("threads", [1, 2])
def test_a_file_that_cannot_be_read_is_named_when_it_is_asked_for(
    threads: int, tmp_path: Path
) -> None:
    gone = file(tmp_path / "gone.parquet")
    with (
        closing(Digests([gone], threads)) as digests,
        pytest.raises(InputError, match=r"gone\.parquet: cannot be read: No such file"),
    ):
        digests.of(gone)


def test_an_end_does_not_wait_for_a_long_file(tmp_path: Path) -> None:
    with (tmp_path / "long").open("wb") as stream:
        stream.truncate(1 << 36)  # holes: minutes to read, nothing on the disk
    before = set(threading.enumerate())  # one of another test may be about to end
    begun = time.monotonic()
    digests = Digests([file(tmp_path / "long"), file(tmp_path / "long")], 2)
    digests.close()
    with pytest.raises(RuntimeError, match="after its end"):
        digests._digest(tmp_path / "long")
    assert time.monotonic() - begun < 5
    assert set(threading.enumerate()) <= before

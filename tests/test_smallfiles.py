"""Files that are read whole."""

from pathlib import Path

import pytest

from resume_gap.smallfiles import Unreadable, read_small


def test_a_file_up_to_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert read_small(path, 5) == b"12345"
    with pytest.raises(Unreadable, match="larger than 4e-06 MB"):
        read_small(path, 4)


def test_a_device_without_an_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(Unreadable, match="is a device, not a file"):
        read_small(Path("/dev/zero"), 1)

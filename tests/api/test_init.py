"""What `init` hands on of what it is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import resume_gap
from resume_gap.commands import init as command
from resume_gap.errors import UsageError


def test_every_argument_is_handed_on_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def write_found(events: Any, settings: Any, options: Any) -> Path:
        seen.update(events=events, settings=settings, options=options)
        return Path("written")

    monkeypatch.setattr(command, "write_found", write_found)
    given: dict[str, Any] = {
        "time": "at",
        "source": "amplitude",
        "map": {"user_id": "uid"},
        "format": "csv",
        "encoding": "cp1252",
        "time_unit": "ms",
        "time_format": "%d.%m.%Y",
        "duration_unit": "us",
        "time_is": "end",
        "clock": "corrected",
        "tz": "Europe/Berlin",
    }
    made = resume_gap.init(["a.csv", Path("b.csv")], out="new.toml", force=True, **given)
    assert made == Path("written")
    assert [str(one) for one in seen["events"]] == ["a.csv", "b.csv"]
    settings = seen["settings"]
    names = {"map": "mapping", "format": "file_format"}
    taken = {"map": {"user_id": "uid", "timestamp": given.pop("time")}}
    for name, value in (given | taken).items():
        assert getattr(settings, names.get(name, name)) == value, name
    assert (seen["options"].out, seen["options"].force) == (Path("new.toml"), True)
    resume_gap.init("a.csv")
    assert (seen["options"].out, seen["options"].force) == (Path("resume-gap.toml"), False)
    assert seen["events"] == ["a.csv"]
    with pytest.raises(UsageError, match="--time-unit must be one of s, ms"):
        resume_gap.init("a.csv", time_unit="h")  # type: ignore[arg-type]

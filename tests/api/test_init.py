"""What `init` hands on of what it is given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from resume_gap.api import init as called

if TYPE_CHECKING:
    import pytest


def test_every_argument_is_handed_on_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def write_found(events: Any, settings: Any, options: Any) -> Path:
        seen.update(events=events, settings=settings, options=options)
        return Path("written")

    monkeypatch.setattr(called, "write_found", write_found)
    given: dict[str, Any] = {
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
    assert called.init(["a.csv", Path("b.csv")], out="new.toml", force=True, **given) == Path(
        "written"
    )
    assert [str(one) for one in seen["events"]] == ["a.csv", "b.csv"]
    settings = seen["settings"]
    names = {"map": "mapping", "format": "file_format"}
    for name, value in given.items():
        assert getattr(settings, names.get(name, name)) == value, name
    assert (seen["options"].out, seen["options"].force) == (Path("new.toml"), True)
    called.init("a.csv", out="new.toml")
    assert seen["options"].force is False

"""Which columns of a wide file are kept: those that somebody asks for."""

from resume_gap.settings import Settings
from resume_gap.sources.columns import recognise
from resume_gap.sources.needed import needed_columns

NAMES = ("uid", "timestamp", "event", "device_id", "actor", "state", "note")


def test_what_is_asked_for_by_name_is_kept() -> None:
    settings = Settings(
        mapping={"user_id": "uid", "target": "payload.item.id"},
        productive=("state=open",),
        by=("plan",),
        unit="company",
    )
    found = needed_columns(settings, recognise(NAMES, {"user_id": "uid"}), NAMES)
    assert found >= {"uid", "timestamp", "event", "state", "plan", "company"}
    assert {"payload", "payload.item", "payload.item.id"} <= found
    assert "actor" in found
    assert "device_id" in found
    assert "note" not in found

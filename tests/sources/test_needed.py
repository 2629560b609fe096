"""Which columns of a wide file are kept: those that somebody asks for."""

from resume_gap.settings import Settings
from resume_gap.sources.columns import Taken, recognize
from resume_gap.sources.experiments import columns_asked
from resume_gap.sources.needed import needed_columns

NAMES = ("uid", "timestamp", "event", "device_id", "actor", "state", "note")


def test_what_is_asked_for_by_name_is_kept() -> None:
    settings = Settings(
        mapping={"user_id": "uid", "target": "payload.item.id"},
        productive=("state=open",),
        by=("plan",),
        unit="company",
    )
    found = needed_columns(settings, recognize(NAMES, {"user_id": "uid"}), NAMES)
    assert found >= {"uid", "timestamp", "event", "state", "plan", "company"}
    assert {"payload", "payload.item", "payload.item.id"} <= found
    assert "actor" in found
    assert "device_id" in found
    assert "note" not in found


def test_every_way_to_ask_for_a_column_keeps_it() -> None:
    def kept(*names: str, **options: object) -> set[str]:
        settings = Settings(**options)  # type: ignore[arg-type]
        return set(needed_columns(settings, {}, names))

    assert kept() == set()
    for option in ("productive", "complete", "away", "ignore", "agent"):
        assert kept(**{option: ("plain", " a =b=c")}) == {"a", "a =b"}, option
    asked = set(columns_asked("x"))
    assert {name for name in kept(experiment="x") if name in asked} == asked != set()
    assert kept("browser", "note", "clientId", "is_bot") == {"browser", "clientId", "is_bot"}
    assert kept("uid", "ts", "action", "x") == {"uid", "ts", "action"}
    assert set(needed_columns(Settings(), {"target": Taken("t.u", "name")}, ())) == {"t", "t.u"}

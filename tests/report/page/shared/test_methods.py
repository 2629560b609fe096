"""Methods and settings on every page."""

from __future__ import annotations

from factories.pages import rendered
from factories.results import changed, full


def test_settings_go_by_their_options() -> None:
    screen_text = rendered(full()).visible.split("Settings of this run")[1]
    assert "--gap auto" in screen_text
    assert "gap_us" not in screen_text
    assert "until_us" not in screen_text
    assert "--until 2026-03-29T22:00:00Z" in screen_text
    assert "--map" in screen_text
    given = changed(full(), settings={**full().generated_from.settings, "gap_us": 90_000_000})
    assert "--gap 1 min 30 s" in rendered(given).visible

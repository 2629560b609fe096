"""Small `summary.json` for what reads them and no log."""

from __future__ import annotations

from typing import Any

SEAL = "5e" * 32


def estimate(value: float | None, half: float | None = None) -> dict[str, float | None]:
    if value is None or half is None:
        return {"estimate": value, "ci_lower": None, "ci_upper": None}
    return {"estimate": value, "ci_lower": value - half, "ci_upper": value + half}


def summary(day: int = 1, **changes: Any) -> dict[str, Any]:
    """A report of `analyze` on five days of March from this one on."""
    content: dict[str, Any] = {
        "schema_version": 2,
        "tool_version": "0.1.0",
        "command": "analyze",
        "generated_from": {
            "subject": [f"week{day}.parquet", "60 users"],
            "inputs": [
                {
                    "path": f"week{day}.parquet",
                    "sha256": f"{day:064x}",
                    "first_at": f"2025-03-{day:02}T08:00:00Z",
                    "last_at": f"2025-03-{day + 4:02}T17:00:00Z",
                }
            ],
            "settings": {"productive": ["edit"], "seed": 0},
        },
        "resolution": {"seconds": 0.0},
        "threshold": {"seconds": 300.0},
        "counts": {"users": 60, "interruptions": 500},
        "reorientation": {
            "reason": None,
            "cap_seconds": 300.0,
            "mean": estimate(60.0, 6.0),
            "productive": estimate(0.9, 0.02),
        },
        "excess": {"reason": None, "from_event": estimate(40.0, 5.0)},
        "marker": {
            "reason": None,
            "best": "last_touched",
            "policies": [
                {"name": "most_used", "hit": 0.1, "ci_lower": 0.05, "ci_upper": 0.2},
                {"name": "last_touched", "hit": 0.4, "ci_lower": 0.35, "ci_upper": 0.45},
            ],
            "recommendation": {"word": "test"},
        },
        "opportunity": {
            "reason": None,
            "bounds": [
                {"upper": 60.0, "ci_lower": 54.0, "ci_upper": 66.0},
                {"upper": 18.0, "ci_lower": 15.0, "ci_upper": 21.0},
            ],
        },
    }
    return content | changes


def launch(day: int = 20, seal: str | None = SEAL, **changes: Any) -> dict[str, Any]:
    """A report of `evaluate` that was compared with a prediction."""
    content = summary(day)
    for part in ("excess", "marker", "opportunity"):
        del content[part]
    rows = [
        ("reorientation_mean_seconds", estimate(60.0, 6.0), estimate(62.0, 5.0)),
        ("saving_at_most_seconds", estimate(18.0, 3.0), estimate(25.0, 3.0)),
        ("scenario:middle", estimate(5.0), estimate(25.0, 3.0)),
        ("hit", estimate(0.4, 0.05), estimate(None)),
    ]
    content["command"] = "evaluate"
    content["evaluation"] = {
        "primary": estimate(-25.0, 16.0),
        "verdict": {"word": "better"},
        "predicted": [
            {"name": name, "predicted": before, "measured": after} for name, before, after in rows
        ],
        "prediction_file": seal,
    }
    return content | changes

"""Checks of the data with the figures that they are found by."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from resume_gap.report.text.findings import worded
from resume_gap.results.common import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src" / "resume_gap"


def check(code: str, **parts: object) -> Check:
    values = {"severity": "warn", "count": 1_204, "share": 0.125} | parts
    return worded(Check(check=code, **values))  # type: ignore[arg-type]


OWN_SENTENCE = {"lookalikes.py"}
"""Modules of measures whose checks bring their sentence along."""


def codes() -> set[str]:
    """The codes of the checks that leave their sentence to the report."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        folder = path.relative_to(SOURCE).parts[0]
        for keywords in _checks(path):
            if {"message", "action"} & set(keywords):
                assert folder not in ("quality", "analysis") or path.name in OWN_SENTENCE, path
                continue
            found |= _either(keywords["check"])
    return found


def _checks(path: Path) -> Iterator[dict[str | None, ast.expr]]:
    """What each check of a module is made of."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Check":
            yield {keyword.arg: keyword.value for keyword in node.keywords}


def _either(code: ast.expr) -> set[str]:
    """A code, or both where a condition decides."""
    if isinstance(code, ast.IfExp):
        return _either(code.body) | _either(code.orelse)
    assert isinstance(code, ast.Constant), ast.unparse(code)
    return {code.value}


FIGURES = {
    "clock_corrected": {"off_by_seconds": 5_400.0},
    "clock_off": {"off_by_seconds": 5_400.0},
    "excluded_users_unmatched": {"alike": 1},
    "coarse_stamps": {"seconds": 60.0},
    "early_controls": {"seconds": 1.52, "finest_seconds": 0.0},
    "short_log": {"days": 3.25},
    "identity_switch": {"expected": 0.4},
    "identity_at_returns": {"returns": 1_740, "expected": 2},
    "session_ids_disagree": {"seconds": 1_800.0, "unchanged_share": 0.25, "inside_share": 0.5},
    "batch_uploads": {"users": 12},
    "likely_idle_events": {
        "names": 1,
        "unnamed": 0,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "agent_events": {"returns_with": 1_200, "returns_without": 800},
    "likely_agents": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "mean_seconds_with": 61.4,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "machine_events": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "mean_seconds_with": 61.4,
        "returns_without": 2_300,
        "interruptions_without": 9,
    },
    "lone_rows": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "alternating_sets": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "echoes": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "late_sending": {"returns": 1_740, "elsewhere": 0.01},
    "sent_on_timer": {"seconds": 5.0},
    "restless_users": {"listed": 1, "unlisted": 0},
    "doubtful_task_ends": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "timed_task_ends": {
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
        "seconds": 1_800.0,
    },
    "first_work_at_once": {
        "wait_seconds": 4.0,
        "step_seconds": 27.2,
        "times": 3.47,
        "is_own_name": 1,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "impressions": {
        "is_moved": 1,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "silent_starts": {
        "median_seconds": 600.0,
        "is_own_name": 1,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
}


NAMES = {
    "rows_dropped": ("no_user", ""),
    "placeholder_user_ids": ("", "null"),
    "copied_inputs": ("b.csv.gz", "a.csv"),
    "shared_user_id": ("kiosk",),
    "restless_users": ("user 7",),
    "machine_events": ("ping",),
    "likely_idle_events": ("went dark", "blur"),
    "thin_end": ("2026-03-05",),
}

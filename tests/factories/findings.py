"""Checks of the data with the figures that they are found by."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resume_gap.report.text.findings.entry import printed
from resume_gap.report.text.findings.table import FINDINGS, worded
from resume_gap.results.common import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src" / "resume_gap"


def check(code: str, **parts: object) -> Check:
    values = {"severity": "warn", "count": 1_204, "share": 0.125} | parts
    return worded(Check(check=code, **values))  # type: ignore[arg-type]


def usual(code: str, **parts: object) -> Check:
    """A check with its usual figures and names."""
    return check(code, **{"figures": FIGURES.get(code, {}), "names": NAMES.get(code, ())} | parts)


def message(code: str, found: Check) -> str:
    """What the entry of a code says of a check."""
    return printed(FINDINGS[code].message, found)


def action(code: str, found: Check) -> str:
    """What the entry of a code says is to do."""
    return printed(FINDINGS[code].action, found)


BOTH = {
    "returns_with": 1_200,
    "interruptions_with": 808,
    "mean_seconds_with": 61.4,
    "returns_without": 900,
    "interruptions_without": 709,
}
SAYS_BOTH = (
    "With {0}: 1,200 returns, 808 interruptions, 61 s to work on average. Without {0}: 900 "
    "returns, 709 interruptions, time to work not known"
)


def compared(*names: str, **more: Any) -> Check:
    """A check with figures with what it found and without."""
    figures = BOTH | more.pop("figures", {})
    values = {"check": "x", "severity": "warn", "count": 1_204, "share": 0.125} | more
    return Check(names=names, figures=figures, **values)


OWN_SENTENCE = {"lookalikes.py"}
"""Modules of measures whose checks bring their sentence along."""


def codes() -> set[str]:
    """The codes of the checks that leave their sentence to the report."""
    return {code for code, is_worded, _ in _made() if not is_worded}


def warning_codes() -> set[str]:
    """The codes of those of them that may warn, which a first screen shows."""
    return {code for code, is_worded, is_note in _made() if not (is_worded or is_note)}


def worded_codes() -> set[str]:
    """The codes of the checks that bring their sentence along."""
    return {code for code, is_worded, _ in _made() if is_worded}


def _made() -> Iterator[tuple[str, bool, bool]]:
    """Every code where a check is made, whether it brings its sentence along, and is a note."""
    for path in sorted(SOURCE.rglob("*.py")):
        folder = path.relative_to(SOURCE).parts[0]
        for keywords in _checks(path):
            is_worded = bool({"message", "action"} & set(keywords))
            if is_worded:
                assert folder not in ("quality", "analysis") or path.name in OWN_SENTENCE, path
            either = [*_either(keywords["check"], keywords["severity"])]
            assert either or is_worded, path
            for code, is_note in either:
                yield code, is_worded, is_note


def _checks(path: Path) -> Iterator[dict[str | None, ast.expr]]:
    """What each check of a module is made of."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Check":
            yield {keyword.arg: keyword.value for keyword in node.keywords}


def _either(code: ast.expr, severity: ast.expr) -> Iterator[tuple[str, bool]]:
    """A code, or both where a condition decides, and whether each is a note."""
    if isinstance(code, ast.IfExp):
        both = isinstance(severity, ast.IfExp)
        yield from _either(code.body, severity.body if both else severity)
        yield from _either(code.orelse, severity.orelse if both else severity)
    elif isinstance(code, ast.Constant):
        yield code.value, ast.unparse(severity) == "'note'"


PLAIN_BOTH = {
    "returns_with": 1_200,
    "interruptions_with": 8,
    "returns_without": 900,
    "interruptions_without": 9,
}
FIGURES = {
    "clock_corrected": {"off_by_seconds": 5_400.0},
    "clock_off": {"off_by_seconds": 5_400.0},
    "excluded_users_unmatched": {"alike": 1},
    "coarse_stamps": {"seconds": 60.0},
    "early_controls": {"seconds": 1.52, "finest_seconds": 0.0},
    "short_log": {"days": 3.25},
    "several_people": {"people": 4_816},
    "duration_unit": {"inferred": 1},
    "event_id_conflicts": {"other": 12},
    "repeated_event_ids": {"other": 12},
    "other_threshold": {"seconds": 300.0, "predicted_seconds": 350.0},
    "identity_switch": {"expected": 0.4},
    "identity_at_returns": {"returns": 1_740, "expected": 2},
    "session_ids_disagree": {"seconds": 1_800.0, "unchanged_share": 0.25, "inside_share": 0.5},
    "batch_uploads": {"users": 12},
    "likely_idle_events": {
        "names": 1,
        "unnamed": 0,
        **PLAIN_BOTH,
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
    "lone_rows": PLAIN_BOTH,
    "alternating_sets": PLAIN_BOTH,
    "echoes": PLAIN_BOTH,
    "late_sending": {"returns": 1_740, "elsewhere": 0.01},
    "sent_on_timer": {"seconds": 5.0},
    "restless_users": {"listed": 1, "unlisted": 0},
    "doubtful_task_ends": PLAIN_BOTH,
    "timed_task_ends": {
        **PLAIN_BOTH,
        "seconds": 1_800.0,
    },
    "first_work_at_once": {
        "wait_seconds": 4.0,
        "step_seconds": 27.2,
        "times": 3.47,
        "is_own_name": 1,
        **PLAIN_BOTH,
    },
    "impressions": {
        "is_moved": 1,
        **PLAIN_BOTH,
    },
    "signed_in_late": {
        "wait_seconds": 20.4,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "work_renamed": {
        "is_end": 1,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "touched_at_once": {
        "astray_share": 0.99,
        "returns_with": 1_200,
        "interruptions_with": 8,
        "returns_without": 900,
        "interruptions_without": 9,
    },
    "silent_starts": {
        "median_seconds": 600.0,
        "is_own_name": 1,
        **PLAIN_BOTH,
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
    "type_clash": ("user id", "numbers", "a.jsonl", "text", "b.jsonl"),
    "several_people": ("member",),
    "local_times_skipped": ("Europe/Berlin", "from 2026-03-29 02:00 to 03:00"),
    "local_times_doubled": ("Europe/Berlin", "from 2026-10-25 02:00 to 03:00"),
    "duration_left_out": ("took",),
    "duration_unit": ("took", "seconds", "end"),
    "prediction_of_this_log": ("trial", "assignment"),
}

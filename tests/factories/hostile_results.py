"""A result whose names are hostile."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

from factories.before_launch import (
    marker,
    segments,
)
from factories.full_log import changed, full
from resume_gap.results.common import (
    Check,
    Input,
)
from resume_gap.results.workday import FirstPath, StoppingPlace

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis

HOSTILE = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "[/foo]",
    "[link=https://evil.example]x[/link]",
    "=1+1",
    "\u202eevil\u202c",
    "\x1b[31mred\x1b[0m\x9b31m",
    "nul\x00bell\x07",
    "zero\u200bwidth\ufeff",
    "\ufffe\uffff",
    "x" * 5_000,
    "javascript:window.hit=1",
    "https://bob:pw@example.com/a?session=9f8e7d#frag",
    "mail alice.smith@example.com now",
    "{{ 7*7 }}{% raw %}",
    "datum.x'); window.hit=1; ('",
    "e\u0301" * 200,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "",
)


@cache
def hostile() -> Analysis:
    """Every name in the log was chosen by an enemy."""
    return changed(
        full(),
        inputs=(
            Input(
                path="logs/<b>\x1b]0;x\x07.csv",
                sha256="00" * 32,
                rows=9,
                first_at=None,
                last_at=None,
            ),
        ),
        columns={
            "user_id": "<u>",
            "timestamp": "t\u202e",
            "event": "e\x1b[2J",
            "target": "</td><script>window.hit=1</script>",
            "task": None,
        },
        roles={
            "source": "configured",
            "productive": HOSTILE,
            "completing": HOSTILE[:3],
            "leading": tuple((name, 10) for name in HOSTILE),
        },
        places=tuple(StoppingPlace(target=name, interruptions=2_000) for name in HOSTILE),
        paths=tuple(
            FirstPath(first=name, work=name, at_once=False, interruptions=400) for name in HOSTILE
        ),
        data_quality=tuple(
            Check(
                check="names",
                severity="warn",
                count=1,
                share=None,
                action=f"see {name}"[:200],
                message=f"The name {name} looks like another.",
            )
            for name in HOSTILE
        ),
        queries={"10_events.sql": "select '</code><script>window.hit=1</script>\x00'"},
        settings={"productive": list(HOSTILE), "tz": "UTC"},
        marker={
            "hits": tuple(
                dataclasses.replace(row, group="context", value=name, policy="last_productive")
                for row in marker().hits[:1]
                for name in HOSTILE
            )
        },
        segments=tuple(
            dataclasses.replace(segments()[0], column=name, value=name) for name in HOSTILE
        ),
        day={
            "person": HOSTILE[0],
            "pointed": HOSTILE[0],
            "place": HOSTILE[2],
            "hit": False,
            "events": tuple(
                (30_000.0 + 60 * i, name, name, i % 3 == 0) for i, name in enumerate(HOSTILE)
            ),
            "stop_seconds": 30_300.0,
            "return_seconds": 30_360.0,
            "work_seconds": 30_540.0,
        },
    )

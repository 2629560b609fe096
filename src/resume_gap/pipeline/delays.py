"""Stamps compared with times of arrival: clocks that are wrong now and then, offline buffers.

Section 1 of the method. A user's median delay is normal; a stamp with another one was made by a
clock that was wrong, unless it waited with others to be sent.
"""

from resume_gap.constants import (
    BUFFER_WITHIN,
    CLOCK_OFF,
    CLOCK_OFF_SHARE,
    DELAY_VARIES,
)
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.units import US


def check_delays(runner: Runner, *, correct: bool) -> list[Check]:
    """Count the rows whose stamp is far off, and move them where asked for.

    Args:
        runner: Holds `log`, with times of arrival.
        correct: Stamps that are far off get the user's usual delay (`--clock corrected`).
    """
    runner.let(
        clock_off_us=CLOCK_OFF.us, buffer_us=BUFFER_WITHIN.us, delay_varies_us=DELAY_VARIES.us
    )
    runner.make("08_usual_delays")
    runner.make("09_off_stamps")
    n, off, off_by_us, buffered = runner.row("11_off_rows")
    checks = []
    if off:
        checks.append(
            Check(
                check="clock_corrected" if correct else "clock_off",
                severity="warn" if not correct and off > CLOCK_OFF_SHARE.value * n else "note",
                count=off,
                share=off / n,
                figures={"off_by_seconds": off_by_us / US},
            )
        )
    if buffered:
        checks.append(
            Check(check="offline_buffer", severity="note", count=buffered, share=buffered / n)
        )
    if correct and off:
        runner.rename_view("log", "log_as_given")
        runner.make("10_log", kind="view")
    return checks

"""Ctrl-C, SIGTERM, SIGHUP: one line, the code, nothing left; SIGKILL: the next run cleans up."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from resume_gap import cli
from resume_gap.commands import context
from resume_gap.engines import local
from resume_gap.output import publish
from resume_gap.system import locked, signals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROWS = "user_id,timestamp,event\n" + "".join(
    f"u{user},2026-03-02T{hour:02}:00:0{user}Z,edit\n" for user in range(3) for hour in range(24)
)
POINTS = {
    "making": (locked, "_hold"),
    "reading": (context, "take_in"),
    "ordering": (local, "reduce_events"),
    "replaying": (local, "replay"),
    "exchanging": (publish, "_exchange"),
    "clearing": (publish, "_clear"),
}
"""Functions of a run that are met in this order."""
WITHOUT_PICTURES = (
    "from markupsafe import Markup; from resume_gap.report.charts import svg; "
    "svg.svg = lambda _: Markup('<svg></svg>'); from resume_gap.__main__ import main; main()"
)
"""A run as from the command line, but that it draws nothing."""
RUN = [sys.executable, "-c", WITHOUT_PICTURES, "analyze", "log.csv", "-o", "out", "-q"]
BEFORE = tuple(POINTS)[:4]
"""Points before the report takes its place."""
QUICK = tuple(zip(BEFORE, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) * 2, strict=False))
"""Each point and each signal once; with `--full` every pair."""
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.fixture(autouse=True)
def _as_from_a_terminal() -> Iterator[None]:
    """Under nohup the tests themselves ignore some signals, and so would all that they start."""
    before = {number: signal.getsignal(number) for number in CODES}
    for number in CODES:
        usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, usual)
    yield
    with signals.noticed():  # forgets what came
        pass
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "temp").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "log.csv").write_text(ROWS)
    return tmp_path


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def stopped(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Done]:
    """A run in this process that meets signals after a point; a traceback fails the test."""

    def do(step: str, *numbers: int) -> Done:
        inner = getattr(*POINTS[step])

        def stop(*args: Any, **options: Any) -> Any:
            monkeypatch.setattr(*POINTS[step], inner)
            found = inner(*args, **options)
            for number in numbers:
                os.kill(os.getpid(), number)
            return found

        monkeypatch.setattr(*POINTS[step], stop)
        monkeypatch.setattr(sys, "argv", ["resume-gap", *RUN[3:]])
        monkeypatch.setenv("TMPDIR", str(here / "temp"))
        monkeypatch.chdir(here / "work")
        with pytest.raises(SystemExit) as ended:
            cli.run()
        out, err = capfdbinary.readouterr()
        return Done(int(ended.value.code or 0), out.decode(), err.decode())

    return do


def left(here: Path) -> list[str]:
    """All that a run leaves behind besides a report."""
    return sorted(
        p.name
        for p in (*(here / "temp").iterdir(), *(here / "work").iterdir())
        if p.name != "log.csv"
    )


@pytest.mark.parametrize(
    ("step", "number"),
    [
        pytest.param(step, number, marks=() if (step, number) in QUICK else pytest.mark.full)
        for step in BEFORE
        for number in CODES
    ],
)
def test_a_signal_ends_the_run_in_one_line(
    here: Path, stopped: Callable[..., Done], step: str, number: int
) -> None:
    done = stopped(step, number)
    words = {2: "interrupted", 15: "ended by SIGTERM", 1: "ended by SIGHUP"}[number]
    assert done == (CODES[number], "", f"resume-gap: {words}; nothing was written\n")
    assert left(here) == []


@pytest.mark.parametrize("step", ["exchanging", "clearing"])
def test_a_signal_during_the_exchange_leaves_the_new_report(
    here: Path, stopped: Callable[..., Done], step: str
) -> None:
    done = stopped(step, signal.SIGTERM)
    assert done.err == "resume-gap: ended by SIGTERM; the report in out was written\n"
    assert done.code == 143
    assert left(here) == ["out"]


def test_more_signals_do_not_disturb_the_clean_up(
    here: Path, stopped: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = locked.Locked.remove

    def slow(self: locked.Locked) -> None:
        for number in CODES:
            os.kill(os.getpid(), number)
        remove(self)

    monkeypatch.setattr(locked.Locked, "remove", slow)
    done = stopped("ordering", signal.SIGHUP, signal.SIGTERM)
    assert done == (129, "", "resume-gap: ended by SIGHUP; nothing was written\n")
    assert left(here) == []


def started(here: Path, *before: str) -> subprocess.Popen[str]:
    """A run that is in the middle: its temporary folder is there."""
    child = subprocess.Popen(
        [*before, *RUN],
        cwd=here / "work",
        env=os.environ | {"TMPDIR": str(here / "temp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list((here / "temp").iterdir()):
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)
    return child


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.full)]
)
def test_a_signal_from_outside(here: Path, number: int) -> None:
    child = started(here)
    child.send_signal(number)
    said, heard = child.communicate(timeout=60)
    assert (child.returncode, said) == (CODES[number], "")
    assert heard.count("\n") == 1
    assert left(here) == []


@pytest.mark.parametrize(
    "after", [0, *(pytest.param(s, marks=pytest.mark.full) for s in (0.1, 0.2, 0.5, 1))]
)
def test_kill_9_and_a_whole_run_leave_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, after: float
) -> None:
    child = started(here)
    time.sleep(after)
    child.kill()
    child.communicate()
    monkeypatch.setattr(sys, "argv", ["resume-gap", *RUN[3:]])
    monkeypatch.setenv("TMPDIR", str(here / "temp"))
    monkeypatch.chdir(here / "work")
    with pytest.raises(SystemExit) as ended:
        cli.run()
    assert ended.value.code == 0
    assert left(here) == ["out"]


def test_what_is_ignored_stays_ignored(here: Path, stopped: Callable[..., Done]) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    done = stopped("reading", signal.SIGHUP)
    assert (done.code, done.err) == (0, "")
    assert left(here) == ["out"]


@pytest.mark.full
def test_what_nohup_ignores_stays_ignored(here: Path) -> None:
    child = started(here, "sh", "-c", 'trap "" HUP; exec "$@"', "sh")
    for _ in range(3):
        child.send_signal(signal.SIGHUP)
        time.sleep(0.05)
    _, heard = child.communicate(timeout=60)
    assert child.returncode == 0, heard
    assert left(here) == ["out"]


@pytest.mark.parametrize("number", CODES)
def test_a_signal_while_the_process_ends_is_too_late(number: int) -> None:
    code = (
        "import atexit, os, sys, time; from resume_gap.__main__ import main; "
        f"atexit.register(lambda: (os.kill(os.getpid(), {number}), time.sleep(0.01))); "
        "sys.argv[1:] = ['--version']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# In this process -------------------------------------------------------------------------------


def send(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(0)  # a bytecode at which Python looks


@pytest.mark.parametrize("number", CODES)
def test_the_handlers_are_put_back(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(one) for one in signals.CAUGHT]
    with pytest.raises(SystemExit) as ended, signals.caught():
        send(number)
    assert ended.value.code == CODES[number]
    assert capsys.readouterr().err.count("\n") == 1
    assert [signal.getsignal(one) for one in signals.CAUGHT] == before


def test_a_shield_holds_until_somebody_checks(capsys: pytest.CaptureFixture[str]) -> None:
    reached = []

    def work() -> None:
        with signals.shielded():
            with signals.shielded():
                send(signal.SIGTERM)
            send(signal.SIGHUP)
            reached.append("inside")
        reached.append("after")
        signals.check()
        reached.append("too far")

    with pytest.raises(SystemExit) as ended, signals.caught():
        work()
    assert (ended.value.code, reached) == (143, ["inside", "after"])
    assert "SIGTERM" in capsys.readouterr().err


def test_an_error_that_a_signal_led_to_is_the_signal(capsys: pytest.CaptureFixture[str]) -> None:
    """DuckDB makes an error of its own of it, in whatever words."""

    def work() -> None:
        try:
            send(signal.SIGTERM)
        except signals.Stopped:
            raise RuntimeError("anything at all") from None

    with pytest.raises(SystemExit) as ended, signals.caught():
        work()
    assert ended.value.code == 143
    assert capsys.readouterr().err.count("\n") == 1


def test_an_error_that_only_talks_of_interrupts_stays_one() -> None:
    with pytest.raises(RuntimeError, match="Query interrupted"), signals.caught():
        raise RuntimeError("Query interrupted")


def test_a_call_from_python_keeps_keyboard_interrupt() -> None:
    def swallow() -> None:
        try:
            send(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("INTERRUPT Error") from None

    with pytest.raises(KeyboardInterrupt), signals.noticed():
        swallow()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_earlier_signal_is_forgotten() -> None:
    with pytest.raises(KeyboardInterrupt), signals.noticed():
        send(signal.SIGINT)
    with signals.noticed():
        signals.check()
    with pytest.raises(ZeroDivisionError), signals.noticed():
        raise ZeroDivisionError


def test_other_threads_do_without(capsys: pytest.CaptureFixture[str]) -> None:
    import threading

    found: list[str] = []

    def work() -> None:
        with signals.caught(), signals.noticed():
            signals.check()
            found.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["done"]
    assert capsys.readouterr().err == ""


def test_a_closed_standard_error_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    signals.say("x")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        monkeypatch.setattr(sys, "stderr", full)
        signals.say("x")
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            full.close()

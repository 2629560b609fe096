"""Work on several threads keeps its order, and leaves none behind."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from resume_gap.errors import UsageError
from resume_gap.system import threads
from resume_gap.system.threads import Background, Stop, ahead, cores, in_turn, refuse_fork, workers


def test_threads_are_bounded_by_cores_and_by_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.setattr(threads, "cores", lambda: 3)
    assert [workers(asked) for asked in (None, 1, 2, 99)] == [3, 1, 2, 3]
    monkeypatch.setattr(threads, "cores", lambda: 64)
    assert workers(None) == 4


def test_cores_are_those_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda _: {1, 4, 5}, raising=False)
    assert cores() == 3
    monkeypatch.delattr(threads.os, "sched_getaffinity")
    for count, used in ((7, 7), (None, 1)):
        monkeypatch.setattr(threads.os, "cpu_count", lambda count=count: count)
        assert cores() == used


@pytest.mark.parametrize("many", [1, 3])
def test_results_come_in_the_order_of_the_items(many: int) -> None:
    first_may_end = threading.Event()

    def work(item: int) -> int:
        if item == 0 and many > 1:
            assert first_may_end.wait(10)
        if item == 1:
            first_may_end.set()
        return item * 10

    assert list(in_turn(work, range(7), many)) == [0, 10, 20, 30, 40, 50, 60]


@pytest.mark.parametrize("many", [1, 3])
def test_an_error_arrives_and_ends_the_work(many: int) -> None:
    def work(item: int) -> int:
        if item == 2:
            raise ValueError("broken")
        return item

    found = []
    with pytest.raises(ValueError, match="broken"):
        found.extend(in_turn(work, range(100), many))
    assert not running()


@pytest.mark.parametrize("many", [1, 2])
def test_items_come_as_they_are_and_one_ahead(many: int) -> None:
    made = []

    def items() -> Iterator[int]:
        for item in range(4):
            made.append(threading.current_thread().name)
            yield item

    assert list(ahead(items(), many)) == [0, 1, 2, 3]
    assert (made[0] == threading.current_thread().name) == (many == 1)
    assert not running()


@pytest.mark.parametrize("many", [1, 2])
def test_an_error_of_the_items_arrives(many: int) -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(ahead(items(), many))


def test_who_stops_early_leaves_nothing_running() -> None:
    for item in ahead(iter(range(1_000)), 2):
        if item == 3:
            break
    for item in in_turn(str, range(1_000), 2):
        if item == "3":
            break
    assert not running()


@pytest.mark.parametrize("many", [1, 2])
def test_work_is_begun_and_waited_for(many: int) -> None:
    may_end, done = threading.Event(), []

    def work() -> None:
        assert many == 1 or may_end.wait(10)
        done.append(threading.current_thread().name)

    with Background(many) as background:
        background.begin(work)
        background.begin(lambda: done.append("after it"))
        assert len(done) == (2 if many == 1 else 0)
        may_end.set()
        background.wait()
        assert done[1] == "after it"
    assert (done[0] == threading.current_thread().name) == (many == 1)
    assert not running()


def test_the_end_of_the_block_waits_for_the_work() -> None:
    may_end, done = threading.Event(), []

    def work() -> None:
        assert may_end.wait(10)
        done.append(1)

    with Background(2) as background:
        background.begin(work)
        may_end.set()
    assert done == [1]
    assert not running()


@pytest.mark.parametrize("many", [1, 2])
def test_an_error_of_work_that_was_begun_arrives(many: int) -> None:
    def work() -> None:
        raise OSError("full")

    def begin_and_wait() -> None:
        with Background(many) as background:
            background.begin(work)
            background.wait()

    with pytest.raises(OSError, match="full"):
        begin_and_wait()
    assert not running()


def test_work_that_is_done_is_not_stopped() -> None:
    def begin_and_fail() -> None:
        with Background(2) as background:
            background.begin(lambda: None, lambda: pytest.fail("it was done"))
            background.wait()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        begin_and_fail()


def test_work_is_stopped_and_not_begun_where_the_block_fails() -> None:
    began, stopped, never = threading.Event(), threading.Event(), []

    def work() -> None:
        began.set()
        assert stopped.wait(10)

    def fail(background: Background) -> None:
        background.begin(work, stopped.set)
        background.begin(lambda: never.append(1))
        assert began.wait(10)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"), Background(2) as background:
        fail(background)
    assert stopped.is_set()
    assert not never
    assert not running()


def running() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("resume-gap")]


def test_work_between_calls_ends_where_somebody_asks_for_the_end() -> None:
    """A database forgets an interrupt that meets no query."""
    asked: list[str] = []
    stop = Stop(lambda: asked.append("interrupt"))
    items = stop.until(iter(range(5)))
    assert [next(items), next(items)] == [0, 1]
    stop()
    assert asked == ["interrupt"]
    with pytest.raises(CancelledError):
        next(items)
    assert list(Stop(lambda: None).until([3, 4])) == [3, 4]


@pytest.mark.parametrize("ready", [True, False])
def test_an_item_that_is_there_already_is_not_stopped(ready: bool) -> None:
    stopped, go_on = threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        yield 1
        begun.set()
        if not ready:
            assert go_on.wait(9)
        made.set()
        yield 2

    begun, made = threading.Event(), threading.Event()

    def stop() -> None:
        stopped.set()
        go_on.set()

    batches = ahead(items(), 2, stop)
    assert next(batches) == 1
    assert begun.wait(9)
    if ready:
        assert made.wait(9)
        time.sleep(0.05)
    batches.close()
    assert stopped.is_set() == (not ready)


def test_a_fork_of_a_process_with_threads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads._Threads, "owner", None)
    refuse_fork()
    refuse_fork()
    pid = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: pid + 1)
    with pytest.raises(UsageError, match="'spawn'") as refused:
        refuse_fork()
    assert "\n" not in str(refused.value)


def test_a_forked_analysis_ends_and_a_spawned_one_works(tmp_path: Path) -> None:
    rows = [f"u{u},2026-03-02T{h:02}:00:0{u}Z,edit" for u in range(3) for h in range(24)]
    (tmp_path / "log.csv").write_text("\n".join(["user_id,timestamp,event", *rows]))
    (tmp_path / "run.py").write_text("""
import multiprocessing
import resume_gap

def rows(_):
    try:
        return resume_gap.analyze("log.csv").rows.used
    except resume_gap.UsageError as error:
        return type(error).__name__

if __name__ == "__main__":
    print(rows(0))
    for kind in ("fork", "spawn"):
        with multiprocessing.get_context(kind).Pool(1) as pool:
            print(pool.map(rows, [1])[0])
""")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "run.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    assert done.stdout.split() == ["72", "UsageError", "72"]

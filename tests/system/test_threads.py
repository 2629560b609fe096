"""Work on several threads keeps its order, and leaves none behind."""

import threading
from collections.abc import Iterator

import pytest

from resume_gap.system import threads
from resume_gap.system.threads import ahead, beside, cores, in_turn, workers


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
def test_work_is_done_beside_a_block(many: int) -> None:
    may_end, done = threading.Event(), []

    def work() -> None:
        assert many == 1 or may_end.wait(10)
        done.append(threading.current_thread().name)

    with beside(work, many):
        assert len(done) == (many == 1)
        may_end.set()
    assert (done == [threading.current_thread().name]) == (many == 1)
    assert not running()


@pytest.mark.parametrize("many", [1, 2])
def test_an_error_of_work_beside_a_block_arrives(many: int) -> None:
    def work() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"), beside(work, many):
        pass
    assert not running()


def test_work_beside_a_block_is_stopped_where_the_block_fails() -> None:
    began, stopped = threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        assert stopped.wait(10)

    with pytest.raises(ZeroDivisionError), beside(work, 2, stopped.set):
        _ = 1 / (not began.wait(10))
    assert stopped.is_set()
    assert not running()


def running() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("resume-gap")]

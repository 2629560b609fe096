"""`pytest` is quick, `pytest --full` is everything: long oracles, all laws and a browser.

Tests marked `full` and `browser` run only with `--full`. Tests that draw random logs draw fewer
without it (`factories.effort`). The whole suite runs in one process per core; a file or a test
that is named on the command line runs in this one. `-n` decides otherwise.
"""

from __future__ import annotations

import gc
import os
from functools import cache
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from markupsafe import Markup

    from resume_gap.report.charts.chart import Chart

ONLY_FULL = ("full", "browser")
NEED_CHROMIUM = "RESUME_GAP_NEED_CHROMIUM"
"""Set where a browser must be there: a browser test that is skipped fails."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="everything: long oracles, all laws, a browser"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """One process per core for the whole suite."""
    option = config.option
    # A worker passes here, too: it must not start workers of its own.
    worker = "PYTEST_XDIST_WORKER" in os.environ
    alone = worker or option.collectonly or getattr(option, "usepdb", False)
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS or alone:
        return
    if getattr(option, "numprocesses", 0) is None and option.dist == "no":
        option.numprocesses = len(os.sched_getaffinity(0))
        option.dist = "worksteal"
        option.tx = ["popen"] * option.numprocesses  # xdist may have looked before


def pytest_configure(config: pytest.Config) -> None:
    """Modules read the variable when they are collected, in workers too."""
    os.environ["RESUME_GAP_FULL"] = "1" if config.getoption("full") else ""
    if getattr(config.option, "dist", "no") != "no":
        return  # this process only hands tests out; what follows would keep the workers waiting
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    if worker and config.args == config.getini("testpaths"):
        config.args = _from_another_file_on(config, worker)
    import hypothesis

    # The same examples every time, however busy the machine is; `--hypothesis-profile default`
    # draws others.
    if not config.getoption("hypothesis_profile", None):
        hypothesis.settings.register_profile(
            "steady",
            max_examples=100 if config.getoption("full") else 40,
            deadline=None,
            derandomize=True,
            suppress_health_check=[hypothesis.HealthCheck.too_slow],
        )
        hypothesis.settings.load_profile("steady")


def _from_another_file_on(config: pytest.Config, worker: int) -> list[str]:
    """All test files, beginning where no other worker begins.

    Rewriting their assertions takes longer than importing them. A worker keeps what it has
    rewritten beside the file; so each rewrites a share and finds that of the others.
    """
    files = [
        str(path)
        for folder in config.getini("testpaths")
        for path in sorted((config.rootpath / folder).rglob("test_*.py"))
    ]
    begin = len(files) * worker // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    return files[begin:] + files[:begin]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None]:
    """What is collected stays until the end, so it is not searched for garbage again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: item.path)  # all workers must agree; a file keeps its order
    if config.getoption("full"):
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, ONLY_FULL))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport]:
    report = yield
    if report.skipped and item.get_closest_marker("browser") and os.environ.get(NEED_CHROMIUM):
        report.outcome = "failed"
        report.longrepr = f"{NEED_CHROMIUM} is set and the test was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def drawn(request: pytest.FixtureRequest) -> Generator[Callable[[Chart], Markup]]:
    """No picture is drawn in this process, unless with `--full`; what would draw it.

    The charts of a report cost as much as all the rest of a run on a small log. Tests that look at
    pages draw (`tests/report/conftest.py`).
    """
    from factories.cheaper import draw_no_pictures

    from resume_gap.report.charts import svg

    draws = cache(svg.svg.__wrapped__)  # many pages have charts in common, more than a run keeps
    with pytest.MonkeyPatch.context() as patch:
        if not request.config.getoption("full"):
            draw_no_pictures(patch)
        yield draws


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture is drawn with `--full`, either: for modules that ask for no page."""
    from factories.cheaper import draw_no_pictures

    draw_no_pictures(monkeypatch)


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Users are dealt at random a tenth as often, with `--full`, too.

    For modules that evaluate whole trials and ask for no p or interval of few users.
    """
    from factories.cheaper import deal_seldom

    deal_seldom(monkeypatch)


@pytest.fixture(params=["plain", "compiled"])
def loops(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """All loops as plain Python, then all as machine code."""
    from resume_gap import compiled

    way: str = request.param
    monkeypatch.setattr(compiled, "is_loaded", lambda: way == "compiled")
    monkeypatch.setattr(compiled, "COMPILED_FROM", 1 << 62)
    return way

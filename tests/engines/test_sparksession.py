"""What is said where Spark cannot start, and what a run changes around it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import os
import signal
import sys
import warnings
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.engines import sparksession
from resume_gap.engines.sparksession import RunSession, first_line, quiet, refuse_missing
from resume_gap.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """PySpark 4.1 and Java, as far as anybody can see; no session."""
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setattr(sparksession, "found_session", lambda: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: "there")
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "4.1.0")
    monkeypatch.setattr(sparksession, "_java", lambda: "/usr/bin/java")
    return monkeypatch


def test_all_that_spark_needs_is_enough(installed: pytest.MonkeyPatch) -> None:
    refuse_missing()
    installed.setattr(importlib.metadata, "version", lambda _: "10.0.0.dev1")
    refuse_missing()


def test_without_pyspark_it_says_what_to_install(installed: pytest.MonkeyPatch) -> None:
    installed.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"needs PySpark 4.1 or later: pip install 'resume-gap\["):
        refuse_missing()


@pytest.mark.parametrize("version", ["3.5.6", "4.0.1"])
def test_an_older_pyspark_is_refused(installed: pytest.MonkeyPatch, version: str) -> None:
    installed.setattr(importlib.metadata, "version", lambda _: version)
    with pytest.raises(UsageError, match=f"4.1 or later, not {version}: pip install"):
        refuse_missing()


def test_the_version_of_a_client_or_of_an_unpacked_spark(installed: pytest.MonkeyPatch) -> None:
    def client(package: str) -> str:
        if package == "pyspark-client":
            return "4.2.0"
        raise importlib.metadata.PackageNotFoundError(package)

    def nothing(package: str) -> str:
        raise importlib.metadata.PackageNotFoundError(package)

    unpacked: Any = ModuleType("pyspark")
    unpacked.__version__ = "4.3.1"
    installed.setitem(sys.modules, "pyspark", unpacked)
    installed.setattr(importlib.metadata, "version", client)
    assert sparksession._version() == "4.2.0"
    installed.setattr(importlib.metadata, "version", nothing)
    assert sparksession._version() == "4.3.1"


def test_java_is_needed_only_where_it_is_started(installed: pytest.MonkeyPatch) -> None:
    installed.setattr(sparksession, "_java", lambda: None)
    with pytest.raises(UsageError, match=r"needs Java 17 or later.*no java was found.*JAVA_HOME"):
        refuse_missing()
    with installed.context() as patch:
        patch.setenv("SPARK_REMOTE", "sc://elsewhere")
        refuse_missing()
    installed.setattr(sparksession, "found_session", lambda: "a session")
    refuse_missing()


def test_java_is_looked_for_where_spark_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    assert sparksession._java() == str(java)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "bin"))
    assert sparksession._java() is None
    monkeypatch.delenv("JAVA_HOME")
    assert sparksession._java() is None
    monkeypatch.setenv("PATH", str(java.parent))
    assert sparksession._java() == str(java)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("\n\n  a b\nc", "a b"),
        ("org.apache.spark.SparkException: Job aborted", "Job aborted"),
        ("Caused by: java.io.IOException: gone\n at x", "gone"),
        ('Exception in thread "main" a.b.C$D: not found', "not found"),
        ("", "it does not say why"),
        ("x" * 1_000, "x" * 300),
    ],
)
def test_a_failure_is_one_line(said: str, line: str) -> None:
    assert first_line(said) == line


def test_a_java_that_is_too_old_is_named(tmp_path: Path) -> None:
    run = RunSession(tmp_path)
    error = RuntimeError("[JAVA_GATEWAY_EXITED] Java gateway process exited.")
    assert run._reason(error) == "[JAVA_GATEWAY_EXITED] Java gateway process exited."
    (tmp_path / "spark.log").write_text("WARN a\njava.lang.OutOfMemoryError: heap\nat b")
    assert run._reason(error) == "heap"
    (tmp_path / "spark.log").write_text("x java.lang.UnsupportedClassVersionError: y\n")
    assert run._reason(error).startswith("it needs Java 17 or later; install it")


@pytest.mark.parametrize(
    ("master", "local"),
    [
        ("local", True),
        ("local[*]", True),
        ("local[2]", True),
        ("local-cluster[2,1,1024]", False),
        ("spark://host:7077", False),
        ("yarn", False),
    ],
)
def test_only_a_local_master_sees_our_files(master: str, *, local: bool) -> None:
    assert sparksession._is_local_master(master) is local


def test_a_session_without_a_context_is_elsewhere() -> None:
    assert sparksession._is_local(object()) is False


def test_ctrl_c_stays_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with sparksession._own_interrupts():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert signal.getsignal(signal.SIGINT) is before


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_LOCAL_DIRS", "mine")
    monkeypatch.delenv("SPARK_SUBMIT_OPTS", raising=False)
    with sparksession._environment(SPARK_LOCAL_DIRS="of the run", SPARK_SUBMIT_OPTS="x"):
        assert (os.environ["SPARK_LOCAL_DIRS"], os.environ["SPARK_SUBMIT_OPTS"]) == (
            *("of the run", "x"),
        )
    assert os.environ["SPARK_LOCAL_DIRS"] == "mine"
    assert "SPARK_SUBMIT_OPTS" not in os.environ


def test_nobody_reads_what_the_bridge_logs(caplog: pytest.LogCaptureFixture) -> None:
    """It logs in the name of the root; others who do are heard."""

    def logged(path: str) -> None:
        root = logging.getLogger()
        root.handle(root.makeRecord("root", logging.ERROR, path, 1, path, (), None))

    handlers = [*logging.getLogger().handlers]
    with quiet():
        warnings.warn("of pandas", FutureWarning, stacklevel=1)
        logged("/x/py4j/java_gateway.py")
        logged("/x/mine.py")
    assert logging.getLogger().handlers == handlers
    logged("/x/py4j/clientserver.py")
    assert caplog.messages == ["/x/mine.py", "/x/py4j/clientserver.py"]


def test_a_session_that_is_there_is_used_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Found:
        stopped = False

        def stop(self) -> None:
            self.stopped = True

    found = Found()
    monkeypatch.setattr(sparksession, "found_session", lambda: found)
    run = RunSession(tmp_path)
    assert run.session is found
    assert run.shares_files is False
    run.close(at_once=True)
    assert not found.stopped


def test_a_failed_start_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")

    def fail(_: object) -> None:
        raise OSError("no such script")

    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setattr(sparksession, "found_session", lambda: None)
    monkeypatch.setattr(RunSession, "_started_with_java", fail)
    with pytest.raises(DataError, match="Spark could not be started: no such script"):
        _ = RunSession(tmp_path).session

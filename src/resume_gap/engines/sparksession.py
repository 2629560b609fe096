"""A session of Spark for one run: found or started, quiet, and ended with the run.

Spark finds its master as it always does: `SPARK_REMOTE`, `MASTER`, its own configuration, and all
cores of this machine otherwise. A session that is there already, as in a notebook, is used as it is
and stays. PySpark is imported late: no other run loads it.
"""

import importlib.metadata
import importlib.util
import logging
import os
import re
import shutil
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, TimeoutExpired
from typing import Any, Final

from resume_gap.errors import DataError, UsageError
from resume_gap.system import signals

LEAST_VERSION: Final = (4, 1)
"""Of PySpark: the first one that hands a group over in batches."""
INSTALL: Final = "pip install 'resume-gap[spark]'"
_END_SECONDS: Final = 20
_REMOTE: Final = "SPARK_REMOTE"
_LAUNCH: Final = {
    "spark.app.name": "resume-gap",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_ADDRESSES: Final = ("spark.driver.host", "spark.driver.bindAddress")
"""Where Spark is listened for; nobody else's business where executors are on this machine."""
_QUIET_JAVA: Final = "-XX:-UsePerfData"
"""No file of the virtual machine outside of the run's folder."""


def refuse_missing(what: str = "--engine spark") -> None:
    """Refuse a run with Spark where it cannot start, before anything is read.

    Args:
        what: What needs it.

    Raises:
        UsageError: PySpark is not there, or too old, or there is no Java to start it with.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise UsageError(f"{what} needs PySpark 4.1 or later: {INSTALL}")
    version = _version()
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < LEAST_VERSION:
        raise UsageError(f"{what} needs PySpark 4.1 or later, not {version}: {INSTALL}")
    if found_session() is None and _REMOTE not in os.environ and _java() is None:
        raise UsageError(
            f"{what} needs Java 17 or later, and no java was found: install it, or set"
            " JAVA_HOME to where it is"
        )


def _version() -> str:
    for package in ("pyspark", "pyspark-client"):
        with suppress(importlib.metadata.PackageNotFoundError):
            return importlib.metadata.version(package)
    import pyspark  # noqa: PLC0415 - of a Spark that was unpacked

    return pyspark.__version__


def _java() -> str | None:
    """The program that Spark's own scripts would start."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") if home is None else shutil.which("java", path=f"{home}/bin")


def found_session() -> Any:  # noqa: ANN401 - of PySpark, which has no types here
    """The session that is at work in this process already, or None."""
    if "pyspark" not in sys.modules:
        return None
    with quiet():
        from pyspark.sql import SparkSession  # noqa: PLC0415

        return SparkSession.getActiveSession()


@contextmanager
def quiet() -> Iterator[None]:
    """PySpark warns of its own imports, and its bridge to Java logs that a run was ended."""
    root, nowhere = logging.getLogger(), logging.NullHandler()
    root.addHandler(nowhere)  # without any handler the bridge would make one
    root.addFilter(_is_not_of_bridge)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        root.removeFilter(_is_not_of_bridge)
        root.removeHandler(nowhere)


def _is_not_of_bridge(record: logging.LogRecord) -> bool:
    """It logs in the name of everybody, so that only the file tells who it is."""
    return Path(record.pathname).parent.name != "py4j"


class RunSession:
    """The session of one run.

    Args:
        folder: A folder of this run for what Spark writes on this machine.

    Attributes:
        shares_files: Executors see the files of this process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._session: Any = None
        self._gateway: Any = None
        self._is_own = False
        self.shares_files = False

    @property
    def session(self) -> Any:  # noqa: ANN401
        """The session; it is started when it is asked for.

        Raises:
            DataError: It cannot be started.
        """
        if self._session is None:
            with quiet():
                self._session = found_session() or self._started()
            self.shares_files = _is_local(self._session)
        return self._session

    def close(self, *, at_once: bool) -> None:
        """End it, if it was started here.

        Args:
            at_once: Whatever it is doing.
        """
        if self._session is None and self._gateway is None:
            return
        with signals.shielded(), quiet():
            if self._gateway is not None:
                self._end_java(at_once=at_once)
            elif self._is_own:
                with suppress(Exception):
                    self._session.stop()
            self._session = self._gateway = None

    def _started(self) -> Any:  # noqa: ANN401
        from pyspark.errors import PySparkException  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

        self._is_own = True
        try:
            if (remote := os.environ.get(_REMOTE)) is not None:
                # A server that is started here is set up as a session is; others are as they are.
                ours = _LAUNCH if remote.startswith("local") else {}
                with _own_interrupts():
                    return SparkSession.builder.config(map=ours).getOrCreate()
            return self._started_with_java()
        except (PySparkException, OSError, ImportError) as error:
            raise DataError(f"Spark could not be started: {self._reason(error)}") from None

    def _started_with_java(self) -> Any:  # noqa: ANN401
        """A session whose virtual machine writes into the run's folder, its messages as well."""
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415
        from pyspark.java_gateway import launch_gateway  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

        conf = SparkConf(loadDefaults=False)
        for name, value in _LAUNCH.items():
            conf.set(name, value)
        conf.set("spark.sql.warehouse.dir", str(self._folder / "warehouse"))
        options = f"{os.environ.get('SPARK_SUBMIT_OPTS', '')} {_QUIET_JAVA}"
        with (
            signals.shielded(),  # until it is known which process is to be ended
            self._log.open("wb") as log,
            _environment(
                SPARK_LOCAL_DIRS=str(self._folder),
                SPARK_SUBMIT_OPTS=f"{options} -Djava.io.tmpdir={self._folder}".strip(),
            ),
        ):
            self._gateway = launch_gateway(conf, {"stdout": DEVNULL, "stderr": log})
        signals.check()
        SparkContext._ensure_initialized(gateway=self._gateway)  # noqa: SLF001
        found = SparkConf(_jvm=self._gateway.jvm)  # with what Spark's own files say
        is_local = _is_local_master(found.get("spark.master", ""))
        if is_local:
            for name in _ADDRESSES:
                found.setIfMissing(name, "127.0.0.1")
        with _own_interrupts():  # around nothing else: the last thing that it does is to take them
            context = SparkContext(conf=found, gateway=self._gateway)
        if is_local and "PYSPARK_PYTHON" not in os.environ:
            context.pythonExec = sys.executable
        return SparkSession.builder.getOrCreate()

    @property
    def _log(self) -> Path:
        return self._folder / "spark.log"

    def _reason(self, error: Exception) -> str:
        """One line about a failed start."""
        message = self._log.read_text(errors="replace") if self._log.exists() else ""
        if "UnsupportedClassVersionError" in message:
            return "it needs Java 17 or later; install it, or set JAVA_HOME to where it is"
        lines = [line for line in message.splitlines() if "Exception" in line or "Error" in line]
        return first_line(lines[-1] if lines else str(error))

    def _end_java(self, *, at_once: bool) -> None:
        from pyspark import SparkContext  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

        process = self._gateway.proc
        if at_once and process is not None:
            process.terminate()
        with suppress(Exception):
            if self._session is not None and not at_once:
                self._session.stop()
            elif SparkContext._active_spark_context is not None:  # noqa: SLF001
                SparkContext._active_spark_context.stop()  # noqa: SLF001
        # What PySpark keeps for the next session would be of a machine that is gone.
        SparkSession._instantiatedSession = SparkSession._activeSession = None  # noqa: SLF001
        if process is None:  # under spark-submit, whose machine this is
            return
        with suppress(Exception):
            self._gateway.shutdown()
        SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(_END_SECONDS)
        except TimeoutExpired:
            process.kill()
            process.wait()


def first_line(text: str) -> str:
    """The first line of a message that says something, without the name of a Java class."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "it does not say why")
    return re.sub(r"^(Exception in thread \S+ |Caused by: )*([\w$]+\.)+[\w$]+: ", "", line)[:300]


def _is_local(session: Any) -> bool:  # noqa: ANN401
    """Whether executors are threads of a process on this machine, with its files."""
    with suppress(Exception):  # a session of Spark Connect has no context
        return _is_local_master(session.sparkContext.master)
    return False


def _is_local_master(master: str) -> bool:
    return re.fullmatch(r"local(\[.*\])?", master) is not None


@contextmanager
def _own_interrupts() -> Iterator[None]:
    """PySpark takes Ctrl-C for itself; here it stays what it was."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        with suppress(ValueError):  # another thread than the main one
            signal.signal(signal.SIGINT, before)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Environment variables of what is started in the block."""
    before: Mapping[str, str | None] = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

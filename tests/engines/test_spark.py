"""Spark gives every figure of the local engine: one session on two cores for all tests here.

Skipped where PySpark is not installed; with RESUME_GAP_NEED_SPARK set, as in `.ci/run`, that fails.
"""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from factories.cheaper import draw_no_pictures

import resume_gap
from resume_gap import cli
from resume_gap.engines import distributed, spark
from resume_gap.engines.pieces import Piece
from resume_gap.engines.sparksession import quiet
from resume_gap.errors import DataError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

THERE = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
NEED_SPARK = "RESUME_GAP_NEED_SPARK"
pytestmark = pytest.mark.skipif(
    not THERE and NEED_SPARK not in os.environ,
    reason="PySpark or Java is not installed: pip install 'resume-gap[spark]'",
)
SAMPLES = Path(__file__).parents[2] / "sample_events"
TABLES = ("interruptions.parquet", "users.parquet")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session as a notebook has it."""
    with quiet():
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        folder = tmp_path_factory.mktemp("spark")
        builder = builder.config("spark.local.dir", str(folder))
        builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        found = builder.getOrCreate()
    yield found
    found.stop()


@pytest.fixture(autouse=True)
def _no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_no_pictures(monkeypatch)


def some_users(name: str, folder: Path, users: int) -> Path:
    """A sample, with a bit less to do."""
    log = pl.read_parquet(SAMPLES / f"{name}.parquet")
    chosen = log["user_id"].unique().sort().to_list()[:users]
    path = folder / f"{name}.parquet"
    log.filter(pl.col("user_id").is_in(chosen)).write_parquet(path)
    return path


def written(folder: Path) -> tuple[dict[str, Any], list[bytes]]:
    summary = json.loads((folder / "summary.json").read_text())
    assert summary.pop("generated_from")["settings"]["engine"] in ("local", "spark")
    return summary, [(folder / name).read_bytes() for name in TABLES]


def buckets_of(patch: pytest.MonkeyPatch, rows: int) -> None:
    """Smaller buckets, so that a small log has several."""
    before = distributed.bucket_of_stream
    patch.setattr(distributed, "bucket_of_stream", lambda every, _: before(every, rows))


@pytest.mark.parametrize("partitions", ["1", "5"])
def test_a_sample_has_the_same_figures_whatever_the_partitions(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partitions: str
) -> None:
    path = some_users("workday", tmp_path, 40)
    resume_gap.analyze(path, out=tmp_path / "local")
    monkeypatch.chdir(tmp_path)
    batch_rows = session.conf.get("spark.sql.execution.arrow.maxRecordsPerBatch")
    session.conf.set("spark.sql.shuffle.partitions", partitions)
    buckets_of(monkeypatch, 8_000)
    resume_gap.analyze(path, engine="spark", out=tmp_path / "spark")
    found = written(tmp_path / "spark")
    assert found[0]["counts"]["interruptions"] > 100
    assert found == written(tmp_path / "local")
    # The session is somebody else's: it goes on, and is as it was.
    assert session.range(3).count() == 3
    assert session.conf.get("spark.sql.execution.arrow.maxRecordsPerBatch") == batch_rows
    assert session._jsparkSession.sharedState().cacheManager().isEmpty()


@pytest.mark.full
@pytest.mark.parametrize("name", ["workday", "marker_trial"])
def test_a_whole_sample_has_the_same_figures(session: Any, tmp_path: Path, name: str) -> None:
    del session
    if name == "workday":
        for engine in ("local", "spark"):
            resume_gap.analyze(SAMPLES / f"{name}.parquet", engine=engine, out=tmp_path / engine)
    else:
        for engine in ("local", "spark"):
            resume_gap.evaluate(
                SAMPLES / f"{name}.parquet",
                assignments=SAMPLES / "marker_trial_assignments.csv",
                marker={"shown": "marker_shown"},
                engine=engine,
                out=tmp_path / engine,
            )
    assert written(tmp_path / "spark") == written(tmp_path / "local")


@pytest.mark.full
def test_a_table_that_only_spark_sees(session: Any, tmp_path: Path) -> None:
    path = some_users("workday", tmp_path, 10)
    resume_gap.analyze(path, out=tmp_path / "local")
    session.read.parquet(str(path)).createOrReplaceTempView("events")
    resume_gap.analyze(session.table("events"), engine="spark", out=tmp_path / "spark")
    assert written(tmp_path / "spark") == written(tmp_path / "local")


@pytest.mark.parametrize("engine", ["local", "spark"])
def test_a_table_of_spark_is_named_on_the_command_line(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    path = some_users("workday", tmp_path, 10)
    resume_gap.analyze(path, out=tmp_path / "local")
    session.read.parquet(str(path)).createOrReplaceTempView("named_events")
    monkeypatch.chdir(tmp_path)
    command = ["analyze", "spark::named_events", "--engine", engine, "-o", "found", "-q"]
    assert cli.main(command) == 0
    made = json.loads((tmp_path / "found" / "summary.json").read_text())["generated_from"]
    assert [one["path"] for one in made["inputs"]] == ["spark::named_events"]
    assert len(made["inputs"][0]["sha256"]) == 64
    assert written(tmp_path / "found") == written(tmp_path / "local")
    assert cli.main(["verify", "found", "-q"]) == 0  # which reads the table again
    assert cli.main(["init", "spark::named_events", "-q"]) == 0
    assert session.range(3).count() == 3


def test_a_table_that_is_not_there_is_one_line(session: Any) -> None:
    del session
    with pytest.raises(
        InputError, match=r"^spark::no\.where: Spark cannot read it: \[TABLE"
    ) as one:
        resume_gap.analyze("spark::no.where")
    assert "\n" not in str(one.value)
    with pytest.raises(InputError, match=r"^spark::a b: Spark cannot read it: .*; check the name"):
        resume_gap.analyze("spark::a b")
    with pytest.raises(UsageError, match=r"^spark::: names no table; write spark::TABLE"):
        resume_gap.analyze("spark::")


def test_a_session_for_a_table_is_started_and_ended(tmp_path: Path) -> None:
    path = some_users("workday", tmp_path, 10)
    resume_gap.analyze(path, out=tmp_path / "local")
    code = (
        "import sys, resume_gap\n"
        f"resume_gap.analyze('spark::parquet.`{path}`', out='found')\n"
        "from pyspark.sql import SparkSession\n"
        "assert SparkSession.getActiveSession() is None\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr.decode()
    assert written(tmp_path / "found") == written(tmp_path / "local")


@pytest.mark.full
def test_executors_that_do_not_see_our_files(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pieces are handed over in blocks instead."""
    del session
    path = some_users("workday", tmp_path, 20)
    resume_gap.analyze(path, out=tmp_path / "local")
    monkeypatch.setattr("resume_gap.engines.sparksession._is_local", lambda _: False)
    monkeypatch.setattr(spark, "_SENT_BYTES", 1 << 16)
    buckets_of(monkeypatch, 3_000)
    resume_gap.analyze(path, engine="spark", out=tmp_path / "spark")
    assert written(tmp_path / "spark") == written(tmp_path / "local")


def test_a_log_without_a_usable_event_ends_as_it_does_locally(session: Any, tmp_path: Path) -> None:
    del session
    rows = [(f"u{n % 3}", 1_700_000_000 + 60 * n, "idle") for n in range(90)]
    path = tmp_path / "idle.parquet"
    pl.DataFrame(rows, ["user_id", "timestamp", "event"], orient="row").write_parquet(path)
    with pytest.raises(DataError, match="no event is left to measure"):
        resume_gap.analyze(path, gap="15m", away=["idle"], engine="spark")


@pytest.mark.parametrize(
    ("said", "kind", "line"),
    [
        (
            "ModuleNotFoundError: No module named 'resume_gap'",
            DataError,
            "install the same version",
        ),
        ("java.lang.OutOfMemoryError: heap", MemoryError, "^$"),
        ("java.io.IOException: No space left on device", OSError, "No space left"),
        ("org.apache.spark.SparkException: Job 3 cancelled", DataError, "part: Job 3 cancelled"),
    ],
)
def test_what_fails_in_spark_is_one_line(said: str, kind: type[Exception], line: str) -> None:
    from pyspark.errors import PySparkException

    with pytest.raises(kind, match=line) as caught, spark._explained():
        raise PySparkException(said)
    if isinstance(caught.value, OSError):
        assert caught.value.errno == errno.ENOSPC


@pytest.mark.parametrize("error", [ConnectionRefusedError("111"), EOFError()])
def test_a_spark_that_is_gone_is_one_line(error: Exception) -> None:
    with pytest.raises(DataError, match="its process has ended"), spark._explained():
        raise error


def test_a_fault_in_a_kernel_keeps_its_traceback(session: Any, tmp_path: Path) -> None:
    """As text: an error of PySpark would ask Spark for it, which may have ended."""
    del session
    kernel: Any = sum  # pieces are no numbers
    with (
        spark.SparkCluster(tmp_path) as cluster,
        pytest.raises(spark.KernelError, match=r"Traceback[^$]*TypeError: unsupp") as caught,
    ):
        [*cluster.reduce([(Piece(0, 0, b""),)], kernel)]
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


def command(tmp_path: Path, *options: str) -> subprocess.Popen[str]:
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp"), "MASTER": "local[2]"}
    (tmp_path / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "resume_gap", "analyze", str(SAMPLES / "workday.parquet")),
            *("--isolated", "--engine", "spark", "-o", str(tmp_path / "out"), *options),
        ],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def still_running(tmp_path: Path) -> list[str]:
    """Processes that were started with a folder in there, such as a virtual machine of Java."""
    found = subprocess.run(
        ["ps", "-ww", "-eo", "args"], check=True, capture_output=True, text=True
    ).stdout
    return [line for line in found.splitlines() if str(tmp_path) in line]


@pytest.mark.full
def test_a_command_starts_its_own_session_quietly_and_leaves_nothing(tmp_path: Path) -> None:
    run = command(tmp_path, "-q")
    said, complaints = run.communicate(timeout=300)
    assert (run.returncode, said, complaints) == (0, f"{tmp_path}/out/report.html\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "tmp"]
    assert [*(tmp_path / "tmp").iterdir()] == []
    assert still_running(tmp_path) == []


@pytest.mark.full
def test_ctrl_c_ends_spark_as_well(tmp_path: Path) -> None:
    """While it starts, and while it works."""
    for seconds_after_start in (0.5, 3, 7):
        run = command(tmp_path, "-q")
        began = time.monotonic()
        while not [*(tmp_path / "tmp").glob("*/spark-*/spark.log")]:
            assert run.poll() is None
            assert time.monotonic() - began < 100
            time.sleep(0.05)
        time.sleep(seconds_after_start)
        assert len(still_running(tmp_path)) > 1  # the command, and what it started
        run.send_signal(signal.SIGINT)
        said, complaints = run.communicate(timeout=100)
        assert (run.returncode, said) == (130, "")
        assert complaints == "resume-gap: interrupted; nothing was written\n"
        assert [*(tmp_path / "tmp").iterdir()] == []
        assert sorted(path.name for path in tmp_path.iterdir()) == ["tmp"]
        assert still_running(tmp_path) == []


@pytest.mark.full
def test_a_process_may_start_several_sessions_one_after_the_other(tmp_path: Path) -> None:
    text = (
        "import resume_gap\n"
        "for n in (1, 2):\n"
        f"    found = resume_gap.analyze({str(SAMPLES / 'workday.parquet')!r}, engine='spark')\n"
        "    print(found.counts.interruptions)\n"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path), "MASTER": "local[1]"}
    run = subprocess.run(
        [sys.executable, "-c", text], check=False, capture_output=True, text=True, env=environment
    )
    assert (run.returncode, run.stderr) == (0, "")
    one, other = run.stdout.split()
    assert one == other
    assert [*tmp_path.iterdir()] == []


@pytest.mark.full
def test_a_local_session_is_heard_on_this_machine_alone(tmp_path: Path) -> None:
    """And its executors run the Python of the run."""
    text = (
        "import sys; from pathlib import Path\n"
        "from resume_gap.engines.sparksession import RunSession\n"
        f"run = RunSession(Path({str(tmp_path)!r}))\n"
        "conf = run.session.sparkContext.getConf()\n"
        "print(conf.get('spark.driver.host'), conf.get('spark.driver.bindAddress'))\n"
        "print(run.session.sparkContext.pythonExec == sys.executable, run.shares_files)\n"
        "run.close(at_once=False)\n"
    )
    environment = {name: v for name, v in os.environ.items() if name != "PYSPARK_PYTHON"}
    run = subprocess.run(
        [sys.executable, "-c", text],
        check=False,
        capture_output=True,
        text=True,
        env=environment | {"MASTER": "local[1]"},
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.split() == ["127.0.0.1", "127.0.0.1", "True", "True"]

"""The engine that a run asks for, by its name, and inputs that only such an engine can read."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from resume_gap.engines.engine import Engine
from resume_gap.engines.local import LocalEngine
from resume_gap.fileformats import TABLE_MARK
from resume_gap.settings import Settings
from resume_gap.sources.frames import GivenFrame
from resume_gap.system.temporary import Workspace
from resume_gap.system.threads import workers

_SPARK: Final = "spark"
"""An engine, and what its tables are named after."""


def refuse_missing(settings: Settings) -> None:
    """Refuse an engine that cannot start, before anything is read.

    Raises:
        UsageError: What it needs is not installed.
    """
    if settings.engine == _SPARK:
        from resume_gap.engines import sparksession  # noqa: PLC0415 - an extra

        sparksession.refuse_missing()


@contextmanager
def opened(settings: Settings, spill: Path, workspace: Workspace) -> Iterator[Engine]:
    """The engine of a run, which ends with it.

    Args:
        settings: What was asked.
        spill: A folder for what does not fit into memory.
        workspace: Where an engine may have a folder of its own.
    """
    if settings.engine == "local":
        yield LocalEngine(spill, workers(settings.threads))
        return
    from resume_gap.engines.distributed import DistributedEngine  # noqa: PLC0415
    from resume_gap.engines.spark import SparkCluster  # noqa: PLC0415

    with SparkCluster(workspace.folder("spark")) as cluster:
        yield DistributedEngine(cluster, spill)


def is_table(event: object) -> bool:
    """Whether an input names a table of Spark (`spark::TABLE`); a file called `spark` is a file."""
    return (
        isinstance(event, str)
        and event.startswith(f"{_SPARK}{TABLE_MARK}")
        and not os.path.lexists(_SPARK)
    )


@contextmanager
def collected(
    events: Sequence[str | GivenFrame], settings: Settings
) -> Iterator[Sequence[str | GivenFrame]]:
    """The inputs with tables of Spark as frames, whose rows are in memory.

    A session that is started for them ends with the block where the engine goes on in it, and as
    soon as they are collected where it does not.

    Args:
        events: Paths, `spark::TABLE`, and frames.
        settings: The engine.

    Raises:
        InputError: There is no such table, or its rows cannot be collected.
        UsageError: PySpark or Java is not installed, or a name is empty.
    """
    names = [one for one in events if isinstance(one, str) and is_table(one)]
    if not names:
        yield events
        return
    from resume_gap.engines import sparktables  # noqa: PLC0415 - an extra

    own_session = settings.engine != _SPARK
    tables = {name: name.partition(TABLE_MARK)[2] for name in names}
    with sparktables.collected(tables, own_session=own_session) as frames:
        yield [frames.get(one, one) if isinstance(one, str) else one for one in events]

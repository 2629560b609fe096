"""The engine that a run asks for, by its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resume_gap.engines.engine import Engine
from resume_gap.engines.local import LocalEngine
from resume_gap.settings import Settings
from resume_gap.system.temporary import Workspace
from resume_gap.system.threads import workers


def refuse_missing(settings: Settings) -> None:
    """Refuse an engine that cannot start, before anything is read.

    Raises:
        UsageError: What it needs is not installed.
    """
    if settings.engine == "spark":
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

"""Tables that only Spark sees, named `spark::TABLE`, collected as frames of Arrow."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from resume_gap.errors import InputError, UsageError
from resume_gap.fileformats import TABLE_MARK
from resume_gap.settings import Settings
from resume_gap.sources.frames import GivenFrame
from resume_gap.sources.inputs import printable
from resume_gap.system.temporary import Workspace

_SPARK: Final = f"spark{TABLE_MARK}"


def is_table(event: object) -> bool:
    """Whether an input names a table of Spark; a file called `spark` is a file."""
    return (
        isinstance(event, str)
        and event.startswith(_SPARK)
        and not os.path.lexists(_SPARK.removesuffix(TABLE_MARK))
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
    tables = [
        one for one in dict.fromkeys(e for e in events if isinstance(e, str)) if is_table(one)
    ]
    if not tables:
        yield events
        return
    from resume_gap.engines import sparksession  # noqa: PLC0415 - an extra

    sparksession.refuse_missing(printable(tables[0]))
    with Workspace() as workspace:
        run = sparksession.RunSession(workspace.folder("spark"))
        failed = True
        try:
            frames = {name: _frame(run.session, name) for name in tables}
            if settings.engine == "local":
                run.close(at_once=False)
            yield [frames.get(one, one) if isinstance(one, str) else one for one in events]
            failed = False
        finally:
            run.close(at_once=failed)


def _frame(session: Any, name: str) -> GivenFrame:  # noqa: ANN401 - PySpark has no types here
    """The rows of a table.

    Raises:
        InputError: There is no such table, or its rows cannot be collected.
        UsageError: The name is empty.
    """
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import AnalysisException, ParseException, PySparkException  # noqa: PLC0415

    from resume_gap.engines.sparksession import first_line, quiet  # noqa: PLC0415

    label, table = printable(name), name.removeprefix(_SPARK)
    if not table:
        raise UsageError(f"{label}: names no table; write {_SPARK}TABLE")
    try:
        with quiet():
            return GivenFrame(session.table(table).toArrow(), "Arrow table", name)
    except (AnalysisException, ParseException) as error:
        reason, todo = first_line(str(error)), "check the name, and with which catalog Spark starts"
    except (PySparkException, Py4JError) as error:
        reason = first_line(str(error))
        todo = "give the driver more memory (spark.driver.memory, spark.driver.maxResultSize)"
    raise InputError(f"{label}: Spark cannot read it: {reason}; {todo}")

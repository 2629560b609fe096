"""Tables that only Spark sees, collected as frames of Arrow."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from resume_gap.engines import sparksession
from resume_gap.errors import InputError, UsageError
from resume_gap.sources.frames import GivenFrame
from resume_gap.sources.inputs import printable
from resume_gap.system.temporary import Workspace


@contextmanager
def collected(
    tables: Mapping[str, str], *, own_session: bool
) -> Iterator[Mapping[str, GivenFrame]]:
    """The rows of tables; a session that is started for them ends with the block.

    Args:
        tables: As what a table was given, and its name in Spark's catalog; at least one.
        own_session: Nothing in the block needs the session: it ends before.

    Raises:
        InputError: There is no such table, or its rows cannot be collected.
        UsageError: PySpark or Java is not installed, or a name is empty.
    """
    sparksession.refuse_missing(printable(next(iter(tables))))
    with Workspace() as workspace:
        run = sparksession.RunSession(workspace.folder("spark"))
        try:
            frames = {given: _frame(run.session, given, name) for given, name in tables.items()}
            if own_session:
                run.close(at_once=False)
            yield frames
        except BaseException:
            run.close(at_once=True)
            raise
        run.close(at_once=False)


def _frame(session: Any, given: str, name: str) -> GivenFrame:  # noqa: ANN401 - no types there
    """The rows of a table.

    Raises:
        InputError: There is no such table, or its rows cannot be collected.
        UsageError: The name is empty.
    """
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import AnalysisException, ParseException, PySparkException  # noqa: PLC0415

    label = printable(given)
    if not name:
        raise UsageError(f"{label}: names no table; write {label}TABLE")
    try:
        with sparksession.quiet():
            return GivenFrame(session.table(name).toArrow(), "Arrow table", given)
    except (AnalysisException, ParseException) as error:
        reason = sparksession.first_line(str(error))
        todo = "check the name, and with which catalog Spark starts"
    except (PySparkException, Py4JError) as error:
        reason = sparksession.first_line(str(error))
        todo = "give the driver more memory (spark.driver.memory, spark.driver.maxResultSize)"
    raise InputError(f"{label}: Spark cannot read it: {reason}; {todo}")

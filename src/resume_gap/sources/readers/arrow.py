"""Arrow IPC files (Feather version 2), written to Parquet batch by batch."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.sandbox import first_line
from resume_gap.system.filesystem import disk_error


def to_parquet(file: InputFile, path: Path, target: Path, check: Callable[[], None]) -> None:
    """Write the rows to `target`.

    Args:
        file: The input.
        path: Where its bytes lie, decompressed.
        target: The Parquet file to write.
        check: Called after each batch; raises when the temporary folder is too large.

    Raises:
        InputError: The file is broken, or holds a type that Parquet does not have.
    """
    try:
        with (
            pa.memory_map(str(path)) as source,
            pa.ipc.open_file(source) as reader,
            pq.ParquetWriter(target, reader.schema) as writer,
        ):
            for place in range(reader.num_record_batches):
                batch = reader.get_batch(place)
                # What lies behind a false offset is the memory of this process.
                batch.validate(full=True)
                writer.write_batch(batch)
                check()
    except (pa.ArrowException, OSError, ValueError) as error:
        if disk_error(error) is not None:
            raise
        raise InputError(
            f"{file.label}: is an Arrow file that cannot be read ({first_line(error)});"
            " write it as Parquet"
        ) from error

"""Logs and their truth as files."""

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.marks import SIMULATED
from resume_gap.synthetic.simulation import Simulated, Simulation
from resume_gap.synthetic.world import World

Format = Literal["parquet", "csv", "jsonl"]

_INSTANT = "%Y-%m-%dT%H:%M:%S%.6fZ"


def write(
    simulated: Simulated,
    folder: Path | str,
    *,
    name: str = "events",
    log_format: Format = "parquet",
) -> list[Path]:
    """Write a log that is in memory, with its truth.

    Args:
        simulated: what `simulate` returned.
        folder: is made when it does not exist.
        name: stem of the files.
        log_format: of the log; the truth is Parquet and JSON always.

    Returns:
        The files: the log `<name>.<log_format>`, `<name>_assignments.csv` or `<name>_rollout.csv`
        where there is one, and in the folder `<name>_truth` (apart, so that a glob of logs does
        not read them) `truth.json`, `interruptions.parquet` and `users.parquet`.

    Raises:
        ValueError: an unknown format.
        OSError: the files cannot be written.
    """
    folder = Path(folder)
    log = _write_log([simulated.log], folder, name, log_format)
    return [
        log,
        *_write_truth(
            folder,
            name,
            described=simulated.truth,
            interruptions=simulated.interruptions,
            users=simulated.users,
            assignments=simulated.assignments,
            rollout=simulated.rollout,
        ),
    ]


def stream(
    world: World,
    folder: Path | str,
    *,
    seed: int = 0,
    name: str = "events",
    log_format: Format = "parquet",
) -> list[Path]:
    """Draw and write block by block, in bounded memory; otherwise like `simulate` and `write`.

    The rows are those of `simulate`; a Parquet file is cut into other row groups.
    """
    folder = Path(folder)
    run = Simulation(world, seed)
    log = _write_log(run.frames(), folder, name, log_format)
    truth = run.truth()
    return [
        log,
        *_write_truth(
            folder,
            name,
            described=run.described(),
            interruptions=truth.interruptions,
            users=truth.users,
            assignments=run.assignments(),
            rollout=run.rollout(),
        ),
    ]


def _write_log(frames: Iterable[pl.DataFrame], folder: Path, name: str, log_format: Format) -> Path:
    if log_format not in get_args(Format):
        raise ValueError(
            f"log_format must be one of {', '.join(get_args(Format))}, not {log_format!r}"
        )
    drawn = iter(frames)
    first = next(drawn, None)
    if first is None:  # before a folder is made
        raise ValueError("nobody worked in this world: raise users, weeks or attendance")
    frames = chain([first], drawn)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{log_format}"
    if log_format == "parquet":
        _write_parquet(frames, path)
        return path
    with path.open("wb") as out:
        for number, frame in enumerate(frames):
            text = _with_text_instants(frame)
            if log_format == "csv":
                text.write_csv(out, include_header=number == 0)
            else:
                text.write_ndjson(out)
    return path


def _write_parquet(frames: Iterable[pl.DataFrame], path: Path) -> None:
    writer: Any = None
    try:
        for frame in frames:
            # Plain strings, not views: every reader knows them.
            table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
            table = table.cast(_plain_schema(table.schema, path.stem))
            if writer is None:
                times = [c.name for c in table.schema if not pa.types.is_string(c.type)]
                writer = pq.ParquetWriter(
                    path,
                    table.schema,
                    compression="zstd",
                    compression_level=9,
                    use_dictionary=[c for c in table.column_names if c not in times],
                    column_encoding=dict.fromkeys(times, "DELTA_BINARY_PACKED"),
                )
            writer.write_table(table, row_group_size=250_000)
    finally:
        if writer is not None:
            writer.close()


def _plain_schema(schema: Any, name: str) -> Any:  # noqa: ANN401
    return pa.schema(
        [
            pa.field(c.name, pa.string() if pa.types.is_large_string(c.type) else c.type)
            for c in schema
        ],
        metadata={SIMULATED: name.encode()},
    )


def _with_text_instants(frame: pl.DataFrame) -> pl.DataFrame:
    instants = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)]
    return frame.with_columns(pl.col(instants).dt.strftime(_INSTANT))


def _write_truth(
    folder: Path,
    name: str,
    *,
    described: dict[str, Any],
    interruptions: pl.DataFrame,
    users: pl.DataFrame,
    assignments: pl.DataFrame | None,
    rollout: pl.DataFrame | None,
) -> list[Path]:
    paths = []
    for stem, frame in (("assignments", assignments), ("rollout", rollout)):
        if frame is not None:
            paths.append(folder / f"{name}_{stem}.csv")
            _with_text_instants(frame).write_csv(paths[-1])
    inner = folder / f"{name}_truth"
    inner.mkdir(exist_ok=True)
    truth = inner / "truth.json"
    truth.write_text(json.dumps(described, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    paths.append(truth)
    for stem, frame in (("interruptions", interruptions), ("users", users)):
        paths.append(inner / f"{stem}.parquet")
        frame.write_parquet(paths[-1], compression="zstd", compression_level=9)
    return paths

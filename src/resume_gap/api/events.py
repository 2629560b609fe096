"""What the functions of Python take as events, for type checkers."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from pyspark.sql import DataFrame as SparkTable

OneInput: TypeAlias = (
    "str | PathLike[str] | pl.DataFrame | pl.LazyFrame | pa.Table | pa.RecordBatch"
    " | pa.RecordBatchReader | pd.DataFrame | duckdb.DuckDBPyRelation | SparkTable"
)
"""A path as on the command line, or a frame."""
Events: TypeAlias = "OneInput | Sequence[OneInput]"
"""One of these or several, which are one log."""

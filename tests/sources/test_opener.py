"""One connection for all inputs of a run."""

from pathlib import Path

import duckdb
import polars as pl
import pytest
from factories.source_files import PLAIN, write

from resume_gap.settings import Settings
from resume_gap.sources.expansion import expand
from resume_gap.sources.opener import Opener
from resume_gap.sources.opening import open_tables
from resume_gap.system.temporary import SourceFolder


def test_one_connection_reads_what_it_opened_and_nothing_else(tmp_path):
    file, other = write(tmp_path, PLAIN, "parquet", "a"), write(tmp_path, PLAIN, "parquet", "b")
    beside = write(tmp_path, PLAIN, "parquet", "c")
    (given,), _ = expand([str(file)])
    folder = SourceFolder()
    with Opener([given], Settings(), folder, beside=[Path(beside)]) as opener:
        (table,) = open_tables(opener).tables
        pl.DataFrame({"a": [1]}).write_parquet(folder.path / "mended.parquet")
        for _ in range(2):
            for path in (table.parquet, beside, folder.path / "mended.parquet"):
                opener.con.execute(f"select * from read_parquet('{path}')").fetchall()
            with pytest.raises(duckdb.PermissionException):
                opener.con.execute(f"select * from read_parquet('{other}')")
            opener.renew()

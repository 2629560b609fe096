"""Event logs in any layout, turned into one relation of rows; knows files, knows no analysis."""

from resume_gap.sources.inputs import SourceInput
from resume_gap.sources.source import RowsRead, Source, open_source

__all__ = ["RowsRead", "Source", "SourceInput", "open_source"]

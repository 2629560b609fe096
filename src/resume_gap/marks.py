"""The mark of a simulated log, by which a report names it as one."""

from typing import Final

SIMULATED: Final = b"resume-gap.simulated"
"""Key in the metadata of a Parquet file; its value is the name of the simulation."""

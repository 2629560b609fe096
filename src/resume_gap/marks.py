"""The marks by which files are known that the tool wrote; they load nothing but themselves."""

from typing import Final

SIMULATED: Final = b"resume-gap.simulated"
"""Of a simulated log, by which a report names it as one: key in the metadata of a Parquet file; its
value is the name of the simulation."""
MADE_BY: Final = "Made with resume-gap"
"""Of a drawing of a first screen: how its description begins."""
PNG: Final = b"tEXtSoftware\x00resume-gap share"
"""Of such a drawing as PNG: a part of the file."""
SOURCE: Final = "Source: resume-gap "
"""Of three sentences for a message: how the line below them begins."""

"""The JSON Schemas of the files that commands write, generated from the code that writes them.

A file of schema version N is described by `NAME-N.json` (JSON Schema, draft 2020-12). Within a
version keys may be added, so a reader passes over what it does not know; a key that goes, or means
something else, makes a new version.
"""

import json
from importlib import resources
from typing import Any, Final, Literal, get_args

from resume_gap.results.common import SCHEMA_VERSION

SchemaName = Literal["summary", "prediction", "data_quality", "history"]
NAMES: Final[tuple[SchemaName, ...]] = get_args(SchemaName)
"""The files that have one, without their ending."""


def file_name(name: SchemaName) -> str:
    """What the schema of a file is called: `summary-2.json`."""
    return f"{name}-{SCHEMA_VERSION}.json"


def schema(name: SchemaName = "summary") -> dict[str, Any]:
    """The JSON Schema of a file.

    Args:
        name: `summary`, `prediction`, `data_quality` or `history`.
    """
    path = resources.files("resume_gap.schemas") / file_name(name)
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content

"""docs/llms.txt: the pages of the documentation for programs that read it."""

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
_LINE: Final = re.compile(r"^( *)- ([^:]+):(?: (\S+\.md))?$", re.MULTILINE)
_HEAD: Final = """\
# resume-gap

> Finds interrupted work in product event logs and measures what getting back into it costs. A
> command line, a Python package and an MCP server; everything runs offline. Figures come with 95 %
> confidence intervals by user. What a marker could save is an upper bound, never an effect.

Every page is plain Markdown, at the path given here. JSON Schemas of the files are in schemas/.
"""


def text() -> str:
    """The file, in the order of the site's navigation."""
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    navigation = configuration.partition("\nnav:\n")[2]
    lines = [_HEAD, "## Start", ""]
    for _, title, path in _LINE.findall(navigation):
        lines += [f"- [{title}]({path})"] if path else ["", f"## {title}", ""]
    return "\n".join(lines) + "\n"

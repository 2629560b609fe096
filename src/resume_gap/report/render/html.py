"""The page as one HTML file that needs no network and, unless asked to, runs no script.

Jinja escapes every text; the only markup that is not the template's are the SVG pictures of
`charts`, which are checked there. The policy in the head allows the one style sheet by its hash,
an interactive page's one script likewise, and nothing else, so that even a fault here runs nothing.
"""

import base64
import csv
import hashlib
import io
import re
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from resume_gap.report.charts import svg
from resume_gap.report.page.model import Page, Table

_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|min|h|days?|ms)(?![\w]))")
_HYPHENED = re.compile(r"(\S*\w-\w\S*)")
_LONGEST_WHOLE: Final = 20
"""Letters of a word with a hyphen that fit a telephone's line in the size of headings."""
_OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")
_FORMULA: Final = tuple("=+-@\t\r")
_RUNNING_TITLE: Final = '@page {{ @top-left {{ content: "{}"; }} }}\n'
"""On paper above every page; titles are ours and hold no quotation mark."""
_TEMPLATES = resources.files("resume_gap.report.render") / "templates"


def render(page: Page, *, interactive: bool = False) -> bytes:
    """The whole file, UTF-8; an interactive one holds one script, which the policy names."""
    style = _read("report.css") + _RUNNING_TITLE.format(page.title)
    script = Markup(_read("report.js")) if interactive else Markup()  # noqa: S704 - a file of ours
    allowed = f"script-src '{_hashed(script)}'; " if script else ""
    policy = (
        f"default-src 'none'; {allowed}style-src '{_hashed(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("report.html.j2")
    sheet = Markup(style)  # noqa: S704 - a file of ours
    values: dict[str, Any] = {
        "page": page,
        "style": sheet,
        "script": script,
        "policy": policy,
        "svg": svg.svg,
    }
    # What no text encoding can hold does not come this far; if it did, it must not stop the page.
    return template.render(**values).encode("utf-8", "backslashreplace")


def first_screen(page: Page) -> str:
    """The first screen as an element for a notebook: its own styles, no script, no request.

    The styles reach nothing outside of the element.
    """
    template = _environment().get_template("notebook.html.j2")
    style = Markup(_read("notebook.css"))  # noqa: S704 - a file of ours
    drawn = template.render(page=page, style=style, svg=svg.svg)
    return drawn.encode("utf-8", "replace").decode()


def _hashed(text: str) -> str:
    """How the policy names a style sheet or a script that it allows."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    """The templates' environment, which compiles each of them once."""
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_read),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["prose"] = prose
    environment.filters["heading"] = heading
    environment.filters["figures"] = figures
    environment.filters["csv"] = csv_link
    environment.filters["content"] = asdict
    return environment


def prose(text: str) -> Markup:
    """Escaped text in which a number keeps its unit on the line, and an option is set as code."""
    parts = _OPTION.split(_UNIT.sub("\N{NO-BREAK SPACE}", text))
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(p) if i % 2 else escape(p) for i, p in enumerate(parts))


def heading(text: str) -> Markup:
    """Escaped text in which a number keeps its unit, and a word with a hyphen stays whole."""
    parts = _HYPHENED.split(_UNIT.sub("\N{NO-BREAK SPACE}", text))
    whole = Markup('<span class="whole">{}</span>')
    return Markup("").join(
        whole.format(part) if at % 2 and len(part) <= _LONGEST_WHOLE else escape(part)
        for at, part in enumerate(parts)
    )


def figures(text: str) -> str:
    """A number in a table, which breaks before its interval only."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE}[", " [")


def csv_link(table: Table) -> str:
    """The numbers of a table as an address that holds them; nothing is fetched for it.

    A cell that a spreadsheet might take for a formula is led by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (table.columns, *table.rows):
        writer.writerow(f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row)
    return f"data:text/csv;charset=utf-8,{quote(text.getvalue(), errors='replace')}"


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")

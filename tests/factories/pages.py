"""A page as its readers see it: tags, attributes and visible text."""

from __future__ import annotations

import re
from functools import cached_property
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from factories.launch_results import with_prediction
from factories.plan_results import plan
from factories.results import full
from factories.trial_results import better
from resume_gap.report.page import build
from resume_gap.report.page.model import Figure, Table
from resume_gap.report.render import html, terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resume_gap.report.page.model import Block
    from resume_gap.results.run import Run

PAGES: dict[str, Callable[[], Run]] = {
    "analyze": full,
    "evaluate": better,
    "compare": with_prediction,
    "plan": plan,
}
"""A result of each command in which every section has something to show."""
NEVER = (
    r"will save",
    r"\bsaves\b",
    r"\bcauses\b",
    r"because of",
    r"lost productivity",
    r"\bwasted\b",
    r"\bdistracted\b",
)
METHODS_ONLY = (
    r"\btheta\b",
    r"\btau\b",
    r"\beligible\b",
    r"\bcensored\b",
    r"\bexcess\b",
    r"\brungs?\b",
    r"\bCUPED\b",
    r"\bLee\b",
)


class Reader(HTMLParser):
    """Tags, attributes and visible text, with the part before the methods apart."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.before_methods: list[str] = []
        self._inside: list[str] = []
        self._methods = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._methods |= dict(attrs).get("id") == "methods"
        if tag in ("style", "pre"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside:
            return
        self.text.append(data)
        if not self._methods:
            self.before_methods.append(data)

    @cached_property
    def visible(self) -> str:
        return plain_spaces(" ".join(self.text))


def plain_spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text)


KEPT: dict[int, tuple[Run, Reader]] = {}
MANY = 200


def rendered(result: Run) -> Reader:
    """The page as it is read; one that was rendered for this very result is taken again.

    The factories of `results` and `trial_results` make each named result once.
    """
    kept = KEPT.get(id(result))
    if kept is None:
        if len(KEPT) == MANY:
            del KEPT[next(iter(KEPT))]
        # The result is kept, too: as long as it is there, no other has its id.
        kept = KEPT[id(result)] = (result, Reader(html.render(build.page(result))))
    return kept[1]


def floats(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from floats(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from floats(inner)


def blocks(result: Run) -> list[Block]:
    """What a page shows, one after the other: the head first, sections and their parts next."""
    page = build.page(result)
    first = [b for b in (page.headline.figures, page.headline.picture) if b is not None]
    return first + [
        block
        for section in page.sections
        for block in (*section.blocks, *(b for part in section.parts for b in part.blocks))
    ]


def figure(command: str, name: str) -> Figure:
    """A chart of the page of a command, with its table."""
    (found,) = (b for b in blocks(PAGES[command]()) if isinstance(b, Figure) and b.name == name)
    return found


def table(result: Run, caption: str) -> Table:
    """The one table of a page whose caption says this, of a chart or by itself."""
    tables = (b.table if isinstance(b, Figure) else b for b in blocks(result))
    (found,) = (b for b in tables if isinstance(b, Table) and caption in b.caption)
    return found


def number(text: str) -> float:
    """The first number of a cell; a minus sign counts."""
    found = re.search(r"[\N{MINUS SIGN}-]?\d[\d,]*(?:\.\d+)?", text)
    assert found is not None, text
    return float(found[0].replace("\N{MINUS SIGN}", "-").replace(",", ""))


def screen_text(result: Run) -> str:
    """The screen of a result on one line."""
    return " ".join(terminal.screen(result, "r").plain.split())


def part(result: Run, name: str) -> str:
    """A section of a page, field by field, on one line."""
    return plain_spaces(str(next(s for s in build.page(result).sections if s.name == name)))

"""The content of a page as data, apart from how it is drawn.

All text is final: numbers have their units, names from the data came through `display`. A
renderer only places it, and escapes it for its medium.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from resume_gap.report.charts.chart import Chart
from resume_gap.results.common import Severity

Tone = Literal["go", "try", "stop", "same", "open", "wait", "caution"]
"""What a recommendation or a verdict asks for: its color, its sign and its frame follow."""
_SIGN = {
    "go": "\N{CHECK MARK}",
    "try": "\N{BLACK DIAMOND}",
    "stop": "\N{MULTIPLICATION X}",
    "same": "\N{EQUALS SIGN}",
    "open": "\N{WHITE CIRCLE}",
    "wait": "\N{DOUBLE VERTICAL LINE}",
    "caution": "\N{BLACK UP-POINTING TRIANGLE}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; `lead` stands in front of it, strong."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A box with a severity; the word says it, the color repeats it."""

    kind: ClassVar[str] = "note"
    severity: Severity
    text: str
    head: str = ""
    """Another word than the severity's."""

    @property
    def word(self) -> str:
        """What the box is, as a word."""
        return self.head or {"error": "Error", "warn": "Caution", "note": "Note"}[self.severity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number with its name and a line of explanation."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Numbers side by side."""

    kind: ClassVar[str] = "facts"
    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of finished text; the first column heads its row."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    """Columns set flush right."""
    codes: tuple[int, ...] = ()
    """Columns of codes, which never break."""
    marked: int | None = None
    """A row to set off, such as the one in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Something behind a line to open."""

    kind: ClassVar[str] = "folded"
    title: str
    table: Table | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart with its caption and its numbers as a table."""

    kind: ClassVar[str] = "figure"
    name: str
    """Anchor on the page, ours, never from data."""
    caption: str
    chart: Chart
    table: Table
    at: tuple[float, ...] = ()
    """Place of each row of the table along the axis of a chart of lines; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is assumed of a marker: a scenario, or that all of the search goes."""

    name: str
    noticed: float
    removed: float
    wrong_cost_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioControl:
    """What a reader may assume, and the upper bound under it; on interactive pages only."""

    kind: ClassVar[str] = "scenarios"
    search_upper_seconds: float
    """Upper bound per interruption, where every marker is noticed and a miss costs nothing."""
    miss: float
    """Share of the interruptions whose marker is a miss."""
    per_week: float
    """Interruptions per person and week."""
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Terms in plain words."""

    kind: ClassVar[str] = "definitions"
    items: tuple[tuple[str, str], ...]


Block = Paragraph | Note | Facts | Table | Folded | Figure | Definitions | ScenarioControl


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading below a section's, with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the page."""

    name: str
    """Anchor on the page, ours, never from data."""
    title: str
    """What was found, as a sentence, or what the section holds, in the appendix."""
    topic: str = ""
    """What a finding is about, in a word or two; it stands above it and in the list of parts."""
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    appendix: bool = False
    """Whether it is for those who check: behind a line to open on the screen, open on paper."""

    @property
    def short(self) -> str:
        """What the list of parts calls it."""
        return self.topic or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBox:
    """The recommendation, what it still asks for, and why."""

    word: str
    proviso: str
    reason: str
    tone: Tone = "open"
    next_step: str = ""
    """What to do next, a clause without a capital and a full stop."""
    change: str = ""
    """What is not yet shown, or what would have to be otherwise for another recommendation."""
    change_lead: str = ""
    """What stands in front of it, strong, with a colon; empty: it is a sentence of its own."""
    whole_reason: str = ""
    """The reason in full, where a page says more of it further down; else empty."""

    @property
    def led_change(self) -> str:
        """The change with what stands in front of it; empty without one."""
        lead = f"{self.change_lead}: " if self.change_lead else ""
        return f"{lead}{self.change}" if self.change else ""

    @property
    def sign(self) -> str:
        """The sign before the word, so that color is never alone."""
        return _SIGN[self.tone]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a reader takes along who reads one sentence."""

    sentence: str
    details: tuple[str, ...]
    sure: str = ""
    """How sure that is, a clause without a capital and a full stop."""
    more: str = ""
    """What belongs to the sentence, in smaller type."""
    decision: DecisionBox | None = None
    figures: Facts | None = None
    """Three or four key figures."""
    picture: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is a command's own on its page."""

    title: str
    """Above everything, and in the window's bar after the log and the badge."""
    headline: Headline
    sections: tuple[Section, ...]
    """In reading order."""
    holds: str = ""
    """What is the same at all inactivity thresholds tried, or is not, a clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page in reading order."""

    title: str
    subject: tuple[str, ...]
    """What the log is: its name, its people, its dates."""
    about: str
    """What a resume marker is, for those who never met one; empty where none is judged."""
    first: tuple[Note, ...]
    """What has to be known before the headline."""
    headline: Headline
    trust: Note | None
    """One line on whether the data can be trusted; None where the page begins with its checks."""
    sections: tuple[Section, ...]
    footer: str

    @property
    def window(self) -> str:
        """What a browser calls the page: the log, the badge, and what kind of page it is."""
        decided = self.headline.decision
        badge = (decided.word, decided.proviso) if decided else ()
        parts = (*self.subject[:1], " ".join(filter(None, badge)), self.title)
        return " \N{MIDDLE DOT} ".join(filter(None, parts))

    @property
    def story(self) -> tuple[Section, ...]:
        """The sections that are open."""
        return tuple(section for section in self.sections if not section.appendix)

    @property
    def appendix(self) -> tuple[Section, ...]:
        """The sections for those who check."""
        return tuple(section for section in self.sections if section.appendix)

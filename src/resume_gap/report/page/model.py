"""The content of a page as data, apart from how it is drawn.

All text is final: numbers have their units, names from the data came through `display`. A
renderer only places it, and escapes it for its medium.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from resume_gap.report.page.evaluate.blocks import ArmsChart, DifferencesChart, WeeksChart
from resume_gap.results.common import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; `lead` stands in front of it, strong."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A box with a severity; the word says it, the colour repeats it."""

    kind: ClassVar[str] = "note"
    severity: Severity
    text: str
    head: str = ""
    """Another word than the severity's."""

    @property
    def word(self) -> str:
        """What the box is, as a word."""
        return self.head or {"error": "Error", "warn": "Warning", "note": "Note"}[self.severity]


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
class GapsChart:
    """Distribution of the gaps between events, with the pause limit."""

    bins: tuple[tuple[float, float, float], ...]
    """(from seconds, to seconds, share of the gaps), without holes."""
    limit_seconds: float
    limit_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart:
    """Share of the interruptions that were productive by t."""

    points: tuple[tuple[float, float], ...]
    end_label: str
    other: tuple[tuple[float, float], ...] = ()
    """The same of uninterrupted work, where there is such a curve."""
    other_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart:
    """7 x 24 counts, Monday first."""

    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChart:
    """Pace of the first steps after a return, as multiples of the steady pace."""

    steps: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowRow:
    """Hits of one arrow; `name` is ours."""

    name: str
    hit: float
    lower: float | None
    upper: float | None
    chance: float | None
    habit: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowsChart:
    """Arrows side by side."""

    rows: tuple[ArrowRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """One bound in seconds; `name` is ours."""

    name: str
    upper: float
    ci_lower: float | None
    ci_upper: float | None
    may_hurt: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsChart:
    """The bounds from fewest to most assumptions, with the ceiling."""

    rows: tuple[BoundRow, ...]
    search_upper_seconds: float | None
    ceiling_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingRow:
    """One assumption at its ends: seconds and what was assumed, in words of ours."""

    name: str
    low: float
    high: float
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingsChart:
    """How far each assumption moves the middle case."""

    rows: tuple[SwingRow, ...]
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """One event of a day; its lane is a place, None where it has none."""

    seconds: float
    lane: int | None
    productive: bool
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChart:
    """One day of one person, and the events around one absence of it."""

    marks: tuple[DayMark, ...]
    stop_seconds: float
    return_seconds: float
    absence_label: str
    lanes: tuple[str, ...]
    """Places around the absence, from the data, as shown."""
    before: tuple[DayMark, ...]
    after: tuple[DayMark, ...]
    skipped: int
    """Events on the way back that are not drawn one by one; they stand before the last."""
    pointed_lane: int | None
    place_lane: int | None
    work_index: int | None
    """Which of `after` is where work went on."""


Chart = (
    GapsChart
    | CurveChart
    | WeekChart
    | PaceChart
    | ArrowsChart
    | BoundsChart
    | SwingsChart
    | DayChart
    | DifferencesChart
    | ArmsChart
    | WeeksChart
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart with its caption and its numbers as a table."""

    kind: ClassVar[str] = "figure"
    name: Literal[
        "gaps", "curve", "week", "pace", "arrows", "bounds", "swings", "one-day", "difference",
        "arms", "right-or-not", "exposures", "trial-weeks", "smallest",
    ]  # fmt: skip
    caption: str
    chart: Chart
    table: Table
    table_open: bool = False
    """Whether the table stands below the chart in plain view, as part of the text."""

    @property
    def narrow(self) -> bool:
        """Whether the chart fits a telephone as it is."""
        return isinstance(self.chart, DifferencesChart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Terms in plain words."""

    kind: ClassVar[str] = "definitions"
    items: tuple[tuple[str, str], ...]


Block = Paragraph | Note | Facts | Table | Folded | Figure | Definitions


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
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision word, what it still asks for, and why."""

    word: str
    proviso: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a reader takes along who reads one sentence."""

    sentence: str
    details: tuple[str, ...]
    more: str = ""
    """What belongs to the sentence, in smaller type."""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page in reading order."""

    title: str
    first: tuple[Note, ...]
    """What has to be known before the headline."""
    headline: Headline
    sections: tuple[Section, ...]
    footer: str

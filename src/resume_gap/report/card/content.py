"""What a card shows, as data."""

from dataclasses import dataclass
from typing import Literal

from resume_gap.report.page.model import Tone

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFigure:
    """One key figure."""

    label: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The first screen of a report; every text is visible and of a sane length."""

    command: str
    subject: tuple[str, ...]
    headline: str
    sure: str
    """How sure that is, a clause; empty without an interval."""
    word: str
    """The recommendation or verdict; empty where there is none."""
    proviso: str
    tone: Tone
    why: str
    """Why this word, in a sentence or two; empty where the figures tell."""
    next_step: str
    """What to do next, a clause."""
    change: str
    """What would have to be otherwise for another word, or what is not ruled out."""
    figures: tuple[CardFigure, ...]
    caption: str
    cautions: tuple[str, ...]

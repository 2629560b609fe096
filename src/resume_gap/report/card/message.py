"""A card as three sentences for a chat message."""

from collections.abc import Mapping
from typing import Final

from resume_gap.marks import SOURCE
from resume_gap.report.card.content import Card
from resume_gap.report.text.cautions import passed
from resume_gap.report.text.numbers import many

_CALLED: Final[Mapping[str, str]] = {
    "analyze": "Recommendation",
    "evaluate": "Verdict",
    "compare": "Verdict",
}
_ENDS: Final = (".", "!", "?")


def message(card: Card) -> str:
    """What was found, what should happen and what to be careful about; then what it is from."""
    beside = f" ({card.sure})" if card.sure else ""
    careful = "" if _gives_no_result(card) and not card.cautions else _careful(card)
    sentences = (_sentence(f"{card.headline}{beside}"), _decided(card), careful)
    subject = " \N{MIDDLE DOT} ".join(card.subject)
    text = " ".join(filter(None, sentences))
    return f"{text}\n{SOURCE}{card.command}, {subject}\n"


def _decided(card: Card) -> str:
    if not card.word:
        return "No recommendation."
    name = _CALLED.get(card.command, "Result")
    beside = f" {card.proviso}" if card.proviso else ""
    why = f": {card.why}" if _gives_no_result(card) else ""
    return _sentence(f"{name}: {card.word}{beside}{why}")


def _gives_no_result(card: Card) -> bool:
    """Whether there is nothing to draw, and the reason why is what there is to report."""
    return bool(card.word and card.why and not card.caption)


def _careful(card: Card) -> str:
    """The first caution in full, so that no number of it loses its context."""
    if not card.cautions:
        return f"{passed(card.command)}."
    more = len(card.cautions) - 1
    rest = f" ({many(more, 'more caution')} in the report)" if more else ""
    return _sentence(f"Caution: {card.cautions[0].rstrip('.')}{rest}")


def _sentence(text: str) -> str:
    """Several sentences as one; none is left out, as a number could lose its context."""
    words = text.split(" ")
    following = (*words[1:], "")
    text = " ".join(
        f"{word[:-1]};" if word.endswith(_ENDS) and _begins(after) else word
        for word, after in zip(words, following, strict=True)
    )
    return text if text.endswith(_ENDS) else f"{text}."


def _begins(word: str) -> bool:
    """Whether a word may begin a sentence: one in small letters does not, as after `vs.`."""
    return bool(word) and not word[0].islower()

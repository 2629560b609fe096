"""What a sham arm shows: whether it matters where the marker points, and what any marker does."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.text import estimates, evaluation, trust
from resume_gap.report.text.names import label
from resume_gap.results.evaluate import Evaluated, ShamComparison, VerdictWord

_PAIR: Final = {
    "marker_against_sham": "Marker against sham",
    "sham_against_control": "Sham against control",
}
_MEANS: Final[dict[str, Mapping[VerdictWord, str]]] = {
    "marker_against_sham": {
        "better": "where the marker points matters, a marker elsewhere does not save that",
        "worse": "the sham does better than the marker, so the target rule misleads",
        "no_difference_seen": "it is not shown to matter where the marker points",
    },
    "sham_against_control": {
        "better": "any marker helps, wherever it points: it draws attention",
        "worse": "a marker at the wrong place costs time",
        "no_difference_seen": "a marker at the wrong place is not shown to change anything",
    },
}


def pair(found: ShamComparison) -> str:
    """`Marker against sham`."""
    return _PAIR[found.name]


def sentences(found: Evaluated) -> tuple[str, ...]:
    """A sentence for each comparison: the word, the size and what it means; none without a sham."""
    sham = found.evaluation.sham
    if sham is None:
        return ()
    if sham.reason is not None:
        return (f"The sham ({label(sham.name)}) is not compared: a check of the trial failed.",)
    return tuple(_sentence(one, found) for one in sham.comparisons)


def _sentence(one: ShamComparison, run: Evaluated) -> str:
    word = evaluation.WORD[one.verdict.word].lower()
    means = _MEANS[one.name].get(one.verdict.word)
    if means is None:
        why = trust.reason(one.verdict, one.trust.checks)
        return f"{pair(one)}: {word}. {why}"
    size = estimates.in_words(one.primary, run)
    if size is None:
        return f"{pair(one)}: {word}; {means}."
    if one.verdict.word != "no_difference_seen":
        return f"{pair(one)}: {size}; {means}."
    return f"{pair(one)}: {word} ({size}); {means}."

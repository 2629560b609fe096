"""The recommendation before a launch: its word, why, and what would change it."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from resume_gap.constants import (
    DECISION_MIN_EFFECTIVE_USERS,
    DECISION_MIN_ELIGIBLE,
    DECISION_MIN_USERS,
)
from resume_gap.report.text import measurability, reasons, scenarios, target_rules, vocabulary
from resume_gap.report.text.bounds import NOTHING_LEFT, is_nothing_left
from resume_gap.report.text.numbers import (
    MINUS,
    assumed,
    count,
    duration,
    exact,
    many,
    points,
)
from resume_gap.report.text.target_rules import rule
from resume_gap.results.analyze import Analysis, Policy, Recommendation
from resume_gap.results.common import RecommendationReason, Word
from resume_gap.results.opportunity import Opportunity

WORD: Final[Mapping[Word, str]] = {
    "build": "Build behind an A/B test",
    "test": "Run an A/B test",
    "do_not_build": "Do not build",
    "not_enough_data": "Not enough data",
    "cannot_be_measured": "Cannot be measured",
}
NO_WORD: Final = "No recommendation yet"


class _PrintedFigures(NamedTuple):
    """The figures behind a recommendation, and what they are printed with.

    Attributes:
        numbers: `Recommendation.figures`.
        best: The target rule that the recommendation is for.
        step: Nothing finer is printed.
        sized: What the best rule could save.
    """

    numbers: Mapping[str, float | int | str]
    best: Policy | None
    step: float
    sized: Opportunity

    @property
    def place(self) -> str:
        """Where a marker of the best target rule points."""
        return "" if self.best is None else rule(self.best.name)

    @property
    def hits(self) -> str:
        """How often the best rule is right, and how often a marker drawn blindly would be."""
        marker = f"A marker at the {self.place} would hit the right element"
        if self.best is None or self.best.hit is None or self.best.chance is None:
            return f"A marker at the {self.place} hits {self.above('lift')} chance"
        shown = target_rules.printed(self.best)
        return f"{marker} in {shown.hit} of the interruptions, a random one in {shown.chance}"

    def number(self, name: str) -> float:
        """A figure by its name."""
        return float(self.numbers[name])

    def seconds(self, name: str) -> str:
        """A time as printed; it may have no limit."""
        value = self.numbers.get(name)
        return "an unknown time" if value is None else duration(float(value), self.step)

    def points(self, name: str) -> str:
        """A difference of shares as printed; it may have no limit."""
        value = self.numbers.get(name)
        return "an unknown number of points" if value is None else points(float(value))

    def above(self, name: str) -> str:
        """`39 percentage points more often than`, `3.4 percentage points less often than`."""
        value = self.number(name)
        size = self._points_of(name).replace("point", "percentage point")
        return f"{size} {'less' if value < 0 else 'more'} often than"

    @property
    def over_habit(self) -> str:
        """`12 points more than`."""
        over = self.number("lift_over_habit")
        size = self._points_of("lift_over_habit")
        return f"{size} {'less' if over < 0 else 'more'} than"

    def _points_of(self, name: str) -> str:
        """The size of a difference; of the lifts so that it adds up with what stands beside it."""
        value, best = self.number(name), self.best
        if best is not None and value == getattr(best, name, None):
            shown = target_rules.printed(best)
            text = shown.lift if name == "lift" else shown.over_habit
            return (text or points(value)).removeprefix(MINUS)
        return points(abs(value))

    @property
    def lift_asked(self) -> str:
        """The lift that is asked for."""
        return f"(asked for: {self.points('min_lift')})"

    @property
    def worth_asked(self) -> str:
        """The saving that is asked for."""
        return f"(asked for: {exact(self.number('worth_seconds'))})"


def word(analysis: Analysis) -> str:
    """The recommendation as printed."""
    found = analysis.marker.recommendation
    if found is None:
        return NO_WORD
    # More of the same log would not help where no event counts as work.
    unnamed = found.reason == "no_productive_events"
    return WORD["cannot_be_measured" if unnamed else found.word]


def because(analysis: Analysis) -> str:
    """The sentence behind the recommendation."""
    found = analysis.marker.recommendation
    if found is None:
        why = reasons.why(analysis.marker.reason, analysis)
        return reasons.sentence(f"no target rule can be judged: {why}")
    blind = found.word == "cannot_be_measured" or found.reason not in _BECAUSE
    if blind and measurability.is_known(found.reason):
        return measurability.sentence(found.reason, found.figures)
    return _BECAUSE[found.reason](_printed(analysis, found))


def _printed(analysis: Analysis, found: Recommendation) -> _PrintedFigures:
    best = target_rules.policy(analysis, analysis.marker.best)
    return _PrintedFigures(found.figures, best, vocabulary.step(analysis), analysis.opportunity)


def beside_the_hit_rate(analysis: Analysis) -> str:
    """The same where the hit rate stands beside it, with its chance baseline."""
    found, whole = analysis.marker.recommendation, because(analysis)
    if found is None:
        return whole
    if found.reason == "above_the_marks":
        return reasons.sentence(_saving(_printed(analysis, found)))
    if found.reason == "worth_a_test":
        return ""  # The next step says the rest.
    return whole.removeprefix(f"{_printed(analysis, found).hits}. ")


def _above_the_marks(of: _PrintedFigures) -> str:
    hits = f"A marker at the {of.place} hits at least {of.above('lift_lower')} chance"
    return f"{hits}; {_saving(of)}."


def _saving(of: _PrintedFigures) -> str:
    return scenarios.at_least(of.sized, assumed(of.number("middle_case_lower_seconds")))


def _worth_a_test(of: _PrintedFigures) -> str:
    return (
        f"{of.hits}. Only an A/B test can show how much of the search per interruption "
        f"({of.seconds('search_seconds')}) the marker would save."
    )


def _give_ups(of: _PrintedFigures) -> str:
    return (
        f"{of.hits}. The marker could shorten only {of.seconds('search_seconds')} of search per "
        f"interruption {of.worth_asked}; with give-ups it is at least "
        f"{of.seconds('give_ups_lower_seconds')}."
    )


def _known_well_enough(of: _PrintedFigures) -> str:
    figures = (
        f"hits {of.above('lift')} chance {of.lift_asked}, {of.over_habit} habit, with "
        f"{of.seconds('search_seconds')} of search {of.worth_asked}"
    )
    reached = of.number("lift") >= of.number("min_lift") and of.number("lift_over_habit") > 0
    if reached and of.number("search_seconds") >= of.number("worth_seconds"):
        return f"A marker at the {of.place} {figures}."
    return f"The best rule, at the {of.place}, {figures}."


def _below_the_marks(of: _PrintedFigures) -> str:
    if of.number("lift_upper") < of.number("min_lift"):
        why = f"hits at most {of.above('lift_upper')} chance {of.lift_asked}"
    elif is_nothing_left(of.sized):
        return f"Nothing is left to save: {NOTHING_LEFT}."
    else:
        search = of.seconds("search_upper_seconds")
        why = f"could shorten at most {search} of search per interruption {of.worth_asked}"
    return f"No target rule reaches what is asked for; the best, at the {of.place}, {why}."


def _too_uncertain(of: _PrintedFigures) -> str:
    needed = of.numbers.get("users_needed")
    more = (
        ""
        if needed is None
        else f" It takes about {many(round(float(needed)), 'user')}, not "
        f"{count(round(of.number('users')))}."
    )
    return (
        f"A marker at the {of.place} hits {of.above('lift')} chance, "
        f"give or take {of.points('lift_half_width')} {of.lift_asked}, and the search per "
        f"interruption takes {of.seconds('search_seconds')}, give or take "
        f"{of.seconds('search_half_width_seconds')} {of.worth_asked}.{more}"
    )


def _too_little(of: _PrintedFigures) -> str:
    """What there is too little of, beside what is needed."""
    users, eligible = round(of.number("users")), round(of.number("eligible"))
    effective = int(of.number("effective_users"))
    short = [
        f"{there} ({count(round(least))} are needed)"
        for n, there, least in (
            (users, many(users, "user"), DECISION_MIN_USERS.value),
            (
                eligible,
                f"{many(eligible, 'interruption')} with enough time after them",
                DECISION_MIN_ELIGIBLE.value,
            ),
            (
                effective,
                f"most of the data comes from about {many(effective, 'user')}",
                DECISION_MIN_EFFECTIVE_USERS.value,
            ),
        )
        if n < least
    ]
    return f"There is too little to decide on: {', '.join(short)}."


def _depends_on_threshold(of: _PrintedFigures) -> str:
    first, second = (WORD[_word(of.numbers[name])] for name in ("word_first", "word_second"))
    return (
        "The answer depends on the inactivity threshold: between half and double of it, it changes "
        f'between "{first}" and "{second}".'
    )


def _depends_on_events(of: _PrintedFigures) -> str:
    first, second = (WORD[_word(of.numbers[name])] for name in ("word_first", "word_second"))
    return (
        "The answer depends on events that may not be the person's own: with them it is "
        f'"{first}", without them "{second}"; decide about them first (see the warnings).'
    )


def _word(value: object) -> Word:
    return next(word for word in WORD if word == value)


_BECAUSE: Final[Mapping[RecommendationReason, Callable[[_PrintedFigures], str]]] = {
    "above_the_marks": _above_the_marks,
    "worth_a_test": _worth_a_test,
    "give_ups": _give_ups,
    "known_well_enough": _known_well_enough,
    "below_the_marks": _below_the_marks,
    "too_uncertain": _too_uncertain,
    "too_little": _too_little,
    "depends_on_threshold": _depends_on_threshold,
    "depends_on_events": _depends_on_events,
    "no_productive_events": lambda _: (
        "No event counts as work, so it is not known where it went on; say which events are work."
    ),
    "no_interruptions": lambda _: "There is no interruption that could be followed up.",
    "no_elements": lambda _: (
        "The log names no elements, so there is nothing to point at; say which column holds "
        "them, or log them."
    ),
    "order_unknown": lambda _: (
        "Too many events share one instant: where a resume marker would point depends on their "
        "order, which is not in the log."
    ),
}

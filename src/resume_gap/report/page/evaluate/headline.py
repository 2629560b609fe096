"""The first screen after a launch: the verdict, the next step, and the figures behind them."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.page.evaluate.curves import back_at_work
from resume_gap.report.page.model import (
    DecisionBox,
    Fact,
    Facts,
    Headline,
    Paragraph,
    Section,
    Tone,
)
from resume_gap.report.page.shared.first_screen import MARKER
from resume_gap.report.text import (
    caps,
    certainty_of_trial,
    estimates,
    evaluation,
    failed_checks,
    guardrails,
    measurability,
    measures,
    next_step,
    vocabulary,
)
from resume_gap.report.text.clauses import clipped
from resume_gap.report.text.numbers import count, exact, many
from resume_gap.results.evaluate import Evaluated, GuardrailStatus, VerdictWord

_FIRST_RETURN: Final = (
    "The first return at which the marker would be shown is, in both arms, a user's first return "
    "from an interruption after the assignment."
)
_CHECK_WORDS: Final = 36
"""Of a failed check on the first screen; it stands in full below."""
_OPEN_GUARDRAILS: Final[Mapping[GuardrailStatus, str]] = {
    "harmed": "harmed",
    "not_shown": "not ruled out",
}
_TONE: Final[Mapping[VerdictWord, Tone]] = {
    "better": "go",
    "worse": "stop",
    "no_difference_seen": "same",
    "withheld": "caution",
}


def headline(found: Evaluated) -> Headline:
    """The verdict, the size and whether to believe it."""
    reason, whole = _reason(found), _whole_reason(found)
    badge, beside = next_step.badge(found)
    return Headline(
        sentence=_sentence(found),
        sure=certainty_of_trial.of_trial(found),
        decision=DecisionBox(
            word=badge,
            proviso=beside,
            tone=_tone(found),
            reason=reason,
            whole_reason="" if whole == reason else whole,
            next_step=next_step.clause(found),
            change=next_step.unsettled(found),
            change_lead="Not ruled out",
        ),
        figures=_figures(found),
        picture=None if evaluation.withheld(found) else back_at_work(found, size="page"),
        details=_nothing(found),
    )


def _tone(found: Evaluated) -> Tone:
    """What the badge asks for: where it says not to ship, it does not look like a success."""
    word = found.evaluation.verdict.word
    if guardrails.broken(found):
        return "caution"
    unsettled = word == "better" and next_step.holds_back(found)
    return "wait" if unsettled else _TONE.get(word, "open")


def measured(found: Evaluated) -> tuple[Section, ...]:
    """What the figures of the first screen are."""
    texts = (MARKER, f"{vocabulary.interrupted(found)} {_FIRST_RETURN}", *_limits(found))
    blocks = tuple(Paragraph(text=text) for text in texts)
    return (Section(name="measured", title="What was measured", blocks=blocks, appendix=True),)


def _figures(found: Evaluated) -> Facts | None:
    """The arms, all returns, the guardrails and the checks; None without a difference."""
    if evaluation.withheld(found):
        return Facts(items=(_checked(found),))
    if found.evaluation.primary.estimate is None:
        return None
    tiles = (_first(found), _everywhere(found), _guarded(found), _checked(found))
    return Facts(items=tuple(tile for tile in tiles if tile is not None))


def _first(found: Evaluated) -> Fact:
    primary = found.evaluation.primary
    control, treatment = estimates.levels(primary, found)
    cap = caps.cap(found)
    counted = f"; a longer time counts as {cap}" if cap else ""
    return Fact(
        label="Until work goes on, first return",
        value=treatment,
        detail=f"with the marker; {control} without it, over {count(primary.n_treatment)} and "
        f"{count(primary.n_control)} users{counted}",
    )


def _everywhere(found: Evaluated) -> Fact | None:
    """The effect on all returns, which is exploration where who comes back may differ."""
    effect = found.evaluation.all_returns
    size = None if effect is None else estimates.size_in_words(effect, found)
    if effect is None or size is None:
        return None
    explored = effect in found.evaluation.exploratory
    note = "; a hint only: who comes back may differ by group" if explored else ""
    return Fact(
        label=f"All returns, up to {caps.whole(found)}",
        value=size,
        detail=f"{estimates.interval_in_words(effect, found)}{note}",
    )


def _guarded(found: Evaluated) -> Fact | None:
    """How many guardrails are kept, and the names of the others."""
    shown = guardrails.shown(found)
    if not shown:
        return None
    kept = [guard for guard in shown if guard.status == "kept"]
    others = [
        f"{words}: {', '.join(guardrails.direction(guard) for guard in some)}"
        for status, words in _OPEN_GUARDRAILS.items()
        if (some := [guard for guard in shown if guard.status == status])
    ]
    return Fact(
        label="Side effects ruled out (guardrails)",
        value=f"{count(len(kept))} of {count(len(shown))}",
        detail="; ".join(others),
    )


def _checked(found: Evaluated) -> Fact:
    passed = evaluation.checks(found, "passed")
    others = [
        f"{count(n)} {status.replace('_', ' ')}"
        for status in ("failed", "warned", "not_checked")
        if (n := len(evaluation.checks(found, status)))
    ]
    made = len(evaluation.checks(found, "passed", "warned", "failed"))
    return Fact(
        label="Checks of the trial passed",
        value=f"{count(len(passed))} of {count(made)}",
        detail=", ".join(others),
    )


def _reason(found: Evaluated) -> str:
    """Why this word: the first failed check, or what the interval says and leaves open."""
    failed, blind = _failed(found), found.measurability
    if blind.reason is not None:
        return measurability.finding(blind.reason, blind.figures)
    if not failed:
        return evaluation.because_in_short(found)
    return (_plainly(found) or clipped(failed[0], _CHECK_WORDS)) + _others_failed(found)


def _others_failed(found: Evaluated) -> str:
    """How many more checks failed, or which one; empty where none did."""
    others = evaluation.checks(found, "failed")[1:]
    if not others:
        return ""
    if len(others) > 1:
        return f" {many(len(others), 'more check')} failed."
    if plain := failed_checks.plain(others[0]):
        return f" Also, {plain.also}."
    name = evaluation.check_name(others[0])
    return f" {many(len(others), 'more check')} failed: {name[:1].lower()}{name[1:]}."


def _plainly(found: Evaluated) -> str:
    """The first failed check in plain words; empty of one that has none."""
    first = evaluation.checks(found, "failed")[0]
    plain = failed_checks.plain(first)
    return plain.why(first.figures) if plain else ""


def _whole_reason(found: Evaluated) -> str:
    """The same with each failed check in full; what to log is the next step."""
    if found.measurability.reason is not None:
        return _reason(found)
    return " ".join(_failed(found)) or evaluation.because(found)


def _failed(found: Evaluated) -> list[str]:
    """The checks for which the result is withheld, with their names."""
    if found.measurability.reason is not None or not evaluation.withheld(found):
        return []
    failed = evaluation.checks(found, "failed")
    return [f"{evaluation.check_name(check)}: {evaluation.message(check)}" for check in failed]


def _sentence(found: Evaluated) -> str:
    """Without a full stop."""
    primary = found.evaluation.primary
    word = found.evaluation.verdict.word
    if word == "withheld":
        if found.measurability.reason is not None:
            return "This log cannot show how long people took, so no result is shown"
        return _what_failed(found)
    if evaluation.few(found) or not found.evaluation.trust.triggered:
        return evaluation.too_few(found)
    reported = estimates.in_words(primary, found)
    if reported is None:
        return f"No result yet: {measures.why(primary.reason)}"
    return _difference(found, reported)


def _what_failed(found: Evaluated) -> str:
    """What the first failed check says of the trial."""
    failed = evaluation.checks(found, "failed")
    plain = failed_checks.plain(failed[0]) if failed else None
    return plain.finding if plain else "A check of the trial failed"


def _difference(found: Evaluated, reported: str) -> str:
    """What a verdict says of a difference, which is `reported` in words."""
    word, primary = found.evaluation.verdict.word, found.evaluation.primary
    if word == "no_difference_seen":
        return "No difference detected with the marker"
    if word == "changes_with_use":
        later = estimates.in_words(found.evaluation.use.later, found)
        return f"At first {reported} with the marker, later {later}"
    longer = caps.longest_overruling(found)
    if word == "depends_on_cap" and longer is not None:
        more = estimates.worded(caps.estimate(longer), "seconds", found)
        return (
            f"Back at work {reported} with the marker, counted up to {caps.cap(found)}; up to "
            f"{exact(longer.seconds)}: {more}"
        )
    if word == "not_enough_data":
        return "Not enough data for a verdict"
    size = estimates.size_in_words(primary, found)
    return f"Back at work {size} with the marker"


def _limits(found: Evaluated) -> tuple[str, ...]:
    """Cautions beside a difference."""
    if evaluation.withheld(found) or found.evaluation.primary.estimate is None:
        return ()
    texts = []
    adjusted = estimates.in_words(found.evaluation.adjusted, found)
    if adjusted:
        texts.append(f"The same {measures.ADJUSTED}: {adjusted}.")
    if (looked := evaluation.looked(found)) is not None:
        texts.append(f"{looked[0].upper()}{looked[1:]}, so it is wider than that of a single look.")
    return (" ".join(texts),) if texts else ()


def _nothing(found: Evaluated) -> tuple[str, ...]:
    """What to do where nothing counts as work."""
    silent = found.reorientation.reason == "no_productive_events"
    return (vocabulary.nothing_productive(found),) if silent else ()

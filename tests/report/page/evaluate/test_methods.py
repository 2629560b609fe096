"""The words of a trial, and which method stands behind which figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import plan_results, trial_results

from resume_gap.report.page.evaluate import methods
from resume_gap.report.page.model import Definitions, Folded, Paragraph, Table
from resume_gap.results.evaluate import Looks


def terms(section: object) -> list[str]:
    (block,) = [b for b in section.blocks if isinstance(b, Definitions)]  # type: ignore[attr-defined]
    return [term for term, _ in block.items]


def test_the_terms_of_a_trial_and_of_a_plan() -> None:
    trial = ["Marker", "Control, treatment", "First return at which the marker would be shown"]
    seen = terms(methods.evaluated_words(trial_results.better()))
    assert seen[:5] == [*trial, "Difference", "No difference detected"]
    assert seen[5:10] == ["Faster, slower", "Result withheld", "Adjusted", "Guardrail", "p"]
    planned = terms(methods.planned_words(plan_results.plan()))
    assert planned[:4] == [*trial, "Difference"]
    assert planned[4:8] == ["Smallest effect found", "Power", "Interim looks", "Adjusted"]
    assert planned[8:] == seen[10:]
    assert planned[-1].startswith("95")


def test_every_effect_is_listed_with_its_method_and_its_users() -> None:
    found = trial_results.better()
    trial = found.evaluation
    one = replace(
        trial.primary,
        method="welch",
        n_control=1_204,
        n_treatment=1_198,
        rows_control=2_001,
        rows_treatment=None,
    )
    made = replace(found, evaluation=replace(trial, primary=one))
    (folded,) = [b for b in methods._judged(made) if isinstance(b, Folded)]
    table = folded.table
    assert isinstance(table, Table)
    assert table.rows[0] == (one.estimand, "welch", "1,204 / 1,198", "2,001", "")
    effects = [
        *(g.effect for g in trial.guardrails),
        *trial.secondary,
        *trial.exploratory,
        trial.dilution,
    ]
    assert [row[0] for row in table.rows[1:]] == [e.estimand for e in (trial.adjusted, *effects)]
    assert len(table.columns) == len(table.rows[0]) == 5
    assert table.numeric == (2, 3, 4)
    unknown = replace(one, method=None)
    (folded,) = methods._each(replace(found, evaluation=replace(trial, primary=unknown)))
    assert isinstance(folded, Folded)
    assert isinstance(folded.table, Table)
    assert folded.table.rows[0][1] == "none"


def test_no_method_is_listed_where_the_result_is_withheld() -> None:
    assert methods._each(trial_results.withheld()) == ()


@pytest.mark.parametrize("looks", [28, None])
def test_looks_are_told_where_there_are_some(looks: int | None) -> None:
    found = trial_results.many_looks() if looks else trial_results.better()
    of = found.evaluation.looks
    texts = [b.text for b in methods._judged(found) if isinstance(b, Paragraph)]
    told = [text for text in texts if text.startswith("Looks: ")]
    assert len(told) == (1 if looks else 0)
    assert (of is None) == (looks is None)
    if isinstance(of, Looks):
        made = replace(of, looks=3, planned_users=4_000, users=2_500)
        trial = replace(found.evaluation, looks=made)
        (text,) = [
            b.text
            for b in methods._judged(replace(found, evaluation=trial))
            if isinstance(b, Paragraph) and b.text.startswith("Looks: ")
        ]
        assert text.startswith("Looks: 3. ")
        assert f"tuned for 4,000 planned users ({of.planned_by}), 2,500 of them" in text

"""What only the screen of `evaluate` has."""

from resume_gap.report.screen.layout import DETAILS_GO, Line, caution
from resume_gap.report.text import evaluation, sham
from resume_gap.report.text.futility import futile
from resume_gap.results.evaluate import Evaluated


def lines(found: Evaluated) -> tuple[Line, ...]:
    """Checks of the trial that warn, that a saving is out of reach, the sham, and the users."""
    warned = evaluation.checks(found, "warned")
    cautions = [
        (f"{evaluation.check_name(one)}: {evaluation.message(one)}", evaluation.option(one))
        for one in warned
    ]
    if (out := futile(found)) is not None:
        cautions.insert(0, (out, ""))
    return (
        *(
            caution("caution", text, option, first=at == 0)
            for at, (text, option) in enumerate(cautions)
        ),
        Line("sham", " ".join(sham.sentences(found))),
        Line("looks", _looks(found)),
        Line("users", evaluation.assigned(found), ((DETAILS_GO, ""),)),
    )


def _looks(found: Evaluated) -> str:
    """That the interval holds at every look, where there is an interval."""
    reported = evaluation.seconds(found, found.evaluation.primary)
    return (evaluation.looked(found) or "") if reported else ""

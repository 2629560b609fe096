"""What of a result is written to the JSON files."""

from __future__ import annotations

import json

from factories.trial_results import trial

from resume_gap.report.render import jsonfile


def test_the_seal_of_the_prediction_is_ours() -> None:
    seal = "1764" + "0f9e8d7c6b5a" * 5
    for file, shown in ((seal, seal), (f"x{seal[1:]}", "x764\N{HORIZONTAL ELLIPSIS}[token]")):
        value = json.loads(jsonfile.summary(trial(prediction_file=file)))
        assert value["evaluation"]["prediction_file"] == shown

"""The prediction that an evaluation is compared with."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from factories.results import full

from resume_gap.commands.prediction_file import (
    Prediction,
    fitting,
    frozen_threshold,
    prediction_path,
    read_prediction,
)
from resume_gap.errors import DataError, InputError, UsageError
from resume_gap.output.prediction import prediction
from resume_gap.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

START_US = 1_000


def predicted(**made: Any) -> Prediction:
    content = json.loads(prediction(full()))
    content["threshold"] = {"seconds": 90.0, "source": "learned"}
    content["generated_from"] = {"inputs": [{"sha256": "aa"}], "settings": {}} | made
    return Prediction("p.json", b"", content)


def fit(
    found: Prediction | None, *, sha: str = "aa", first_us: int | None = START_US, **given: Any
) -> tuple[Prediction | None, list[str]]:
    source = SimpleNamespace(inputs=[SimpleNamespace(sha256=sha)])
    job: Any = SimpleNamespace(source=source, settings=Settings(**given))
    taken, checks = fitting(found, job, first_us)
    return taken, [check.check for check in checks]


def test_a_given_threshold_comes_before_that_of_the_prediction() -> None:
    given = frozen_threshold(Settings(gap_us=60_000_000), predicted())
    assert given is not None
    assert (given.threshold_us, given.reason, given.source) == (60_000_000, "given", "given")
    own = frozen_threshold(Settings(), predicted())
    assert own is not None
    assert (own.threshold_us, own.reason, own.source) == (90_000_000, "prediction", "given")
    assert frozen_threshold(Settings(), None) is None


def test_the_file_given_comes_before_that_of_the_folder(tmp_path: Path) -> None:
    assert prediction_path(Settings(), tmp_path) is None
    assert prediction_path(Settings(), None) is None
    (tmp_path / "prediction.json").write_bytes(b"{}")
    assert prediction_path(Settings(), tmp_path) == str(tmp_path / "prediction.json")
    assert prediction_path(Settings(prediction="other.json"), tmp_path) == "other.json"


def test_a_prediction_is_read_with_its_bytes(tmp_path: Path) -> None:
    data = prediction(full())
    (tmp_path / "prediction.json").write_bytes(data)
    found = read_prediction(Settings(), tmp_path)
    assert found is not None
    assert (found.path, found.data) == (str(tmp_path / "prediction.json"), data)
    assert found.content == json.loads(data)
    assert read_prediction(Settings(), None) is None


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    settings = Settings(prediction=str(file))
    with pytest.raises(InputError, match=r"p\.json: cannot be read: No such file.*check the path"):
        read_prediction(settings, None)
    file.write_bytes(b"no JSON")
    with pytest.raises(UsageError, match=r"p\.json: the prediction file is not valid JSON"):
        read_prediction(settings, None)
    file.write_bytes(prediction(full()).replace(b"260", b"261").replace(b"0.58", b"0.59"))
    with pytest.raises(DataError, match=r"p\.json: the prediction file was changed"):
        read_prediction(settings, None)


def test_a_prediction_of_another_log_is_taken() -> None:
    found = predicted()
    assert fit(found, sha="bb")[0] is found
    assert fit(None) == (None, [])


@pytest.mark.parametrize(
    ("until", "first_us", "is_taken"),
    [
        (START_US, START_US, True),
        (START_US - 1, START_US, True),
        (START_US + 1, START_US, False),
        (None, START_US, False),
        (START_US, None, False),
    ],
)
def test_a_prediction_of_this_log_must_end_before_the_trial(
    until: int | None, first_us: int | None, *, is_taken: bool
) -> None:
    found = predicted(settings={"until_us": until})
    taken, checks = fit(found, first_us=first_us)
    assert taken is (found if is_taken else None)
    assert ("prediction_of_this_log" in checks) is not is_taken


@pytest.mark.parametrize(
    ("gap_us", "warned"), [(None, False), (90_000_000, False), (60_000_000, True)]
)
def test_another_threshold_than_predicted_is_warned_about(
    gap_us: int | None, *, warned: bool
) -> None:
    found = predicted()
    taken, checks = fit(found, sha="bb", gap_us=gap_us)
    assert taken is found
    assert ("other_threshold" in checks) is warned


def test_a_file_without_bounds_at_first_returns_is_from_an_earlier_version() -> None:
    found = predicted()
    assert fit(found, sha="bb") == (found, [])
    del found.content["primary_cap"]["search"]
    assert fit(found, sha="bb") == (found, ["older_prediction"])

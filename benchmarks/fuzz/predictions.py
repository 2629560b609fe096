"""Prediction files whose content was changed and sealed again."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import resume_gap
from benchmarks.fuzz.mutations import mutated
from resume_gap.output import prediction

SAMPLE: Final = Path(__file__).parents[2] / "sample_events" / "workday.parquet"
VALUES: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 1, 0.5, -0.5, 1e308, -1e308, 2**63, 10**400, "", "x", "30m", "\x00",
    "x" * 5000, [], [None], [[]], {}, {"a": 1}, [1, 2, 3], {"seconds": -1}, {"seconds": "x"},
    {"estimate": None}, [{"name": "last_touched"}], "last_touched", "nonsense",
)  # fmt: skip  # one line a value would hide the list


@cache
def plain() -> dict[str, Any]:
    """The content of a good prediction file."""
    data = prediction.prediction(resume_gap.analyze(SAMPLE, gap="30m"))
    return json.loads(data)


def case(random: Random, folder: Path) -> Callable[[], object]:
    """One file that was changed and sealed again, written into the folder."""
    content = copy.deepcopy(plain())
    for _ in range(random.randint(1, 3)):
        _change(content, random)
    try:
        content["sha256"] = prediction._seal(content)  # noqa: SLF001 - as a forger would
        data = json.dumps(content).encode()
    except (ValueError, TypeError):
        data = json.dumps(content, default=str).encode()
    if random.random() < 0.2:
        data = mutated(data, random)
    path = folder / "prediction.json"
    path.write_bytes(data)
    return lambda: prediction.verify(path.read_bytes())


def _change(content: dict[str, Any], random: Random) -> None:
    """Something somewhere in the tree becomes something else, or is gone."""
    places = list(_places(content))
    holder, key = random.choice(places)
    if random.random() < 0.2:
        del holder[key]
    else:
        holder[key] = copy.deepcopy(random.choice(VALUES))


def _places(value: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any of JSON's
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = [key for key in value if key != "sha256"]
    elif isinstance(value, list):
        keys = list(range(len(value)))
    found = [(value, key) for key in keys]
    for key in keys:
        found += _places(value[key])
    return found

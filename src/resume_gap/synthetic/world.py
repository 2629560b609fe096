"""A world to draw logs from: parameters that can be."""

from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any, cast

from resume_gap.synthetic.parameters import Parameters
from resume_gap.synthetic.validation import check_world


@dataclass(frozen=True, kw_only=True)
class World(Parameters):
    """The parameters of a simulated product and its people; see `Parameters`.

    Construction refuses impossible values with a one-line `ValueError` that names the parameter.
    """

    def __post_init__(self) -> None:
        check_world(self)

    @property
    def people(self) -> int:
        """Users over all worlds."""
        return self.users * self.replications

    def parameters(self) -> dict[str, Any]:
        """The parameters as plain JSON values; infinity becomes the text `inf`."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return "inf"
    if isinstance(value, tuple):
        return list(cast("tuple[object, ...]", value))
    return value

"""Which columns of a wide file are kept."""

from collections.abc import Mapping, Sequence

from resume_gap.settings import Settings
from resume_gap.sources.agent_columns import is_agent_column
from resume_gap.sources.columns import REQUIRED, Taken, alternatives, is_other_id
from resume_gap.sources.experiments import columns_asked
from resume_gap.sources.platform_columns import is_platform_column


def needed_columns(
    settings: Settings, taken: Mapping[str, Taken], names: Sequence[str]
) -> frozenset[str]:
    """The columns that somebody asks for by name, and those that a dotted name may walk into."""
    roles = (*settings.productive, *settings.complete, *settings.away, *settings.ignore)
    roles += settings.agent
    asked = [*settings.mapping.values(), *settings.by, *(one.column for one in taken.values())]
    asked += [name for name in (settings.unit, settings.rollout_by) if name]
    asked += [other for name in REQUIRED for other in alternatives(name, names)]
    asked += [name for name in names if is_agent_column(name) or is_other_id(name)]
    asked += [name for name in names if is_platform_column(name)]
    for entry in roles:
        asked += columns_of_entry(entry)
    if settings.experiment is not None:
        asked += columns_asked(settings.experiment)
    parts = [name.split(".") for name in asked]
    return frozenset(".".join(part[:cut]) for part in parts for cut in range(1, len(part) + 1))


def columns_of_entry(entry: str) -> list[str]:
    """What may be the column in an entry of a role, `column=value`; none for an event name."""
    cuts = [place for place, letter in enumerate(entry) if letter == "="]
    return [entry[:cut].strip() for cut in cuts]

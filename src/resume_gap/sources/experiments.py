"""Assignment events as the common trackers write them, read as one more column of `rows`.

Every tracker is reduced to the same few facts: a user, an instant, the experiment's key and the
variant. The names come from the trackers' public documentation.
"""

from collections.abc import Callable
from typing import Final

from resume_gap.settings import EXPOSURES
from resume_gap.sources.tables import Column
from resume_gap.sources.values import as_text
from resume_gap.sqltext import quote_text

_KEYS: Final = (
    "experiment_id",
    "experiment_name",
    "experiment_key",
    "experimentId",
    "experimentName",
    "Experiment name",
    "flag_key",
    "$feature_flag",
    "feature_flag.key",
    "se_label",
)
_VARIANTS: Final = (
    "variation_name",
    "variant",
    "Variant name",
    "$feature_flag_response",
    "feature_flag.result.variant",
    "variationName",
    "variation_id",
    "variationId",
    "variation",
    "se_property",
)
_INSIDE: Final = ("", "properties.", "event_properties.", "event_params.", "attributes.")
_CARRIED: Final = "$feature/"
"""PostHog writes the variant onto every event, in a property with this before the key."""

Find = Callable[[str], Column | None]
"""A column, or the value a dotted name walks to."""


def assigned_variant(find: Find, event: str, key: str) -> str:
    """SQL of the variant that an assignment event of this experiment names, else null.

    Args:
        find: Columns of the files.
        event: SQL of the event name.
        key: The experiment's key (id or name).
    """
    keys, variants = _texts(find, _KEYS), _texts(find, _VARIANTS)
    if not keys or not variants:
        return "cast(null as varchar)"
    wanted = quote_text(key)
    same = " or ".join(f"coalesce({text} = {wanted}, false)" for text in keys)
    variant = f"coalesce({', '.join(variants)}, null)"
    # Two steps: only the few assignment events are looked into.
    return f"case when {_is_assignment(event)} then case when {same} then {variant} end end"


def keys_named(find: Find, event: str) -> str:
    """SQL of the experiments that an assignment event names; null for any other event."""
    keys = ", ".join(_texts(find, _KEYS))
    return f"case when {_is_assignment(event)} then cast([{keys}] as varchar[]) end"


def carried_variant(find: Find, key: str) -> str:
    """SQL of the variant that any event carries for this experiment, else null."""
    texts = _texts(find, (f"{_CARRIED}{key}",))
    return f"coalesce({', '.join(texts)}, null)" if texts else "cast(null as varchar)"


def columns_asked(key: str) -> tuple[str, ...]:
    """Every column that the two above may look for."""
    names = (*_KEYS, *_VARIANTS, f"{_CARRIED}{key}")
    return tuple(f"{inside}{name}" for inside in _INSIDE for name in names)


def _is_assignment(event: str) -> str:
    return f"{event} in ({', '.join(map(quote_text, EXPOSURES))})"


def _texts(find: Find, names: tuple[str, ...]) -> list[str]:
    columns = (find(f"{inside}{name}") for inside in _INSIDE for name in names)
    return [
        f"nullif({as_text(column.sql, column.kind)}, '')"
        for column in columns
        if column is not None
    ]

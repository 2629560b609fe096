"""Which variant is which arm: as named, else as the usual names tell."""

from collections.abc import Mapping
from typing import Final

from resume_gap.errors import DataError
from resume_gap.settings import Settings, nearest

_CONTROLS: Final = frozenset(
    (
        "control",
        "ctrl",
        "ctl",
        "baseline",
        "off",
        "original",
        "default",
        "false",
        "holdout",
        "a",
        "0",
        "v0",
        "without",
        "no",
        "disabled",
    )
)
_TREATMENTS: Final = frozenset(
    (
        "treatment",
        "treated",
        "test",
        "on",
        "variant",
        "experiment",
        "true",
        "b",
        "1",
        "v1",
        "with",
        "yes",
        "enabled",
    )
)
_SHOWN: Final = 8


def key(name: str) -> str:
    """A variant's name without case and outer blanks."""
    return name.strip().lower()


def sham_of(spelt: Mapping[str, str], given: str | None, source: str) -> str | None:
    """The sham arm's name as it is spelt most."""
    if given is None:
        return None
    if key(given) not in spelt:
        close = nearest(key(given), tuple(spelt))
        raise DataError(f"{source}: nobody is assigned to {given!r} (--sham){close}")
    return spelt[key(given)]


def arms_of(
    spelt: Mapping[str, str], settings: Settings, source: str, *, rows: int
) -> tuple[str, str]:
    """Names of control and treatment as they are spelt most.

    Args:
        spelt: Variant without case and blanks to its name.
        settings: The names given, if any.
        source: For messages.
        rows: Assignment rows.

    Raises:
        DataError: A given name is not there, or the names say nothing.
    """
    found = list(spelt)
    listed = ", ".join(repr(name) for name in list(spelt.values())[:_SHOWN])
    listed += " ..." if len(found) > _SHOWN else ""
    if not found:
        raise DataError(
            f"{source}: none of {rows:,} assignments has a user, a variant and a time that can be"
            " read; write times like 2025-03-10T09:00:00Z"
        )
    given = {
        role: key(name)
        for role, name in (("control", settings.control), ("treatment", settings.treatment))
        if name is not None
    }
    absent = {role: name for role, name in given.items() if name not in spelt}
    for name in absent.values():
        close = nearest(name, tuple(other for other in found if other not in given.values()))
        if close or len(absent) == len(given):
            raise DataError(
                f"{source}: nobody is assigned to {name!r}{close}; variants found: {listed}"
            )
    if len(given) == 2:
        named = [given["control"], given["treatment"]]
        return spelt.get(named[0], named[0]), spelt.get(named[1], named[1])
    rest = [name for name in found if name not in given.values()]
    guessed = dict(zip(("control", "treatment"), _inferred(rest, given), strict=True))
    control, treatment = guessed["control"], guessed["treatment"]
    if control is None or treatment is None:
        asked = " ".join(f"--{role} NAME" for role, name in guessed.items() if name is None)
        raise DataError(f"{source}: the variants {listed} do not say which is which; write {asked}")
    return spelt.get(control, control), spelt.get(treatment, treatment)


def _inferred(rest: list[str], given: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The two arms where the names tell them; an arm that nobody is in bears its usual name."""
    control, treatment = given.get("control"), given.get("treatment")
    usual = {"control": _CONTROLS, "treatment": _TREATMENTS}
    if control is None and treatment is None and len(rest) <= 2:
        certain = {role: [name for name in rest if name in names] for role, names in usual.items()}
        if len(certain["control"]) == 1 and len(certain["treatment"]) <= 1:
            control = certain["control"][0]
        elif len(certain["treatment"]) == 1 and not certain["control"]:
            treatment = certain["treatment"][0]
        else:
            return None, None
        rest = [name for name in rest if name not in (control, treatment)]
    elif control is None and treatment is None:
        # Of three or more only the control can be certain.
        certain_one = [name for name in rest if name in _CONTROLS]
        return certain_one[0] if len(certain_one) == 1 else None, None
    if len(rest) > 1:
        return control, treatment
    if control is None:
        return rest[0] if rest else "control", treatment
    return control, rest[0] if rest else "treatment"

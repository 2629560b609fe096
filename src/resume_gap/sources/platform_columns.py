"""Columns that say what a user's events came from: device, system, browser, version of the app.

They are looked at where users of a trial are missing, also when nobody mapped them; names decide.
"""

from collections.abc import Collection, Sequence
from typing import Final

from resume_gap.sources.columns import plain_name

_PLATFORM: Final = frozenset(
    (
        *("platform", "os", "osname", "osversion", "osfamily", "operatingsystem", "system"),
        *("device", "devicetype", "devicecategory", "devicemodel", "deviceplatform", "devicename"),
        *("browser", "browsername", "browserfamily", "browserversion", "client", "clienttype"),
        *("app", "appname", "appversion", "appbuild", "appplatform", "clientversion", "build"),
        *("buildversion", "version", "release", "sdk", "sdkversion", "formfactor", "useragentos"),
    )
)
"""Plain names; of a dotted name the last two parts are looked at, too (`context.os.name`)."""
_MOST: Final = 10


def platform_columns(names: Sequence[str], other: Collection[str]) -> tuple[str, ...]:
    """Those of the columns found that name a platform, at most ten.

    Args:
        names: All columns.
        other: Columns that are looked at anyhow.
    """
    found = [name for name in names if name not in other and is_platform_column(name)]
    return tuple(found[:_MOST])


def is_platform_column(name: str) -> bool:
    """Whether a column's name says so."""
    parts = name.removeprefix("$").split(".")
    ends = (name, parts[-1], "".join(parts[-2:]))
    return any(plain_name(end).removeprefix("$") in _PLATFORM for end in ends)

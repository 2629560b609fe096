"""Columns that say what a user's events came from: device, system, browser, version of the app.

They are looked at where users of a trial are missing, also when nobody mapped them; names decide.
"""

from typing import Final

from resume_gap.sources.column_words import name_ends

_PLATFORM: Final = frozenset(
    (
        *("platform", "os", "osname", "osversion", "osfamily", "operatingsystem", "system"),
        *("device", "devicetype", "devicecategory", "devicemodel", "deviceplatform", "devicename"),
        *("browser", "browsername", "browserfamily", "browserversion", "client", "clienttype"),
        *("app", "appname", "appversion", "appbuild", "appplatform", "clientversion", "build"),
        *("buildversion", "version", "release", "sdk", "sdkversion", "formfactor", "useragentos"),
    )
)
"""Plain names."""


def is_platform_column(name: str) -> bool:
    """Whether a column's name says so (`context.os.name`, `$browser`)."""
    return any(end in _PLATFORM for end in name_ends(name))

"""Options of the commands that read reports and no log."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal

from resume_gap.errors import ExitCode
from resume_gap.options.option import MUST, option, optional
from resume_gap.options.values import AnyPath, Choice, Switch

_CHECK: Final = ("check-text",)
_SHARE: Final = ("share",)
_HISTORY: Final = ("history",)
_VERIFY: Final = ("verify",)


@dataclass(frozen=True, kw_only=True)
class CheckTextOptions:
    """A text beside a report."""

    heading: ClassVar[str] = "Comparison"

    report: Path | None = optional(
        AnyPath(),
        metavar="DIR",
        commands=_CHECK,
        in_file=False,
        absent=MUST,
        help="Folder of the report",
    )
    json: bool = option(
        Switch(),
        commands=_CHECK,
        default=False,
        in_file=False,
        absent="a line for every number",
        help="Print the findings as JSON",
    )
    strict: bool = option(
        Switch(),
        commands=_CHECK,
        default=False,
        in_file=False,
        help=f"Exit code {ExitCode.STRICT} unless every number is in the report, with its interval",
    )


@dataclass(frozen=True, kw_only=True)
class HistoryOptions:
    """Many reports as one page."""

    heading: ClassVar[str] = "Trend"

    out: Path = option(
        AnyPath(),
        metavar="DIR",
        letter="o",
        commands=_HISTORY,
        default=Path("reports/history"),
        in_file=False,
        help="Folder of history.html and history.json",
    )
    json: bool = option(
        Switch(),
        commands=_HISTORY,
        default=False,
        in_file=False,
        absent="the path of the page",
        help="Print history.json on standard output",
    )
    strict: bool = option(
        Switch(),
        commands=_HISTORY,
        default=False,
        in_file=False,
        help=f"A caution that warns ends in exit code {ExitCode.STRICT} and writes nothing",
    )


@dataclass(frozen=True, kw_only=True)
class ShareOptions:
    """The first screen of a report as a picture."""

    heading: ClassVar[str] = "Picture"

    out: Path | None = optional(
        AnyPath(),
        metavar="DIR",
        letter="o",
        commands=_SHARE,
        in_file=False,
        absent="the report's folder",
        help="Folder to write into",
    )
    scheme: Literal["light", "dark"] = option(
        Choice("light", "dark"),
        metavar="SCHEME",
        commands=_SHARE,
        default="light",
        in_file=False,
        help="Colors of the picture",
    )


@dataclass(frozen=True, kw_only=True)
class VerifyOptions:
    """A report beside one that is made again."""

    heading: ClassVar[str] = "Comparison"

    json: bool = option(
        Switch(),
        commands=_VERIFY,
        default=False,
        in_file=False,
        absent="a line for every difference",
        help="Print what was compared and what differs as JSON",
    )

"""Options that say what is written, what the machine may spend, and what is simulated."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal

from resume_gap.constants import MEMORY, TEMP_FACTOR, TEMP_LEAST
from resume_gap.options.names import Assignments
from resume_gap.options.numbers import Size, Whole
from resume_gap.options.option import LOG_COMMANDS, option, optional
from resume_gap.options.values import AnyPath, Choice, Switch, Text

_SIMULATE: Final = ("simulate",)
_INIT: Final = ("init",)
_SQL: Final = ("sql",)
_READ_A_LOG: Final = (*LOG_COMMANDS, *_INIT)
_OF_REPORTS: Final = ("share", "check-text", "history", "verify")
_EVERY: Final = (*LOG_COMMANDS, *_SIMULATE, *_OF_REPORTS, "mcp", *_SQL, *_INIT)
_SEED: Final = Whole(0, 4_294_967_295)


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """What the report shows."""

    heading: ClassVar[str] = "Output"

    title: str | None = optional(
        Text(),
        metavar="TEXT",
        absent="the name of the first file",
        help="What the report calls the log, such as a product's name",
    )
    show_ids: bool = option(
        Switch(),
        default=False,
        absent="pseudonyms",
        help="User ids instead of pseudonyms in report and JSON",
        more="What else a report shows of people: [privacy](how-to/privacy.md).",
    )


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """What the machine may spend; none of it but the seed changes a result."""

    heading: ClassVar[str] = "Run"

    seed: int = option(
        _SEED,
        metavar="N",
        default=0,
        help="The same seed gives the same resamples and pseudonyms",
        more="The report and summary.json show it, so it keeps no pseudonym secret.",
    )
    memory_limit: str | None = optional(
        Size("16MB", "64TB"),
        commands=_READ_A_LOG,
        metavar="SIZE",
        absent=f"{MEMORY.value:g}{MEMORY.unit} at most",
        help="Memory that the database may use",
    )
    temp_limit: str | None = optional(
        Size("1MB", "1000TB"),
        commands=_READ_A_LOG,
        metavar="SIZE",
        absent=f"{TEMP_FACTOR.value:g} times the input, at least"
        f" {TEMP_LEAST.value:g} {TEMP_LEAST.unit}",
        help="Space that the temporary folder may take",
        more="It is in `TMPDIR` and holds copies of text inputs and what does not fit into memory.",
    )
    threads: int | None = optional(
        Whole(1, 1_024),
        metavar="N",
        absent="one per core",
        help="Threads of the run; more than there are cores are not used",
    )
    engine: Literal["local", "spark"] = option(
        Choice("local", "spark"),
        metavar="ENGINE",
        default="local",
        help="Who orders, reduces and replays the events: this process, or executors of Spark",
        more="The figures are the same. Spark needs the extra `[spark]` and Java"
        " ([how-to](how-to/spark.md)).",
    )
    allow_views: bool = option(
        Switch(),
        commands=(*_READ_A_LOG, "verify"),
        default=False,
        absent="tables only",
        help="Read views of a .duckdb file, too",
    )


@dataclass(frozen=True, kw_only=True)
class CallOptions:
    """What surrounds a run and is no part of its settings."""

    heading: ClassVar[str] = "Output"

    out: Path | None = optional(
        AnyPath(),
        metavar="DIR",
        letter="o",
        in_file=False,
        absent="`reports/<first input's stem>`",
        help="Folder of the report",
    )
    force: bool = option(
        Switch(),
        default=False,
        in_file=False,
        absent="refused",
        help="Take a folder that holds no report of ours",
        more="What was there is kept as `<name>.before-1`.",
    )
    interactive: bool = option(
        Switch(),
        default=False,
        in_file=False,
        absent="a page without a script",
        help="Add hovering, a choice of groups and a scenario control to the page",
        more="It stays one file that asks for nothing, and reads the same without scripts.",
    )
    json: bool = option(
        Switch(),
        default=False,
        in_file=False,
        absent="the path of the report",
        help="Print summary.json on standard output",
    )
    quiet: bool = option(
        Switch(),
        letter="q",
        commands=_EVERY,
        default=False,
        in_file=False,
        help="Print only data and errors",
    )
    no_progress: bool = option(
        Switch(),
        commands=_EVERY,
        default=False,
        in_file=False,
        absent="shown on a terminal",
        help="Print no progress line",
    )


@dataclass(frozen=True, kw_only=True)
class ConfigurationOptions:
    """Where settings come from."""

    heading: ClassVar[str] = "Run"

    config: Path | None = optional(
        AnyPath(),
        metavar="FILE",
        in_file=False,
        absent="the nearest one",
        help="Configuration file to read",
    )
    isolated: bool = option(
        Switch(), default=False, in_file=False, help="Read no configuration file"
    )


@dataclass(frozen=True, kw_only=True)
class StateOptions:
    """What a run leaves for the next one; no part of its settings, as no figure depends on it."""

    heading: ClassVar[str] = "Run"

    state: Path | None = optional(
        AnyPath(),
        metavar="DIR",
        in_file=False,
        absent="every file is read",
        help="Folder that keeps what was read, so that the next run reads only new files",
        more="For files that are not Parquet, which take longer to read than to analyze; the"
        " figures are the same ([how-to](how-to/scheduled.md)).",
    )


@dataclass(frozen=True, kw_only=True)
class SimulateOptions:
    """A synthetic log."""

    heading: ClassVar[str] = "Simulation"

    out: Path = option(
        AnyPath(),
        metavar="DIR",
        letter="o",
        commands=_SIMULATE,
        default=Path("simulated"),
        in_file=False,
        help="Folder to write into",
    )
    name: str | None = optional(
        Text("the stem of a file"),
        metavar="NAME",
        commands=_SIMULATE,
        absent="the preset's name",
        in_file=False,
        help="Stem of the files",
    )
    log_format: Literal["parquet", "csv", "jsonl"] = option(
        Choice("parquet", "csv", "jsonl"),
        key="format",
        metavar="FORMAT",
        commands=_SIMULATE,
        default="parquet",
        in_file=False,
        help="How to write the log",
    )
    seed: int = option(
        _SEED,
        metavar="N",
        commands=_SIMULATE,
        default=0,
        in_file=False,
        help="The same seed gives the same bytes",
    )
    set: tuple[str, ...] = option(
        Assignments(),
        metavar="NAME=VALUE",
        commands=_SIMULATE,
        default=(),
        absent="the preset's",
        in_file=False,
        help="Parameter of the simulated world; repeatable",
        more="The table below lists them.",
    )


@dataclass(frozen=True, kw_only=True)
class InitOptions:
    """A configuration file with what is found in a log."""

    heading: ClassVar[str] = "Configuration"

    out: Path = option(
        AnyPath(),
        metavar="FILE",
        letter="o",
        commands=_INIT,
        default=Path("resume-gap.toml"),
        in_file=False,
        help="File to write",
        more="The options under Columns can be given, too; they become settings in it.",
    )
    force: bool = option(
        Switch(),
        commands=_INIT,
        default=False,
        in_file=False,
        absent="refused",
        help="Replace a file that is there",
    )

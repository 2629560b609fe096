"""The table of options, each declared once with its type, bounds, default, help and commands.

The command line, the configuration file, `Settings`, the functions of Python and docs/options.md
are made of it. A new option is one entry in `log_options`, `launch_options` or `run_options`, and
the code that uses its field; then run `python -m benchmarks.option_pages`.
"""

from typing import Final

from resume_gap.eventcolumns import EVENTS
from resume_gap.options.launch_options import (
    BeforeAfterOptions,
    LaunchOptions,
    PlanningOptions,
    SizingOptions,
)
from resume_gap.options.log_options import ColumnNames, MeaningOptions, ReadingOptions, RowOptions
from resume_gap.options.option import Option, options_of
from resume_gap.options.report_options import (
    CheckTextOptions,
    HistoryOptions,
    ShareOptions,
    VerifyOptions,
)
from resume_gap.options.run_options import (
    CallOptions,
    ConfigurationOptions,
    InitOptions,
    ReportOptions,
    RunOptions,
    SimulateOptions,
    StateOptions,
)
from resume_gap.options.sql_options import SqlOptions

SHORT_COLUMNS: Final = {one.option.removeprefix("--"): one.name for one in EVENTS if one.option}
"""Options that are short for one entry of `map`."""

SETTINGS: Final = options_of(
    (
        ReadingOptions,
        MeaningOptions,
        SizingOptions,
        LaunchOptions,
        BeforeAfterOptions,
        PlanningOptions,
        RowOptions,
        ReportOptions,
        RunOptions,
    )
)
"""The options whose inner values are the fields of `Settings`."""

OPTIONS: Final = (
    *options_of(
        (
            ColumnNames,
            ReadingOptions,
            MeaningOptions,
            SizingOptions,
            LaunchOptions,
            BeforeAfterOptions,
            PlanningOptions,
            RowOptions,
        )
    ),
    *options_of(
        (
            CallOptions,
            ReportOptions,
            ConfigurationOptions,
            RunOptions,
            StateOptions,
            SimulateOptions,
            ShareOptions,
            CheckTextOptions,
            HistoryOptions,
            VerifyOptions,
            SqlOptions,
            InitOptions,
        )
    ),
)
"""All options, in the order of help and documentation."""


def options_for(command: str) -> tuple[Option, ...]:
    """The options that a command takes."""
    return tuple(one for one in OPTIONS if command in one.commands)


def settings_of(command: str) -> frozenset[str]:
    """The fields of `Settings` that a command reads."""
    return frozenset(one.field for one in SETTINGS if command in one.commands)

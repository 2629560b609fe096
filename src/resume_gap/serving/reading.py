"""What other programs may ask: analyses and reports as JSON, and figures explained.

No answer holds rows of a log or ids of users. Names of events come from the log; they are masked
as on a page, and they are data, whatever they say.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from resume_gap.commands import analyze
from resume_gap.errors import InputError, UsageError
from resume_gap.options.names import nearest
from resume_gap.options.table import OPTIONS
from resume_gap.output.whole import whole_summary
from resume_gap.report.render import jsonfile
from resume_gap.schemas import NAMES, SchemaName, schema
from resume_gap.serving.methods import method_of
from resume_gap.serving.permitted import Permitted
from resume_gap.settings import Settings, resolve
from resume_gap.sources.expansion import expand, reading_of
from resume_gap.sources.needed import columns_of_entry
from resume_gap.sources.shown_ids import first_with_ids
from resume_gap.sources.source import open_source
from resume_gap.textcheck.figures import ReportFigure, figures_of

_PARTS: Final = ("headline", "first_screen", "threshold", "counts")
"""What an answer holds unless parts are named."""
_REFUSED: Final = frozenset(
    {
        "show_ids",
        "exclude_users",
        "assignments",
        "rollout",
        "prediction",
        "memory_limit",
        "temp_limit",
        "threads",
        "engine",
        "allow_views",
        "strict",
    }
)
"""Options that would show ids, read other files, or spend more of the machine."""
ALLOWED: Final = tuple(
    one.key
    for one in OPTIONS
    if "analyze" in one.commands and one.in_file and one.key not in _REFUSED
)
"""Options that another program may give."""
_NOT_SHOWN: Final = frozenset({"user_id", "device", "stream"})
"""Parts of an event of which no answer holds a value."""
_SHARES: Final = frozenset(
    {"hit", "hit_in_3", "context_hit", "lift", "lift_over_habit", "chance", "habit"}
    | {"already_there", "addressable", "noticed", "removed", "power", "alpha", "p"}
)
_SECONDS: Final = frozenset({"estimate", "lower", "upper", "ci_lower", "ci_upper"})
"""Keys of figures whose unit is not in their name."""
_KEPT: Final = 20
"""Analyses that are kept for later questions."""


class Reader:
    """Answers questions about the files of one folder.

    Args:
        permitted: The folder.
    """

    def __init__(self, permitted: Permitted) -> None:
        self._permitted = permitted
        self._keeping = threading.Lock()
        self._kept: dict[str, dict[str, Any]] = {}
        self._count = 0

    def analyze(
        self, files: Sequence[str], options: Mapping[str, Any], parts: Sequence[str]
    ) -> dict[str, Any]:
        """Analyze files; nothing is written.

        Args:
            files: Paths in the folder; one log.
            options: Options of `analyze` by their Python names.
            parts: Keys of `summary.json` to return; empty: the most important ones.

        Raises:
            InputError: A path leads outside, or cannot be read.
            UsageError: An option or part is refused or not known, or would show ids.
            DataError: The files cannot be analyzed.
        """
        for key in options:
            if key == "show_ids":
                raise UsageError("show_ids is refused: no id of a user is ever given out here")
            if key not in ALLOWED:
                raise UsageError(f"option {key[:100]!r} is refused here{nearest(key, ALLOWED)}")
        if not files:
            raise UsageError("files: at least one path in the permitted folder")
        settings = resolve(options, {})
        events = [self._permitted.file(one) for one in files]
        self._permitted.refuse_outside(expand(events, reading_of(settings))[0])
        _refuse_ids(events, settings)
        found = analyze.run(
            events,
            settings,
            out=None,
            on_progress=lambda _: None,
        )
        read = self._relative(json.loads(jsonfile.summary(found)))
        summary = cast("dict[str, Any]", read)
        return self._answer(self._keep(summary), summary, parts)

    def report(self, report: str, parts: Sequence[str]) -> dict[str, Any]:
        """The `summary.json` of a report, or of an analysis of before.

        Raises:
            InputError: There is no such report, or it shows ids.
            UsageError: A part is not known.
        """
        return self._answer(report, self._summary(report), parts)

    def explain(self, report: str, figure: str) -> dict[str, Any]:
        """A figure with its interval, what it means and how it came about.

        Args:
            report: A report's folder, or the name of an analysis of before.
            figure: Its path in `summary.json`: `reorientation.mean.estimate`.

        Raises:
            InputError: There is no such report.
            UsageError: The report has no such figure.
        """
        summary = self._summary(report)
        figures = {one.path: one for one in figures_of(summary)}
        found = figures.get(figure) or figures.get(f"{figure}.estimate")
        if found is None:
            raise UsageError(
                f"the report has no figure {figure[:200]!r}{nearest(figure, figures)}; figures are"
                " named by their path in summary.json, like reorientation.mean.estimate"
            )
        return _explained(found, str(summary["command"]))

    def schema(self, name: str) -> dict[str, Any]:
        """The JSON Schema of a file.

        Raises:
            UsageError: There is none of this name.
        """
        known: SchemaName | None = next((one for one in NAMES if one == name), None)
        if known is None:
            raise UsageError(f"there is no schema {name[:100]!r}; there are {', '.join(NAMES)}")
        return schema(known)

    def _relative(self, value: object) -> object:
        """What was read of JSON, with the paths of the folder relative to it."""
        if isinstance(value, str):
            return self._permitted.without_root(value)
        if isinstance(value, dict):
            return {name: self._relative(one) for name, one in value.items()}
        return [self._relative(one) for one in value] if isinstance(value, list) else value

    def _keep(self, summary: dict[str, Any]) -> str:
        with self._keeping:  # answers are made in several threads
            self._count += 1
            name = f"analysis-{self._count}"
            self._kept[name] = summary
            if len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
        return name

    def _summary(self, report: str) -> dict[str, Any]:
        if (kept := self._kept.get(report)) is not None:
            return kept
        found = whole_summary(self._permitted.report(report), report)
        if found["generated_from"]["settings"].get("show_ids") is not False:
            raise InputError(f"{report[:300]}: shows ids of users; make it without --show-ids")
        return found

    def _answer(
        self, report: str, summary: Mapping[str, Any], parts: Sequence[str]
    ) -> dict[str, Any]:
        unknown = [part for part in parts if part not in summary]
        if unknown:
            raise UsageError(
                f"the report has no part {unknown[0][:100]!r}; it has {', '.join(summary)}"
            )
        wanted = parts or [part for part in _PARTS if part in summary]
        return {
            "report": report,
            "command": summary["command"],
            "parts": list(summary),
            **{part: summary[part] for part in wanted},
        }


def _refuse_ids(events: Sequence[str], settings: Settings) -> None:
    """Refuse options that would show ids of users as events, elements or groups.

    Raises:
        UsageError: They would.
        InputError: The files cannot be read.
    """
    roles = (settings.productive, settings.complete, settings.away, settings.ignore, settings.agent)
    columns = (
        *(one for part, one in settings.mapping.items() if part not in _NOT_SHOWN),
        *settings.by,
        *(column for role in roles for entry in role for column in columns_of_entry(entry)),
    )
    if not columns:
        return
    with open_source(events, settings) as source:
        found = first_with_ids(source, columns)
    if found is not None:
        raise UsageError(
            f"column {found[:100]!r} holds ids of people, and no id is ever given out here; map it"
            " to user_id alone, and name another one"
        )


def _explained(one: ReportFigure, command: str) -> dict[str, Any]:
    part = one.path.partition(".")[0].partition("[")[0]
    lower, upper = one.interval or (None, None)
    return {
        "figure": one.path,
        "value": one.value,
        "unit": _unit(one),
        "ci_lower": lower,
        "ci_upper": upper,
        "meaning": _meaning(one.path, command),
        "method": method_of(part),
    }


def _unit(one: ReportFigure) -> str | None:
    """The unit in a word, also where only the place of the figure says it."""
    if one.unit is not None:
        return "count" if one.unit == "none" else one.unit
    part, _, key = one.path.rpartition(".")
    if key in _SHARES or part.endswith(".productive"):
        return "share"
    return "seconds" if key in _SECONDS else None


def _meaning(path: str, command: str) -> str:
    """What the schema says of the nearest place on the way to a figure that it describes."""
    whole = schema("summary")
    kinds = whole["oneOf"]
    here = next(one for one in kinds if one["properties"]["command"] == {"const": command})
    text = ""
    for step in path.replace("]", "").replace("[", ".").split("."):
        here = _resolved(here, whole)
        here = here.get("properties", {}).get(step, here.get("items", {}))
        text = here.get("description") or _resolved(here, whole).get("description") or text
    return str(text)


def _resolved(one: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """A reference followed; of several kinds the first that is an object."""
    for kind in one.get("anyOf", ()):
        if "$ref" in kind:
            one = kind
            break
    if "$ref" in one:
        found: Mapping[str, Any] = whole["$defs"][one["$ref"].rpartition("/")[2]]
        return found
    return one

"""The JSON Schemas of what commands write, made of the classes and tables that write it.

`python -m benchmarks.option_pages` writes them; texts beside fields become descriptions.
"""

import ast
import dataclasses
import inspect
import json
import re
import textwrap
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from resume_gap.commands.registry import COMMANDS, load
from resume_gap.output import prediction, schema
from resume_gap.results.common import SCHEMA_VERSION, Check, Input, RowLedger, UnhashedInput
from resume_gap.results.history import History
from resume_gap.results.run import Measurability, Run, Threshold
from resume_gap.results.trust import TrustCheck

Json = dict[str, Any]
_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final[dict[Any, Json]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    Any: {},
}
_APART: Final = ("generated_from", "data_quality", "methods")
"""Keys of every result that stand elsewhere, or in no JSON."""
_TEXT: Final[Json] = {"type": "string"}
_NONE: Final = re.compile(r"\bNone\b")
"""What the code calls null."""
_MAYBE: Final[Json] = {"type": ["string", "null"]}
_IN_WORDS: Final = "The same in words, as the page has it."
_TEXTS: Final[Json] = {"type": "array", "items": _TEXT}


class Schemas:
    """Schemas of classes, each once, under `$defs`."""

    def __init__(self) -> None:
        self.defs: dict[str, Json] = {}

    def of(self, kind: Any) -> Json:  # noqa: ANN401, PLR0911 - an annotation; one per kind
        """The schema of an annotation."""
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (Union, types.UnionType):
            return _either([self.of(part) for part in parts])
        if origin is tuple and parts[-1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        if origin is tuple:
            items = [self.of(part) for part in parts]
            size = len(parts)
            return {"type": "array", "prefixItems": items, "minItems": size, "maxItems": size}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self.reference(kind)
        raise TypeError(f"no schema for {kind}")

    def reference(self, kind: type) -> Json:
        """A class by its name."""
        if kind.__name__ not in self.defs:
            self.defs[kind.__name__] = {}
            self.defs[kind.__name__] = self.object(kind)
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def object(self, kind: type) -> Json:
        """The object that `plain` makes of a class."""
        return _object(self.properties(kind), (inspect.getdoc(kind) or "").partition("\n\n")[0])

    def properties(self, kind: type, without: frozenset[str] = frozenset()) -> dict[str, Json]:
        """Its fields and figures, less those of another class."""
        found: dict[str, Json] = {}
        hints, texts = get_type_hints(kind), field_texts(kind)
        for one in dataclasses.fields(kind):
            if one.metadata.get("internal") or one.name in without:
                continue
            if one.metadata.get("flat"):
                found |= self.properties(hints[one.name])
                continue
            found[one.name] = _described(self.of(hints[one.name]), texts.get(one.name, ""))
        for name, made in inspect.getmembers(kind, lambda each: isinstance(each, property)):
            if getattr(made.fget, "is_figure", False):
                text = inspect.getdoc(made) or ""
                found[name] = _described(self.of(get_type_hints(made.fget)["return"]), text)
        return found | _MESSAGES.get(kind.__name__, {})


_MESSAGES: Final[dict[str, dict[str, Json]]] = {
    Measurability.__name__: {"message": {"description": _IN_WORDS, **_MAYBE}},
    Threshold.__name__: {"message": {"description": _IN_WORDS, **_TEXT}},
    "Recommendation": {"message": {"description": _IN_WORDS, **_TEXT}},
    TrustCheck.__name__: {"message": {"description": _IN_WORDS, **_TEXT}},
}
"""Sentences that are written beside codes."""


def summary() -> Json:
    """`summary.json` of every command."""
    made = Schemas()
    every = made.properties(Run)
    own = frozenset(field.name for field in dataclasses.fields(Run))
    shared = {key: every[key] for key in every if key not in _APART}
    kinds = []
    for command in COMMANDS.values():
        if command.result:
            result: Any = load(command.result_class)
            content = {
                **_head({"const": command.name}),
                "headline": _described(_TEXT, "The first screen's sentence."),
                "generated_from": _generated_from(made),
                **{key: value for key, value in shared.items() if key not in _head({})},
                **made.properties(result, own),
                "first_screen": _FIRST_SCREEN,
                "data_quality": every["data_quality"],
            }
            kinds.append(_object(content, inspect.getdoc(result) or ""))
    return _whole("summary", {"oneOf": kinds}, made)


def _generated_from(made: Schemas) -> Json:
    inputs = {"anyOf": [made.reference(Input), made.reference(UnhashedInput)]}
    return _object(
        {
            "subject": _described(_TEXTS, "What the log is, as the page has it."),
            "inputs": {"type": "array", "items": inputs},
            "settings": {"type": "object"},
        },
        "What the result was made from; everything outside this key is the result.",
    )


_BADGE: Final = ("word", "proviso", "tone", "why", "reason", "next_step", "change")
_FIRST_SCREEN: Final[Json] = {
    "type": "object",
    "description": "What the first screen shows, in words.",
    "properties": {
        "sure": _TEXT,
        "badge": {
            "type": ["object", "null"],
            "properties": dict.fromkeys(_BADGE, _TEXT),
        },
        "figures": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": dict.fromkeys(("label", "value", "detail"), _TEXT),
                "required": ["label", "value", "detail"],
            },
        },
        "caption": _MAYBE,
        "cautions": _TEXTS,
    },
    "required": ["sure", "badge", "figures", "caption", "cautions"],
}


def data_quality() -> Json:
    """`data_quality.json`."""
    made = Schemas()
    content = {
        **_head(_TEXT),
        "rows": made.reference(RowLedger),
        "checks": {"type": "array", "items": made.reference(Check)},
    }
    return _whole("data_quality", _object(content, "What was found about the data."), made)


def history() -> Json:
    """`history.json`."""
    made = Schemas()
    content = {"schema_version": {"const": SCHEMA_VERSION}, **made.properties(History)}
    return _whole("history", _object(content, inspect.getdoc(History) or ""), made)


_PREDICTED: Final = {
    "schema_version": "Version of this format.",
    "tool_version": "Version of resume-gap that wrote the file.",
    "command": "The command that made the prediction.",
    "generated_from": "The files of the log with their SHA-256, and the settings.",
    "threshold": "The inactivity threshold, which the evaluation uses, and where it comes from.",
    "cap_seconds": "The longest re-orientation time that one return counts for.",
    "primary_cap": "Up to where the primary effect of the trial counts.",
    "roles": "Which event names count as what.",
    "reorientation_mean": "Mean re-orientation time of the followed-up interruptions, seconds.",
    "excess": "Extra time vs. uninterrupted work, seconds per interruption.",
    "policies": "The hit rate of each target rule.",
    "best": "The target rule that the marker should follow.",
    "rung_4": "Bound 4 on what it could save, seconds per interruption.",
    "search_upper_seconds": "The most that it could save per interruption.",
    "with_give_ups": "Bound 4 with the time of those whom a right marker could have kept.",
    "scenarios": "What it saves under low, middle and high assumptions.",
    "recommendation": "What was recommended.",
    "reason": "Why, a stable name.",
}


def sealed() -> Json:
    """`prediction.json`, of the table that it is checked by when it is read."""
    content = of_table(prediction.SCHEMA)
    for key, text in _PREDICTED.items():
        content["properties"][key] = _described(content["properties"][key], text)
    content["properties"]["sha256"] = {
        "type": "string",
        "description": "SHA-256 of the canonical JSON (sorted keys, no spaces, ASCII) of the rest.",
    }
    content["description"] = (inspect.getdoc(prediction) or "").partition("\n\n")[0]
    return _whole("prediction", content, Schemas())


def of_table(kind: schema.JsonKind) -> Json:  # noqa: PLR0911 - one per kind
    """The schema of a table of `output/schema.py`."""
    match kind:
        case schema.JsonNumber(low, high, null):
            return _or_null({"type": "number", "minimum": low, "maximum": high}, null=null)
        case schema.JsonWhole(low, high, null):
            return _or_null({"type": "integer", "minimum": low, "maximum": high}, null=null)
        case schema.JsonText(one_of, shortest, _, null):
            text: Json = {"enum": list(one_of)} if one_of else {"type": "string"}
            return _or_null(text | ({"minLength": shortest} if shortest else {}), null=null)
        case schema.JsonNull(inner):
            return _or_null(of_table(inner), null=True)
        case schema.JsonList(each):
            return {"type": "array", "items": of_table(each)}
        case schema.JsonOpenObject(keys):
            properties = {key: of_table(one) for key, one in keys.items()}
            return {"type": "object", "properties": properties}
        case schema.JsonObject(keys, later):
            found = _object({key: of_table(one) for key, one in keys.items()}, "")
            found["properties"] |= {key: of_table(one) for key, one in later.items()}
            return found
    raise TypeError(f"no schema for {kind}")


def _head(command: Json) -> dict[str, Json]:
    return {
        "schema_version": _described({"const": SCHEMA_VERSION}, "Version of this format."),
        "tool_version": _described(_TEXT, "Version of resume-gap that wrote the file."),
        "command": command,
    }


def _object(properties: dict[str, Json], text: str) -> Json:
    content: Json = {"type": "object", "properties": properties, "required": list(properties)}
    return _described(content, text)


def _described(content: Json, text: str) -> Json:
    text = _NONE.sub("null", " ".join(text.split()))
    return {"description": text, **content} if text else content


def _or_null(content: Json, *, null: bool) -> Json:
    return _either([content, {"type": "null"}]) if null else content


def _either(kinds: list[Json]) -> Json:
    """One of several; of types without more a list of them."""
    if all(set(one) == {"type"} and isinstance(one["type"], str) for one in kinds):
        return {"type": [one["type"] for one in kinds]}
    if {"type": "null"} in kinds and len(kinds) == 2 and "enum" in kinds[0]:
        return {"enum": [*kinds[0]["enum"], None]}
    return {"anyOf": kinds}


def _whole(name: str, content: Json, made: Schemas) -> Json:
    head = {"$schema": _DRAFT, "$id": f"urn:resume-gap:{name}:{SCHEMA_VERSION}"}
    whole: Json = {**head, "title": f"{name}.json", **content}
    return whole | ({"$defs": dict(sorted(made.defs.items()))} if made.defs else {})


@cache
def field_texts(kind: type) -> Mapping[str, str]:
    """The texts below the fields of a class and of those that it extends."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if not dataclasses.is_dataclass(base):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        name = ""
        for node in getattr(body, "body", ()):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                name = node.target.id
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
                found[name] = str(node.value.value)
                name = ""
            else:
                name = ""
    return found


def files() -> dict[str, str]:
    """Every schema by the name of its file."""
    made = {
        "summary": summary(),
        "prediction": sealed(),
        "data_quality": data_quality(),
        "history": history(),
    }
    return {
        f"{name}-{SCHEMA_VERSION}.json": json.dumps(one, indent=1, ensure_ascii=False) + "\n"
        for name, one in made.items()
    }


def page() -> str:
    """docs/schema.md."""
    parts = [_INTRODUCTION]
    for name, made in (("summary", summary()), ("prediction", sealed()), ("history", history())):
        parts.append(f"## `{name}.json`\n")
        kinds = made.get("oneOf") or [made]
        for one in kinds:
            command = one["properties"].get("command", {}).get("const")
            if command:
                parts.append(f"### Of `{command}`\n")
            parts.append(_table(one, made))
        for title, one in made.get("$defs", {}).items():
            if one["properties"]:
                parts += [f"### {title}\n", f"{one.get('description', '')}\n", _table(one, made)]
    return "\n".join(parts)


def _table(content: Json, whole: Json) -> str:
    rows = ["| key | type | meaning |", "|---|---|---|"]
    for key, one in content["properties"].items():
        text = (one.get("description") or _of_class(one, whole)).replace("|", "\\|")
        rows.append(f"| `{key}` | {_written(one)} | {text} |")
    return "\n".join(rows) + "\n"


def _of_class(one: Json, whole: Json) -> str:
    """What its class says of itself, where it is one; empty for other values."""
    name = str((one.get("items") or one).get("$ref", "")).rpartition("/")[2]
    return str(whole.get("$defs", {}).get(name, {}).get("description", ""))


def _written(one: Json) -> str:
    """A type in words."""
    if "$ref" in one:
        return one["$ref"].rpartition("/")[2]
    if "enum" in one or "const" in one:
        values = one.get("enum", [one.get("const")])
        return ", ".join("null" if value is None else f"`{value}`" for value in values)
    if "anyOf" in one:
        return " or ".join(map(_written, one["anyOf"]))
    kind = one.get("type", "any")
    if kind == "array":
        return f"list of {_written(one['items'])}" if "items" in one else "list"
    if isinstance(one.get("additionalProperties"), dict):
        return f"object of {_written(one['additionalProperties'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


_INTRODUCTION: Final = f"""\
# JSON files

Generated from the code by `python -m benchmarks.option_pages`.

The files are described by JSON Schemas (draft 2020-12), version {SCHEMA_VERSION}. They are in the
package: `resume_gap.schemas.schema("summary")`, also `prediction`, `data_quality` and `history`.
Within a version keys may be added; a key that goes, or means something else, makes a new version.
Numbers that cannot be had are null, with a reason beside them. Times are UTC, durations seconds in
keys called `*_seconds`, shares between 0 and 1, intervals `ci_lower` and `ci_upper` at 95 %.
"""

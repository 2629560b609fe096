"""A run as a command line of another command, for the same log with the same options."""

import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from resume_gap.commandline import PROGRAM
from resume_gap.options.table import SETTINGS
from resume_gap.options.values import Unfit
from resume_gap.report.text.names import visible
from resume_gap.report.text.spaces import TIED
from resume_gap.results.run import GeneratedFrom
from resume_gap.settings import Settings, typed

_LONGEST: Final = 320
"""Characters of a line that somebody pastes; a longer one is words."""
_NO_FIGURE: Final = frozenset(
    {"by", "engine", "memory_limit", "show_ids", "strict", "temp_limit", "threads", "title"}
)
"""Settings that no figure depends on."""
_STANDARD_INPUT: Final = "-"


def command(made: GeneratedFrom, name: str, *, out: str) -> str:
    """What to paste into a shell; spaces within an argument are `TIED`.

    Args:
        made: What the run was made from; options from a configuration file stand in it, too.
        name: The command; options that it does not take are left out.
        out: The folder of its report.

    Returns:
        Empty where the log cannot be named again, an option cannot be typed, or the line would be
        too long.
    """
    paths = [one.path for one in made.inputs]
    if not all(map(_can_be_typed, paths)):
        return ""
    try:
        options = list(_options(made.settings, name))
    except Unfit:
        return ""
    parts = [PROGRAM, name, *map(shlex.quote, paths), *options, f"-o {shlex.quote(out)}"]
    if visible("".join(parts)) != "".join(parts) or sum(map(len, parts)) > _LONGEST:
        return ""
    return " ".join(part.replace(" ", TIED) for part in parts)


def _can_be_typed(path: str) -> bool:
    """Whether a path is one argument: standard input is read, and a dash begins an option."""
    return path != _STANDARD_INPUT and not path.startswith("-")


def _options(settings: Mapping[str, Any], name: str) -> Iterator[str]:
    """The options that are not as usual, each with its value.

    Raises:
        Unfit: A value that no command line can give.
    """
    usual = Settings().shown(name)
    for one in SETTINGS:
        value = settings.get(one.field, usual.get(one.field))
        if one.field in _NO_FIGURE or one.field not in usual or value == usual[one.field]:
            continue
        if one.is_switch:
            yield one.flag
            continue
        given = typed(value, one)
        texts = _texts(given)
        read = one.kind.parse_all(texts) if one.kind.repeats else one.kind.parse(texts[0])
        if read != one.kind.take(given):
            raise Unfit
        for text in texts:
            yield f"{one.flag} {shlex.quote(text)}"


def _texts(value: object) -> list[str]:
    """A value as it is typed, one text for each time that the option is given."""
    if isinstance(value, Mapping):
        pairs = [f"{key}={_text(inner)}" for key, inner in value.items()]
        has_lists = any(isinstance(inner, list) for inner in value.values())
        return pairs if has_lists else [",".join(pairs)]
    return [_text(value)]


def _text(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value))
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, datetime) else str(value)

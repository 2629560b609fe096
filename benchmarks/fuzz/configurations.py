"""Configuration files and option values that nobody can mean; no log is read."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.fuzz.mutations import mutated
from resume_gap.configfile import read_configuration
from resume_gap.options.table import SETTINGS
from resume_gap.settings import resolve

PLAIN: Final = """\
gap = "30m"
productive = ["edit*", "submit"]
complete = "submit"
worth = "5s"
min_lift = 10
noticed = [0.2, 0.5, 0.8]
threads = 2
memory_limit = "2GB"
since = "2025-03-01"
tz = "Europe/Berlin"
strict = true
map = { user_id = "uid", timestamp = "ts" }
marker = { shown = ["marker_shown"] }
"""

TOML_VALUES: Final = (
    '""', '" "', "0", "-1", "1", "2.5", "1e308", "-1e308", "inf", "nan", "true", "false", "[]",
    "{}", "[[[[]]]]", '["a", 1]', "{ a = { b = { c = 1 } } }", "9223372036854775807",
    "9223372036854775808", "1" + "0" * 400, '"30m"', '"1e99h"', '"99999999999d"', '"-5s"', '"5 s"',
    '"0s"', '"1024TB"', '"0B"', '"\\u0000"', "2025-03-01", "2025-03-01T10:00:00Z", "10:00:00",
    '"9999-12-31"', '"0000-01-01"', '"50/50"', '"0/0"', '"1/2/3/4"', '"0.2/0.5/0.8"', "'../x'",
    '"' + "x" * 3000 + '"', '"Mars/Olympus"', '"a=b"', '"a=b,c=d"', '"="', "[1, 2, 3]",
)  # fmt: skip  # one line a value would hide the list
OPTION_VALUES: Final[tuple[Any, ...]] = (
    "", " ", "0", "-1", "1", "2.5", "1e308", "inf", "-inf", "nan", "true", "30m", "1e99h", "0s",
    "99999999999999d", "-5s", "5 s", "1" + "0" * 400, "\x00", "\u0661", "2025-03-01", "0000-01-01",
    "10000-01-01", "2025-13-01", "50/50", "0/0", "1/2/3/4", "0.9/0.5/0.1", "../x", "x" * 3000,
    "Mars/Olympus", "a=b", "a=b,c=d", "=", "[", "*", "9223372036854775808", "1_000", "0x10", "½",
    None, True, False, 0, -1, 3, 10**30, 2.5, float("inf"), float("nan"), [], [1], ["a", ""], {},
    {"shown": "x"}, {"shown": 3}, {"user_id": ""}, {"user_id": 3}, (1, 2, 3), [[["a"]]],
)  # fmt: skip  # one line a value would hide the list


def names() -> list[str]:
    """What can be set, by the names of a configuration file."""
    return sorted({one.key for one in SETTINGS} | {"unknown", "maps"})


def configuration(random: Random, folder: Path) -> Callable[[], object]:
    """One configuration file that was changed, written into the folder."""
    lines = PLAIN.splitlines()
    for _ in range(random.randint(0, 3)):
        line = f"{random.choice(names())} = {random.choice(TOML_VALUES)}"
        place = random.randrange(len(lines))
        lines[place : place + random.randint(0, 1)] = [line]
    deep = random.random()
    if deep < 0.03:
        lines.append("noticed = " + "[" * 20_000 + "]" * 20_000)
    elif deep < 0.06:
        lines.append(".".join(["a"] * 5_000) + " = 1")
    data = "\n".join(lines).encode()
    if random.random() < 0.5:
        data = mutated(data, random)
    path = folder / random.choice(("resume-gap.toml", "pyproject.toml"))
    path.write_bytes(data)
    return lambda: resolve({}, read_configuration(path))


def option(random: Random, _: Path) -> Callable[[], object]:
    """One to three options with values that nobody can mean."""
    given: dict[str, Any] = {
        random.choice(names()): random.choice(OPTION_VALUES) for _ in range(random.randint(1, 3))
    }
    return lambda: resolve(given, {})

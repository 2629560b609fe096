"""Every option: its bounds hold wherever it is given, and one line says what they are."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from factories.effort import effort
from factories.strategies import LETTERS
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_gap.errors import UsageError
from resume_gap.options.option import LOG_COMMANDS, Option
from resume_gap.options.table import OPTIONS, SETTINGS, SHORT_COLUMNS, options_for, settings_of
from resume_gap.settings import Settings, command_line_values, file_values, resolve, settle

if TYPE_CHECKING:
    from collections.abc import Callable

BY_KEY = {one.key: one for one in SETTINGS}
LONG = "9" * 400


def typed(one: Option, text: str) -> Any:
    """What a run takes for an option of a command line."""
    given = command_line_values(one.commands[0], {one.key: text})
    with_looks = {"looks": 2} if one.key == "planned_users" else {}
    return getattr(settle({**given, **with_looks}, {}), one.field)


def in_file(one: Option, value: object) -> Any:
    """What a run takes for an option of a configuration file."""
    with_looks = {"looks": 2} if one.key == "planned_users" else {}
    return getattr(settle(with_looks, file_values({one.key: value}, "x.toml")), one.field)


def in_python(one: Option, value: object) -> Any:
    """What a run takes for an option of Python."""
    with_looks = {"looks": 2} if one.key == "planned_users" else {}
    return getattr(resolve({one.key: value, **with_looks}, {}), one.field)


def line(call: Callable[[], object]) -> str:
    """The one line of a refusal."""
    with pytest.raises(UsageError) as refused:
        call()
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 600
    return str(refused.value)


WHOLE = {
    "threads": (1, 1_024),
    "seed": (0, 4_294_967_295),
    "looks": (1, 1_000),
    "planned_users": (2, 1_000_000_000),
    "users": (2, 1_000_000_000),
}
REAL = {
    "near": (0, 1_000_000_000_000),
    "worth": (0.01, 3_600),
    "effect": (0.01, 3_600),
    "min_lift": (0.1, 100),
    "power": (0.1, 0.999),
}
THREE = {"noticed": (0, 1), "search_removed": (0, 1), "wrong_arrow_cost": (0, 3_600)}
OTHERS = {"gap", "memory_limit", "temp_limit", "allocation", "since", "until", "launch"}


def test_every_option_with_bounds_is_tried_here() -> None:
    bounded = {one.key for one in SETTINGS if any(c.isdigit() for c in one.kind.bounds)} - {
        "source"
    }
    assert bounded == {*WHOLE, *REAL, *THREE, *OTHERS}


@pytest.mark.parametrize(("key", "bounds"), WHOLE.items())
def test_whole_numbers_have_bounds_wherever_they_are_given(
    key: str, bounds: tuple[int, int]
) -> None:
    one = BY_KEY[key]
    low, high = bounds
    for value in bounds:
        assert typed(one, str(value)) == in_file(one, value) == in_python(one, value) == value
    wanted = f"must be a whole number from {low:,} to {high:,}, not "
    for text in (str(low - 1), str(high + 1), LONG, "1.0", "1e2", "inf", "nan", "", "0x10", "٣"):
        assert line(lambda text=text: typed(one, text)).startswith(f"{one.flag} {wanted}")
    for value in (low - 1, high + 1, int(LONG), 2.0, math.inf, math.nan, True, "2", [2], {}, None):
        refused = line(lambda value=value: in_file(one, value))
        assert refused.startswith(f"x.toml: {key} {wanted}")
        if value not in (None, {}):
            assert wanted in line(lambda value=value: in_python(one, value))


@pytest.mark.parametrize(("key", "bounds"), REAL.items())
def test_numbers_have_bounds_wherever_they_are_given(key: str, bounds: tuple[float, float]) -> None:
    one = BY_KEY[key]
    low, high = bounds
    for value in bounds:
        assert typed(one, str(value)) == in_file(one, value) == in_python(one, value) == value
    for text in (f"-{high}", f"{high + 1}", LONG, f"0.{LONG}", "1e2", "inf", "nan", "", "1_0", "x"):
        refused = line(lambda text=text: typed(one, text))
        assert refused.startswith(f"{one.flag} must be ")
        assert one.kind.bounds in refused
    beyond = (math.nextafter(low, -1), math.nextafter(high, math.inf))
    for value in (*beyond, int(LONG), -math.inf, math.inf, math.nan, True, "x", [2]):
        refused = line(lambda value=value: in_file(one, value))
        assert refused.startswith(f"x.toml: {key} must be ")
        assert one.kind.bounds in refused


@pytest.mark.parametrize(("key", "bounds"), THREE.items())
def test_each_of_three_has_bounds(key: str, bounds: tuple[float, float]) -> None:
    one = BY_KEY[key]
    low, high = bounds
    assert typed(one, f"{low}/{low}/{high}") == (low, low, high)
    assert in_file(one, [low, high, high]) == (low, high, high)
    for bad in (-1, high + 1, "inf", "nan", LONG, "", "1e0"):
        assert one.kind.bounds in line(lambda bad=bad: typed(one, f"{low}/{low}/{bad}"))
    beyond = math.nextafter(high, math.inf)
    for bad in (-5e-324, beyond, math.inf, math.nan, int(LONG), True, None, [1]):
        assert one.kind.bounds in line(lambda bad=bad: in_file(one, [low, low, bad]))


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("gap", ("1s", "365d", "1000ms", "0.5m", "8760h", "AUTO")),
        ("memory_limit", ("16MB", "64TB", "64000GB", "16.5 MiB", "1gib")),
        ("temp_limit", ("1MB", "1000TB", "500GB")),
        ("allocation", ("50/50", "9:1", "0.001/0.001", "1000000/1000000", "1/999")),
        ("since", ("1970-01-01", "2099-12-31", "2026-03-01T09:30+01:00", "20260301")),
    ],
)
def test_what_fits(key: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert typed(BY_KEY[key], text) == in_file(BY_KEY[key], text)


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("gap", ("0s", "999ms", "366d", f"{LONG}d", f"0.{LONG}d", "infs", "nan", "1e3s", "30", "")),
        (
            "memory_limit",
            (
                "0B",
                "15MB",
                "65TB",
                f"{LONG}B",
                "99999999999999999999999TB",
                "infGB",
                "1e3GB",
                "-1GB",
                "2",
                "GB",
                "2GB; drop table x",
                "2PB",
            ),
        ),
        ("temp_limit", ("0B", "999KB", "1001TB", f"{LONG}TB", "infB", "-1GB", "2", "many")),
        (
            "allocation",
            (
                "0/50",
                "50/0",
                "1/1000",
                "50",
                "1/2/3/4",
                "1/1/0.001",
                f"{LONG}/1",
                "nan/1",
                "inf/inf",
            ),
        ),
        (
            "since",
            (
                "1969-12-31",
                "2100-01-01",
                "0001-01-01",
                "10000-01-01",
                LONG,
                "2026-02-30",
                "2026-03-01T25:00",
                "inf",
                "1e9",
                "12:00",
            ),
        ),
    ],
)
def test_what_does_not_fit(key: str, texts: tuple[str, ...]) -> None:
    one = BY_KEY[key]
    for text in texts:
        refused = line(lambda text=text: typed(one, text))
        assert refused.startswith(f"{one.flag} must be ")
        assert one.kind.bounds in refused
        assert line(lambda text=text: in_file(one, text)).startswith(f"x.toml: {key} must be ")


def test_a_message_is_one_sentence_with_the_bounds() -> None:
    said = line(lambda: typed(BY_KEY["threads"], "99999"))
    assert said == "--threads must be a whole number from 1 to 1,024, not '99999'"


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.key)
def test_no_option_takes_a_table_of_tables(one: Option) -> None:
    for value in ({"a": {"b": 1}}, [[[1]]], {"user_id": 3}, [{}]):
        assert f"x.toml: {one.key}" in line(lambda value=value: in_file(one, value))


# The table itself ------------------------------------------------------------------------------


def test_the_settings_are_the_options_and_nothing_else() -> None:
    # `typed` says which of them a person typed.
    fields = {f.name for f in dataclasses.fields(Settings)} - {"typed", "configured"}
    assert fields == {one.field for one in SETTINGS}
    plain = Settings()
    for one in SETTINGS:
        assert getattr(plain, one.field) == one.default


@pytest.mark.parametrize("command", [*LOG_COMMANDS, "simulate"])
def test_no_two_options_of_a_command_share_a_name(command: str) -> None:
    options = options_for(command)
    flags = [one.flag for one in options] + [one.letter for one in options if one.letter]
    assert len(set(flags)) == len(flags)
    assert all(one.help and one.help[0].isupper() for one in options)
    assert all(one.metavar or one.is_switch for one in options)


def test_a_default_fits_its_own_option() -> None:
    for one in OPTIONS:
        if one.default is not None and one.default not in ((), {}) and one.field != "allocation":
            text = one.kind.show(one.default).replace(",", "")
            again = one.default if one.is_switch else one.kind.parse(text)
            assert again == one.default, one.key


def test_each_command_says_which_settings_it_reads() -> None:
    assert "noticed" in settings_of("analyze")
    assert not {"noticed", "power"} & settings_of("evaluate")
    assert "worth" in settings_of("evaluate")
    assert {"worth", "power", "looks"} <= settings_of("plan")
    for command in LOG_COMMANDS:
        assert set(Settings().shown(command)) == settings_of(command)


def test_short_columns_are_columns() -> None:
    keys = {one.key for one in OPTIONS}
    assert set(SHORT_COLUMNS) <= keys
    assert resolve({"map": {"user_id": "a"}, "user": "b"}, {}).mapping == {"user_id": "b"}
    low = file_values({"user": "a", "map": {"target": "t"}}, "x.toml")
    assert settle({"mapping": {"user_id": "c"}}, low).mapping == {"user_id": "c", "target": "t"}


# Anything at all -------------------------------------------------------------------------------

NUMBERS = (
    st.integers()
    | st.integers(10**100, 10**101)
    | st.floats()
    | st.from_regex(r"-?\d{1,30}(\.\d{1,30})?(e\d{1,3})?", fullmatch=True, alphabet=LETTERS).map(
        float
    )
)
VALUES = st.recursive(
    NUMBERS | st.text(LETTERS) | st.booleans() | st.datetimes() | st.dates() | st.times(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS), inner, max_size=3)
    ),
    max_leaves=8,
)
TEXTS = (
    st.text(LETTERS)
    | NUMBERS.map(str)
    | st.from_regex(
        r"-?\d{1,400}(\.\d+)?(ms|s|m|h|d|B|KB|GiB|TB)?", fullmatch=True, alphabet=LETTERS
    )
    | st.from_regex(r"[0-9.]{1,5}/[0-9.]{1,5}(/[0-9.]{1,5})?", fullmatch=True, alphabet=LETTERS)
    | st.from_regex(
        r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?([+-]\d\d:\d\d)?", fullmatch=True, alphabet=LETTERS
    )
    | st.from_regex(r"(user_id|target|shown|x)=[a-z,=]{0,9}", fullmatch=True, alphabet=LETTERS)
)


def settles(call: Callable[[], Settings]) -> None:
    """Valid settings, or a refusal of one line."""
    refused = ""
    try:
        found = call()
    except UsageError as error:
        refused = str(error)
    else:
        for command in LOG_COMMANDS:
            found.shown(command)
    assert "\n" not in refused
    assert len(refused) < 1_000


@pytest.mark.effort
@settings(max_examples=effort(30, 200), deadline=None)
@given(st.data(), st.sampled_from([one for one in OPTIONS if not one.is_switch]))
def test_any_text_is_settings_or_one_line(data: st.DataObject, one: Option) -> None:
    texts = data.draw(st.lists(TEXTS, max_size=3) if one.kind.repeats else TEXTS)
    settled = one in SETTINGS
    settles(
        lambda: settle(
            {
                n: v
                for n, v in command_line_values(one.commands[0], {one.key: texts}).items()
                if settled
            },
            {},
        )
    )


@pytest.mark.effort
@settings(max_examples=effort(40, 200), deadline=None)
@given(st.dictionaries(st.sampled_from([*BY_KEY, "nonsense"]), VALUES, max_size=4))
def test_any_typed_values_are_settings_or_one_line(values: dict[str, Any]) -> None:
    settles(lambda: settle({}, file_values(values, "x.toml")))
    settles(lambda: resolve(values, {}))


@given(
    st.sampled_from(list(BY_KEY)),
    st.from_regex(r"[-+0-9a-z_.:TZ \[\]{}\"',=#]{0,40}", fullmatch=True, alphabet=LETTERS),
)
def test_any_line_of_toml_is_settings_or_one_line(key: str, rest: str) -> None:
    with contextlib.suppress(tomllib.TOMLDecodeError):
        table = tomllib.loads(f"{key} = {rest}")
        settles(lambda: settle({}, file_values(table, "x.toml")))

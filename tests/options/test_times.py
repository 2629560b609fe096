"""Time zones that every machine has, and instants within their years."""

import datetime as dt

import pytest

from resume_gap.options.times import Instant, Zone
from resume_gap.options.values import Unfit


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/St_Johns"])
def test_zones_by_their_names(name: str) -> None:
    assert Zone().parse(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("localtime", "posixrules", "Factory", "posix/Europe/Berlin", "right/UTC", "Europe"),
        *("../etc/passwd", "", "Europe/berlin ", "Middle-earth", "a\x00b"),
    ],
)
def test_zones_that_not_every_machine_has_are_none(name: str) -> None:
    with pytest.raises(Unfit):
        Zone().parse(name)


YEARS = Instant(1990, 2037)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-03-01", dt.datetime(2026, 3, 1)),  # noqa: DTZ001 - the run's zone is not known yet
        (" 2026-03-01T09:30 ", dt.datetime(2026, 3, 1, 9, 30)),  # noqa: DTZ001
        ("2026-03-01T09:30Z", dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)),
        (dt.date(1990, 1, 1), dt.datetime(1990, 1, 1)),  # noqa: DTZ001
        (dt.datetime(2037, 12, 31), dt.datetime(2037, 12, 31)),  # noqa: DTZ001
    ],
)
def test_dates_are_their_midnight(given: object, expected: dt.datetime) -> None:
    assert YEARS.take(given) == expected


@pytest.mark.parametrize(
    "given", ["1989-12-31", "2038-01-01", "tomorrow", "2026-02-30", "", 2026, None, 1.5]
)
def test_what_is_no_instant_of_these_years(given: object) -> None:
    with pytest.raises(Unfit):
        YEARS.take(given)


def test_the_words_name_the_years() -> None:
    assert "1990 to 2037" in YEARS.wanted


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Europe/Berlim", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("CEST", None),
        ("Middle-earth", None),
        ("", None),
        (5, None),
    ],
)
def test_the_zone_that_is_probably_meant_is_named(given: object, meant: str | None) -> None:
    assert Zone().hint(given) == (f" (did you mean {meant}?)" if meant else "")

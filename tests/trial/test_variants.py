"""Which variant is control and which is treatment, by their names."""

import pytest

from resume_gap.errors import DataError
from resume_gap.settings import Settings
from resume_gap.trial.variants import arms_of, sham_of


def arms(*names: str, **given: str) -> tuple[str, str]:
    """The arms where the assignments write their variants so."""
    spelt = {name.strip().lower(): name for name in names}
    return arms_of(spelt, Settings(**given), "a.csv", rows=12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Control", "arrow_v2"), ("Control", "arrow_v2")),
        (("arrow_v2", "off"), ("off", "arrow_v2")),
        (("true", "false"), ("false", "true")),
        (("blue", "treatment"), ("blue", "treatment")),
        (("B", "A"), ("A", "B")),
        (("new arrow", "control"), ("control", "new arrow")),
        (("1", "0"), ("0", "1")),
        (("old", "treatment"), ("old", "treatment")),
        (("control",), ("control", "treatment")),  # nobody is in the other arm
        (("on",), ("control", "on")),
    ],
)
def test_names_tell_the_arms(names: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert arms(*names) == expected


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (("red", "blue"), "--control NAME --treatment NAME"),
        (("control", "off"), "--control NAME --treatment NAME"),
        (("on", "yes"), "--control NAME --treatment NAME"),
        (("control", "red", "blue"), "--treatment NAME"),
        (("red", "blue", "green"), "--control NAME --treatment NAME"),
        (("treatment", "red", "blue"), "--control NAME --treatment NAME"),
    ],
)
def test_names_that_do_not_tell_are_asked_for(names: tuple[str, ...], asked: str) -> None:
    with pytest.raises(DataError, match=f"do not say which is which; write {asked}$"):
        arms(*names)


def test_given_names_count_however_they_are_spelt() -> None:
    assert arms("Red", "Blue", "green", control=" blue ", treatment="RED") == ("Blue", "Red")
    assert arms("red", "blue", control="blue") == ("blue", "red")
    assert arms("red", "blue", treatment="blue") == ("red", "blue")
    assert arms("red", control="red") == ("red", "treatment")
    assert arms("red", treatment="red") == ("control", "red")


def test_one_given_name_does_not_tell_two_others() -> None:
    with pytest.raises(DataError, match=r"write --treatment NAME$"):
        arms("red", "blue", "green", control="red")
    with pytest.raises(DataError, match=r"write --control NAME$"):
        arms("red", "blue", "green", treatment="red")


def test_a_name_that_nobody_has_is_refused() -> None:
    with pytest.raises(DataError, match=r"a\.csv: nobody is assigned to 'blu'.*did you mean blue"):
        arms("red", "blue", control="blu", treatment="red")
    with pytest.raises(DataError, match=r"variants found: 'red', 'blue'$"):
        arms("red", "blue", control="nothing of the kind")
    # Where one given name is there and the other like none, an arm is empty.
    assert arms("red", control="red", treatment="something else") == ("red", "something else")


def test_no_readable_assignment_is_refused_with_their_number() -> None:
    with pytest.raises(DataError, match="none of 12 assignments"):
        arms()


def test_only_so_many_variants_are_listed() -> None:
    with pytest.raises(DataError) as refused:
        arms(*(f"v{i}x" for i in range(9)))
    assert "'v7x' ..." in str(refused.value)
    assert "v8x" not in str(refused.value)


def test_the_sham_arm_is_found_however_it_is_spelt() -> None:
    spelt = {"control": "control", "random arrow": "Random Arrow"}
    assert sham_of(spelt, " random ARROW", "a.csv") == "Random Arrow"
    assert sham_of(spelt, None, "a.csv") is None
    with pytest.raises(DataError, match=r"nobody is assigned to 'random arrov'.*random arrow"):
        sham_of(spelt, "random arrov", "a.csv")

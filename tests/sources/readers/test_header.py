"""Names of columns as a header says them."""

from pathlib import Path

import pytest

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.header import distinct_names, refuse_repeated

FILE = InputFile(given="log.csv", path=Path("log.csv"), kind="csv")


def test_names_are_stripped_and_made_distinct() -> None:
    header = ["user", " user", "", "ts", "", "user (2)"]
    names = ("user", "user (2)", "column 3", "ts", "column 5", "user (2) (2)")
    assert distinct_names(header) == names


def test_two_columns_of_one_name_are_refused() -> None:
    refuse_repeated(FILE, ["a", " a", "", "", "b"])
    with pytest.raises(InputError, match=r"log.csv: has two columns called 'b' \(columns 2 and 4"):
        refuse_repeated(FILE, ["a", "b", "c", "b"])

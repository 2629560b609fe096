"""Standard input as a file of the run's own."""

import gzip
import io
import sys

import pytest

from resume_gap.errors import InputError, UsageError
from resume_gap.settings import Settings
from resume_gap.sources import open_source, standard_input
from resume_gap.sources.inputs import InputFile

TEXT = b"user_id,timestamp,event\nu,2026-03-02T08:00:00Z,edit\n"


class _Stdin:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(content))


@pytest.mark.parametrize("content", [TEXT, gzip.compress(TEXT)], ids=["text", "gzip"])
def test_it_is_read_like_a_file_and_goes_with_the_block(
    monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    given(monkeypatch, content)
    settings = Settings(file_format="csv")
    with standard_input.held(["-"], settings) as (file,):
        assert isinstance(file, InputFile)
        assert file.label == "standard input"
        with open_source([file], settings) as source:
            assert [(one.path, one.rows) for one in source.inputs] == [("-", 1)]
        place = file.path
    assert not place.exists()


def test_other_inputs_are_left_alone() -> None:
    with standard_input.held(["a.csv", "b.csv"], Settings()) as events:
        assert events == ["a.csv", "b.csv"]


def test_json_and_parquet_need_no_format(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b'{"user_id": "u", "timestamp": 1, "event": "e"}\n')
    with standard_input.held(["-"], Settings()) as (file,):
        assert isinstance(file, InputFile)
        assert file.kind == "json"
    given(monkeypatch, TEXT)
    with pytest.raises(InputError, match="standard input: neither its ending"):
        standard_input.held(["-"], Settings()).__enter__()


def test_a_closed_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input: is closed"):
        standard_input.held(["-"], Settings(file_format="csv")).__enter__()


def test_empty_or_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b"")
    with pytest.raises(InputError, match="standard input: is empty"):
        standard_input.held(["-"], Settings(file_format="csv")).__enter__()
    with pytest.raises(UsageError, match="given twice"):
        standard_input.held(["-", "-"], Settings()).__enter__()

"""Names and values of strangers inside SQL."""

import duckdb
import pytest

from resume_gap.sqltext import quote_ident, quote_text

NAMES = ["select", 'a"b', '"', "a'b; drop table t", "ü\n--", "", " "]


@pytest.mark.parametrize("name", [name for name in NAMES if name])
def test_a_name_is_one_identifier(name: str) -> None:
    found = duckdb.sql(f"select 1 as {quote_ident(name)}")
    assert found.columns == [name]


def test_a_name_with_a_nul_character_is_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        quote_ident("a\x00b")


@pytest.mark.parametrize("value", [*NAMES, "\x00", "a\x00b\x00", "' || chr(65) || '"])
def test_a_value_is_one_literal(value: str) -> None:
    assert duckdb.sql(f"select {quote_text(value)}").fetchall() == [(value,)]

"""Columns of a kind, known by their names."""

from resume_gap.sources.column_words import first_columns, name_ends


def test_a_dotted_name_has_two_more_ends() -> None:
    assert name_ends("context.os_x.Name") == ("context.osx.name", "name", "osxname")
    assert name_ends("$browser") == ("browser", "browser", "browser")
    assert name_ends("a.$os") == ("a.$os", "os", "a$os")


def test_what_is_looked_at_anyhow_is_left_out_and_ten_are_enough() -> None:
    assert first_columns(["a", "b1", "b2"], ["b2"], lambda name: name.startswith("b")) == ("b1",)
    many = [f"x{n}" for n in range(12)]
    assert first_columns(many, [], lambda _: True) == tuple(many[:10])

"""The only two ways a name or a value enters SQL.

Names and values in a log were written by strangers. Wherever a statement cannot take a bound
parameter (names, paths inside views, list literals) they pass through here and nowhere else.
"""

_NUL = "\x00"


def quote_ident(name: str) -> str:
    """A name as a quoted SQL identifier; reserved words and quotes inside are harmless.

    Raises:
        ValueError: The name holds a NUL character, which no SQL text can carry.
    """
    if _NUL in name:
        raise ValueError("a name with a NUL character cannot stand in SQL")
    return '"' + name.replace('"', '""') + '"'


def quote_text(value: str) -> str:
    """A value as a SQL string literal, or an expression where it holds NUL characters."""
    parts = ["'" + part.replace("'", "''") + "'" for part in value.split(_NUL)]
    # The parser ends a statement at a NUL, so the character is made by the engine.
    return parts[0] if len(parts) == 1 else "(" + " || chr(0) || ".join(parts) + ")"

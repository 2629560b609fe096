"""The bits of an event's roles, as `queries/12_kinds.sql` adds them up."""

from typing import Final

PRODUCTIVE: Final = 1
COMPLETING: Final = 2
AWAY: Final = 4
IGNORED: Final = 8
MARKER: Final = 16
ASSIGNING: Final = 32
AGENT: Final = 64
LIKELY_AGENT: Final = 128
"""No role: a column says that an assistant or automation may have caused the event."""
OUTSIDE: Final = IGNORED | MARKER | ASSIGNING | AGENT
"""Events with one of these never take part."""

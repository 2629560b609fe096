"""The words of the simulated product: event names with their roles, targets, hostile texts."""

from typing import Final

EVENTS: Final = (
    "edit_cell",
    "update_field",
    "write_note",
    "rename_item",
    "submit",
    "view",
    "scroll",
    "search",
    "open_item",
    "filter",
    "close_document",
    "sign_out",
    "heartbeat",
    "tooltip_shown",
    "network_poll",
    "idle",
    "focus",
    "marker_shown",
)
"""All event names; a code in the generator is a position here."""

PRODUCTIVE: Final = EVENTS[:5]
COMPLETING: Final = ("submit", "close_document", "sign_out")
AWAY: Final = ("idle", "focus")
IGNORED: Final = ("heartbeat", "tooltip_shown", "network_poll")
MARKER: Final = ("marker_shown",)

SUBMIT: Final = EVENTS.index("submit")
FIRST_LOOK: Final = EVENTS.index("view")
LOOKS: Final = 5
CLOSE_DOCUMENT: Final = EVENTS.index("close_document")
SIGN_OUT: Final = EVENTS.index("sign_out")
HEARTBEAT: Final = EVENTS.index("heartbeat")
FIRST_NOISE: Final = EVENTS.index("tooltip_shown")
NOISES: Final = 2
IDLE: Final = EVENTS.index("idle")
FOCUS: Final = EVENTS.index("focus")
MARKER_SHOWN: Final = EVENTS.index("marker_shown")

CAUSES: Final = ("call", "meeting", "lunch", "night", "short", "away_again")
CALL, MEETING, LUNCH, NIGHT, SHORT, AWAY_AGAIN = range(len(CAUSES))

DEVICES: Final = ("laptop", "desktop", "phone", "tablet")
PLANS: Final = ("free", "team", "enterprise")
PLATFORMS: Final = ("web", "mac", "windows")

PLACEHOLDERS: Final = ("undefined", "[object Object]", "null", "NaN", "0", "")

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\ttab first",
    "[/foo]",
    "[link=file:///etc/passwd]click[/link]",
    "[bold red]",
    "it's a 'quote'",
    'double "quote"',
    "semi;colon, comma",
    "line\nbreak",
    "carriage\rreturn",
    "\x1b[31mred\x1b[0m",
    "bell\x07",
    "c1\x9b31m",
    "\u202egnp.exe",
    "\u2066isolate\u2069",
    "zero\u200bwidth",
    "e\u0301 and \u00e9",
    "{{ 7*7 }}",
    "${7*7}",
    "%s%n%x",
    "'; drop table events; --",
    "../../etc/passwd",
    "datum.a && alert(5)",
    "a.b",
    "x:y",
    "count()",
    "\U0001f9ed needle",
    "mail me at someone@example.org",
    "https://example.org/reset?token=SECRET#frag",
    " spaces ",
    "L" + "o" * 3000 + "ng",
)
"""Texts that break pages, terminals, spreadsheets and queries; U+0000 is left out on purpose."""


def decorated(names: list[str], *, hostile: bool) -> list[str]:
    """The names, each with a hostile text in front when asked; they stay distinct.

    Args:
        names: distinct plain names.
        hostile: whether strangers chose them.
    """
    if not hostile:
        return names
    return [f"{HOSTILE[i % len(HOSTILE)]} {name}" for i, name in enumerate(names)]


def targets(contexts: int, elements: int) -> list[str]:
    """Element names, distinct over all contexts, in the order `context * elements + element`."""
    width = len(str(contexts - 1))
    return [f"d{c:0{width}}-f{e:02}" for c in range(contexts) for e in range(elements)]


def documents(contexts: int) -> list[str]:
    """Context names."""
    width = len(str(contexts - 1))
    return [f"doc-{c:0{width}}" for c in range(contexts)]

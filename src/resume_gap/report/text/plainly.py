"""Sentences for readers who never see a command line: without options, which stand elsewhere."""

from typing import Final

_WITHOUT: Final = (
    (" with --productive NAME,NAME", ""),
    (" with --productive", ""),
    (" with --target", ""),
    (" with --user", ""),
    (" with --map sequence=COLUMN", ""),
    (": see --complete", ""),
    (": see --productive", ""),
    (" (see --show-ids)", ""),
    (" (--show-ids)", ""),
    (" (--all-returns)", ""),
    (" (--target)", ""),
    (" (--context)", ""),
    (" (--gap)", ""),
    (" (--worth)", ""),
    ("--all-returns looks at every return", "every return can be looked at instead"),
    ("To look at every return instead: --all-returns.", "Every return can be looked at instead."),
)
"""Every option that may stand in the open part of a page, and what stands there instead."""


def plainly(text: str) -> str:
    """The same sentence without the names of options; what it asks for stays."""
    for named, plain in _WITHOUT:
        text = text.replace(named, plain)
    return text

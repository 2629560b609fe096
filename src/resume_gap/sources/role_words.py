"""The words of event names: how names are split, how verbs inflect, which words mean what.

Section 1 of the method says what each list decides.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_IRREGULAR: Final = {
    "create": ("creation",),
    "cut": (),
    "delete": ("deletion",),
    "done": (),
    "draw": ("drew", "drawn"),
    "drop": (),
    "freeze": ("froze", "frozen"),
    "hide": ("hid", "hidden"),
    "redo": ("redid", "redone", "redoes"),
    "run": ("ran",),
    "send": ("sent",),
    "set": (),
    "show": ("shown",),
    "sleep": ("slept", "asleep"),
    "type": (),
    "undo": ("undid", "undone", "undoes"),
    "wake": ("woke", "woken", "wakeup"),
    "write": ("wrote", "written"),
}


def forms(word: str) -> frozenset[str]:
    """A word and its inflected forms."""
    found = {word, f"{word}s", f"{word}ed", f"{word}ing", *_IRREGULAR.get(word, ())}
    if word.endswith("e"):
        found |= {f"{word}d", f"{word[:-1]}ing"}
    if word.endswith(("sh", "ch", "s", "x")):
        found.add(f"{word}es")
    if word.endswith("y"):
        found |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    if re.fullmatch(r".*[^aeiou][aeiou][^aeiouwxy]", word):
        found |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(found)


def all_forms(text: str) -> frozenset[str]:
    """Some words, with blanks between, and their inflected forms."""
    return frozenset().union(*(forms(word) for word in text.split()))


PRODUCTIVE: Final = all_forms(
    "create add edit update type write insert replace paste delete remove move rename change set"
    " draw attach upload send post comment reply save commit submit run answer finish execute"
    " compile keypress keydown keystroke undo redo cut copy drag drop approve reject assign"
    " resolve accept annotate label enter"
    " modify duplicate archive unarchive merge trash keyup stroke ask apply detach destroy unlink"
    " discard unassign reopen reorder rearrange compose translate transcribe classify solve"
    " escalate"
) | {"highlighted", "tagged"}
FINISHING: Final = all_forms("submit publish complete finish done send finalize finalise")
CLOSING: Final = forms("close") | {"pageclose"}
LEAVING: Final = CLOSING | all_forms("logout signout logoff")
CLOSED_WORK: Final = all_forms(
    "ticket issue incident case deal opportunity lead order request task pull sprint milestone epic"
)
"""Closing one of these ends a piece of work."""
QUITTING: Final = all_forms("exit quit terminate")
"""These leave when nothing but carriers stands beside them."""

LOOKING: Final = all_forms(
    "view list open format auto subscription load show display impression preview cancel timer"
) | {"autosave", "autosaved", "automatic", "automatically", "automated"}
"""Beside one of these no word means work."""

MACHINE: Final = all_forms(
    "sms webhook cron install uninstall experiment consent job batch pipeline workflow http api"
    " xhr listener cookie sync synchronize telemetry beacon"
)
"""A name with one of these was written by a machine, unless an authoring verb comes first."""
FAILURES: Final = all_forms("error exception warning fail failure crash")
"""A name with one of these is never work, whatever verb comes first: write_error is an error."""
AUTHORING: Final = all_forms("create write send reply edit submit")

POST: Final = all_forms("email mail push notification reminder certificate newsletter otp digest")
"""What a server sends."""
ARRIVALS: Final = frozenset(("sent", "delivered", "received"))
ISSUED: Final = all_forms("push notification certificate")
"""What a server also creates."""

SEARCHING: Final = all_forms("search find query")
SEARCHED_BY: Final = all_forms(
    "execute run submit enter type update change set send complete finish done"
)
"""A search that is carried out is no work; a search that is saved is."""

UI_PARTS: Final = all_forms(
    "page tab window dialog modal popup menu panel drawer banner tooltip"
    " toast overlay sidebar popout lightbox dropdown keyboard notification alert"
    " caption captioning connection socket websocket"
) | {"pageclose"}
"""Closing one of these leaves nothing."""

CHANGING: Final = all_forms(
    "create add update change move set remove delete assign enter drag apply"
)
"""Beside a noun of `UNDECIDED_NOUNS` these are undecided."""
UNDECIDED_NOUNS: Final = all_forms(
    "app application os sdk session route url location path page screen tab view cursor mouse"
    " pointer caret selection focus scroll hover zoom viewport layout orientation resize size"
    " position theme language sort filter speed volume state token props property properties index"
    " version user account flag grade completion progress score inventory"
    " touch active visible range settings preference permission role access acl presence cache"
    " storage network connectivity battery password download sharing dnd default mode availability"
)
"""What is looked at or kept by the machine."""
UNDECIDED: Final = (
    (CHANGING, UNDECIDED_NOUNS),
    (all_forms("execute run finish complete done"), all_forms("action command")),
    (forms("assign"), all_forms("content variant group cohort bucket segment")),
    (forms("post"), all_forms("score grade progress")),
    (forms("copy"), all_forms("link code snippet address id")),
    (PRODUCTIVE - forms("type"), all_forms("start begin")),
)
"""Verbs and the words beside which they decide nothing: any command may be carried out, looking
included; a machine may assign a variant or post a score; a link is copied to share it; what was
started may be an empty form."""
OTHERS: Final = all_forms("customer client requester vendor server")
ANSWERING: Final = all_forms("reply comment answer send submit upload message respond")
"""What comes from one of `OTHERS`, or what one of them answers, somebody else did."""
BARE: Final = all_forms("move change set update run post")
"""A name of one of these alone is undecided where it holds over half of the events."""

IDLE: Final = all_forms(
    "idle afk inactive blur visibility screensaver suspend sleep wake lock unlock background"
    " foreground offline freeze minimize minimise focus unfocus"
) | frozenset(
    (
        *("away", "hidden", "visible", "timeout", "unload", "beforeunload", "pagehide"),
        *("pageshow", "pageclose", "pageleave", "screenoff", "screenon", "lidclose", "online"),
        *("apmsuspend", "keyguard", "becomeactive", "resignactive", "afkstatus"),
    )
)
"""Words for being idle, or of its end, names of published lifecycles among them."""
IDLE_BESIDE: Final = {
    **dict.fromkeys(forms("hide") | forms("restore"), "window tab app application page frame ide"),
    **dict.fromkeys(forms("resume"), "system device computer machine os app application activity"),
    **dict.fromkeys(forms("pause"), "app application activity lifecycle"),
    "presence": "change changed changes",
    "turned": "screen display monitor",
    "activated": "frame window ide",
    **dict.fromkeys(
        forms("deactivate"), "deactivated frame window app application ide editor screen client"
    ),
}
"""Words that mean idleness, or its end, only beside one of these carriers."""
_LOCKING: Final = forms("lock") | forms("unlock")
NOT_IDLE_BESIDE: Final = (
    (_LOCKING, all_forms("document page app tab wake notebook")),
    (_LOCKING | all_forms("suspend freeze deactivate restore resume"), all_forms("user client")),
    (frozenset(("offline", "online")), all_forms("session mode")),
)
"""Words for being idle, and carriers beside which they mean something else:
an administrator's acts, ways to use the product."""
GROUNDS: Final = forms("background") | forms("foreground")
CARRIERS: Final = all_forms(
    "window tab app application page screen document browser system os device computer machine"
    " desktop phone mobile session user visibility editor ide frame client workspace workstation"
    " network web presence activity lifecycle event state status mode start begin end stop enter"
    " exit go gain detect task time timer notebook"
) | frozenset(
    (
        *("went", "lost", "got", "on", "off", "in", "out", "is", "was", "has", "been", "become"),
        *("became", "did", "will", "turned", "the", "to", "from", "again", "no", "not", "now"),
        *("com", "apple", "android", "ios", "mac", "macos", "ns", "ui", "wts", "pbt", "action"),
        *("before", "timeout", "active", "shown"),
    )
)
"""Words that may stand beside a word for being idle: a field_focus or change_background is none."""
WINDOWS: Final = all_forms("window tab app application page browser frame ide client workspace")
FOCUS: Final = forms("focus")
MOVING: Final = forms("move")
ALTERING: Final = forms("change")

UNDERSTOOD: Final = all_forms(
    "view open list page screen click scroll search filter load session start"
)
"""A name with one of these is understood although it has no role."""

STARTING: Final = all_forms(
    "login signin logon auth authenticate session start begin launch open load view list click"
    " scroll search filter"
)
"""Words of what people do first when they come back; such an event is no idle event."""
SIGNING_IN: Final = frozenset(
    (verb, place)
    for verb in all_forms("sign log") | {"logged", "logging"}
    for place in ("in", "on")
)
HEARTBEAT: Final = all_forms("heartbeat ping poll autosave tick sync keepalive")
"""A name with one of these may repeat like a clock."""
OF_MARKERS: Final = frozenset(("marker", "resume", "arrow", "save", "state"))
MARKER_KINDS: Final = {
    **dict.fromkeys(("shown", "show", "displayed", "impression", "seen"), "shown"),
    **dict.fromkeys(("clicked", "click", "used"), "clicked"),
    **dict.fromkeys(("dismissed", "dismiss", "closed"), "dismissed"),
}
"""What happens to a marker, by the word for it."""
AGENTS: Final = all_forms("assistant agent bot chatbot copilot autopilot automation robot")
"""Who acts under a person's id without being one; the first word of such a name."""

_COMPOUNDS: Final = {
    "visibilitychange": "visibility change",
    "focuschange": "focus change",
    "mousemove": "mouse move",
    "pointermove": "pointer move",
    "touchmove": "touch move",
    "selectionchange": "selection change",
    "hashchange": "url change",
    "routechange": "route change",
    "orientationchange": "orientation change",
    "pageview": "page view",
    "loggedout": "logged out",
    "loggedin": "logged in",
    "signedout": "signed out",
    "dragend": "drag end",
    "documentchange": "document change",
}
_PAIRS: Final = {
    **{(verb, "out"): "signout" for verb in forms("sign")},
    **{(verb, "out"): "logout" for verb in forms("log") | {"logged", "logging"}},
    **{(verb, "off"): "logoff" for verb in forms("log") | {"logged", "logging"}},
    **{(verb, "out"): "timeout" for verb in forms("time")},
    **{("page", verb): "pageclose" for verb in forms("close")},
    **{("page", verb): "pageleave" for verb in forms("leave") | {"left"}},
    **{("page", verb): "pagehide" for verb in forms("hide")},
    **{("lid", verb): "lidclose" for verb in forms("close")},
    **{("key", verb): "keypress" for verb in forms("press") | {"down", "stroke", "strokes", "up"}},
    **{(screen, "off"): "screenoff" for screen in ("screen", "display", "monitor")},
    **{(screen, "on"): "screenon" for screen in ("screen", "display", "monitor")},
    **{(verb, "active"): "becomeactive" for verb in ("become", "became", "becomes")},
    **{(verb, "active"): "resignactive" for verb in forms("resign")},
    ("non", "interactive"): "inactive",
    ("screen", "interactive"): "screenon",
    ("user", "present"): "keyguard",
    ("network", "lost"): "offline",
    **{(verb, "back"): "giveback" for verb in forms("send")},
    ("screen", "saver"): "screensaver",
    ("off", "task"): "away",
    ("off", "line"): "offline",
    ("drop", "down"): "dropdown",
    ("short", "cut"): "shortcut",
}
"""Two words that mean one; the one takes their place."""

_LIBRARY: Final = re.compile(r"^\s*\[[^\]]*\](?=\s*\w)")
_LOWER, _UPPER = "a-zà-öø-ÿß0-9", "A-ZÀ-ÖØ-Þ"
_HUMPS: Final = re.compile(
    rf"(?<=[{_LOWER}])(?=[{_UPPER}])|(?<=[{_UPPER}])(?=[{_UPPER}][{_LOWER}])"
)


def split(name: str) -> tuple[str, ...]:
    """The words of an event name: camelCase and punctuation split, lower case.

    A library in brackets before the name is left out (`[Amplitude] Page Viewed`), and of a class
    with its namespace only the class is read.
    """
    text = unicodedata.normalize("NFC", name).rpartition("\\")[2]
    spaced = _HUMPS.sub(" ", _LIBRARY.sub("", text))
    return tuple(part.casefold() for part in re.split(r"[\W_]+", spaced) if part)


def joined(parts: Iterable[str]) -> tuple[str, ...]:
    """The words with compounds taken apart and pairs that mean one word put together."""
    apart = [word for part in parts for word in _COMPOUNDS.get(part, part).split()]
    together: list[str] = []
    skip = False
    for first, second in pairwise((*apart, "")):
        if skip:
            skip = False
            continue
        pair = _PAIRS.get((first, second))
        skip = pair is not None
        together.append(pair or first)
    return tuple(together)

"""`resume-gap share`: the first screen of a report as a picture and three sentences."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from resume_gap.commands.registry import Printed
from resume_gap.errors import InputError, OutputError
from resume_gap.options.report_options import ShareOptions
from resume_gap.output.beside import write_beside
from resume_gap.output.schema import (
    JsonList,
    JsonNull,
    JsonObject,
    JsonText,
    Malformed,
)
from resume_gap.output.target import summary_of
from resume_gap.report.card.chart import CardChart, first_chart
from resume_gap.report.card.content import Card, CardFigure, Scheme
from resume_gap.report.card.message import message
from resume_gap.report.card.picture import COLORS, drawn
from resume_gap.report.card.png import png
from resume_gap.report.page.model import Tone
from resume_gap.report.text.names import cut, terminal_text, visible
from resume_gap.system.filesystem import read_small, working_folder
from resume_gap.system.threads import refuse_fork

_NAME: Final = "share"
_LONGEST: Final = 400
"""Characters of a text on a card."""
_TEXT: Final = JsonText()
_STEPS: Final = ("why", "next_step", "change")
"""What the first screen says beside its badge."""
_SHAPE: Final = JsonObject(
    {
        "headline": _TEXT,
        "generated_from": JsonObject({"subject": JsonList(_TEXT, most=10)}),
        "first_screen": JsonObject(
            {
                "sure": _TEXT,
                "badge": JsonNull(
                    JsonObject(
                        {
                            "word": _TEXT,
                            "proviso": _TEXT,
                            "tone": JsonText(one_of=get_args(Tone)),
                        },
                        later=dict.fromkeys(_STEPS, _TEXT),
                    )
                ),
                "figures": JsonList(
                    JsonObject({"label": _TEXT, "value": _TEXT, "detail": _TEXT}), most=6
                ),
                "caption": JsonText(null=True),
                "cautions": JsonList(_TEXT, most=100),
            }
        ),
    }
)


class SharedFirstScreen(NamedTuple):
    """What was made of the first screen of a report.

    Attributes:
        png: The picture.
        svg: The same as a drawing.
        txt: The file with the message.
        message: Three sentences, and a line that says what they are from.
    """

    png: Path
    svg: Path
    txt: Path
    message: str


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Write the picture and the message; the message is what is printed.

    Raises:
        InputError: The folder holds no report with a first screen.
        OutputError: The files cannot be written.
    """
    asked = ShareOptions(**given)
    announce("drawing")
    found = share_report(Path(arguments[0]), out=asked.out, scheme=asked.scheme)
    where = terminal_text(str(found.png.parent))
    names = ", ".join(path.name for path in found[:3])
    return Printed(
        found.message.encode(), f"the files in {where} were written", f"{names} are in {where}"
    )


def share_report(report: Path, *, out: Path | None, scheme: Scheme) -> SharedFirstScreen:
    """`resume_gap.share` with checked options; see there."""
    working_folder()
    refuse_fork()
    card = _card(report)
    text = message(card)
    picture = drawn(card, _chart(report, scheme) if card.caption else None, scheme=scheme)
    files = {
        f"{_NAME}.svg": picture.encode(),
        f"{_NAME}.txt": text.encode(),
        f"{_NAME}.png": _picture(picture),
    }
    folder = report if out is None else out
    write_beside(folder, files)
    png, svg, txt = (folder / f"{_NAME}.{ending}" for ending in ("png", "svg", "txt"))
    return SharedFirstScreen(png, svg, txt, text)


def _picture(drawing: str) -> bytes:
    try:
        return png(drawing)
    except ValueError as error:
        raise OutputError("the picture could not be drawn") from error


def _chart(report: Path, scheme: Scheme) -> CardChart | None:
    """The chart of the first screen; None: the page is gone, or holds none to be trusted."""
    try:
        page = read_small(report / "report.html", follow=False)
    except OSError:
        return None
    return first_chart(page, COLORS[scheme])


def _card(report: Path) -> Card:
    """The first screen of a report, whose file may hold anything.

    Raises:
        InputError: It holds no first screen.
    """
    shown = terminal_text(str(report))
    summary = summary_of(report)
    if summary is None:
        raise InputError(f"{shown}: holds no summary.json of resume-gap; name a report's folder")
    try:
        _SHAPE.check(summary, "")
    except Malformed as error:
        raise InputError(
            f"{shown}: its summary.json has no first screen ({error}); make the report again"
        ) from error
    first = summary["first_screen"]
    badge = first["badge"] or {"word": "", "proviso": "", "tone": "open"}
    return Card(
        command=_safe(summary["command"]),
        subject=tuple(map(_safe, summary["generated_from"]["subject"])),
        headline=_safe(summary["headline"]),
        sure=_safe(first["sure"]),
        word=_safe(badge["word"]),
        proviso=_safe(badge["proviso"]),
        tone=badge["tone"],
        **{name: _safe(badge.get(name, "")) for name in _STEPS},
        figures=tuple(
            CardFigure(**{key: _safe(one[key]) for key in ("label", "value", "detail")})
            for one in first["figures"]
        ),
        caption=_safe(first["caption"] or ""),
        cautions=tuple(map(_safe, first["cautions"])),
    )


def _safe(text: str) -> str:
    """A text that a reader sees, and that no picture chokes on."""
    return cut(visible(text[:_LONGEST].replace("\N{NO-BREAK SPACE}", " ")), _LONGEST)

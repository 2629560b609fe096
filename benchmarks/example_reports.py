"""Write the example reports of the samples, and the pictures that the README shows.

    python -m benchmarks.example_reports              # reports/examples but for the picture below
    python -m benchmarks.example_reports --picture    # also report.png, for which it takes Chromium

The newcomer's command writes `reports/workday`, so the examples lie in a folder of their own. They
are `report.html` and `summary.json` of each command, the card that `share` makes, and what the
terminal shows. `.ci/generated_pages` writes them anew and compares all but report.png, whose dots
depend on the fonts of a machine.
"""

import argparse
import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

import resume_gap
from resume_gap.report.render import terminal
from resume_gap.results.run import Run

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = ROOT / "reports" / "examples"
KEPT: Final = ("report.html", "summary.json")
CARDS: Final = ("share.svg", "share.txt")
WORKDAY: Final = "sample_events/workday.parquet"
TRIAL: Final = "sample_events/marker_trial.parquet"
LAUNCH: Final = "sample_events/launch.parquet"
ROLLOUT: Final = "sample_events/rollout.parquet"
_COLUMNS, _ROWS = 96, 44
_WINDOW: Final = (1280, 800)
_FONT: Final = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Where rich's picture would fetch a font from: the reader's own is good enough."""


def written(place: Path) -> dict[str, Run]:
    """Run the commands on the samples, from the folder of the repository; their results."""
    return {
        "workday": resume_gap.analyze(WORKDAY, out=place / "workday"),
        "trial": resume_gap.evaluate(
            TRIAL,
            assignments="sample_events/marker_trial_assignments.csv",
            marker=["shown=marker_shown"],
            out=place / "trial",
        ),
        "launch": resume_gap.compare(
            LAUNCH, launch="2025-06-23", marker=["shown=marker_shown"], out=place / "launch"
        ),
        "rollout": resume_gap.compare(
            ROLLOUT,
            rollout="sample_events/rollout_rollout.csv",
            rollout_by="team",
            marker=["shown=marker_shown"],
            out=place / "rollout",
        ),
        "plan": resume_gap.plan(WORKDAY, effect="15s", out=place / "plan"),
    }


def terminal_picture(result: Run) -> str:
    """What the terminal shows after a run, as an SVG picture."""
    console = Console(
        record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False
    )
    path = "reports/workday/report.html"
    shown = terminal.screen(result, path, width=_COLUMNS, height=_ROWS)
    console.print(shown, soft_wrap=True)
    picture = console.export_svg(
        title=f"resume-gap analyze {WORKDAY}", theme=DIMMED_MONOKAI, unique_id="terminal"
    )
    return "\n".join(line.rstrip() for line in _FONT.sub("", picture).splitlines()) + "\n"


def page_picture(page: Path, picture: Path) -> None:
    """The first screen of a page as Chromium shows it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("--picture takes Chromium: install chromium")
    wide, high = _WINDOW
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={wide},{high}",
            f"--screenshot={picture}",
            page.resolve().as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def main() -> None:
    """Write the examples into a folder, in place of those that are there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--picture", action="store_true", help="also report.png, with Chromium")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as box:
        results = written(Path(box))
        for name in results:
            resume_gap.share(Path(box) / name)
            place = asked.folder / name
            place.mkdir(parents=True, exist_ok=True)
            for file in (*KEPT, *CARDS):
                shutil.copyfile(Path(box) / name / file, place / file)
    (asked.folder / "terminal.svg").write_text(
        terminal_picture(results["workday"]), encoding="utf-8"
    )
    if asked.picture:
        page_picture(asked.folder / "workday" / "report.html", asked.folder / "report.png")


if __name__ == "__main__":
    main()

"""Write docs/real-logs.md: what the tool says about four real event logs.

    python benchmarks/real_logs.py FOLDER_WITH_THE_LOGS [docs/real-logs.md]

The logs are not part of the repository. Every figure and every sentence about a result on the
page comes from the analysis; only the description of each log is written here.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from resume_gap import analyze
from resume_gap.report.page.build import page
from resume_gap.report.text import recommendation, threshold, vocabulary
from resume_gap.report.text.numbers import exact
from resume_gap.results.analyze import Analysis

FEW_USERS = 25
MOSTLY = 0.9
MANY_LINES = 10
"""A document of fewer lines cannot say where in it somebody was."""


@dataclass(frozen=True)
class Log:
    """One real log, and how it was analyzed."""

    file: str
    title: str
    about: str
    options: dict[str, Any]
    command: str = ""


LOGS = (
    Log(
        "wikipedia_readers.parquet",
        "Readers of an encyclopaedia",
        "Page views of 10,000 readers (times and users are real, addresses are not theirs). "
        "From Ironholds/reconstructr, MIT.",
        {},
    ),
    Log(
        "editing_traces.parquet",
        "Every edit of six documents",
        "Code and prose, stamped to whole seconds, one clock per document. From "
        "josephg/editing-traces, CC BY 4.0.",
        {"map": {"stream": "document", "sequence": "txn", "position": "line"}, "near": 5},
        " --map stream=document,sequence=txn,position=line --near 5",
    ),
    Log(
        "zooniverse_tasks.parquet",
        "Tasks of citizen scientists",
        "Start and finish of every task, samples of larger logs. From zooniverse/Data-digging, "
        "MIT.",
        {},
    ),
    Log(
        "progsnap2_dart_course.parquet",
        "A programming course in the browser",
        "Edit, run and submit of 20 learners, the clock set to the year 2000. FITech set of "
        "Programming-Steps-Working-Group-2022/public-datasets, CC BY-SA 4.0.",
        {},
    ),
)


def seconds(value: float | None) -> str:
    """A figure of the summary, or a dash where it is null."""
    return "null" if value is None else exact(value)


def share(value: float | None) -> str:
    """A share in percent, or null."""
    return "null" if value is None else f"{value:.0%}"


def figures(found: Analysis) -> list[tuple[str, str]]:
    """The rows of a log's table."""
    limit, count, back = found.threshold, found.counts, found.reorientation
    grid = ", ".join(f"{row.returns:,} at {exact(row.seconds)}" for row in limit.sensitivity)
    mean = seconds(back.mean.estimate)
    if back.mean.ci_lower is not None:
        mean += f" [{seconds(back.mean.ci_lower)}, {seconds(back.mean.ci_upper)}]"
    elif back.mean.estimate is not None:
        mean += ", no interval"
    reasons = ", ".join(f"{name} {n:,}" for name, n in count.reasons.items() if n)
    return [
        ("events, users", f"{count.events:,}, {count.users:,}"),
        ("rows left out", ", ".join(f"{k} {n:,}" for k, n in found.rows.dropped.items()) or "none"),
        ("work", vocabulary.role(found, "productive", most=20) or "none"),
        ("inactivity threshold", f"{exact(limit.seconds)}, {limit.source}: {threshold.why(found)}"),
        ("returns", f"{count.returns:,} ({grid})"),
        ("returns by reason", reasons or "none"),
        ("interruptions", f"{count.interruptions:,} of {count.users_interrupted:,} users"),
        ("mean re-orientation time", mean),
        ("productive within the cap", share(back.productive_share)),
        ("productive at once", share(back.zero_share)),
        ("extra time vs. uninterrupted work", excess(found)),
        ("best target rule", target_rule(found)),
        ("recommendation", recommended(found)),
    ]


def excess(found: Analysis) -> str:
    """The excess, or why there is none."""
    extra = found.excess
    if extra.lower is None:
        return f"null: {extra.reason}"
    interval = (
        ""
        if extra.ci_lower is None
        else f" [{seconds(extra.ci_lower)}, {seconds(extra.ci_upper)}]: `{extra.word}`"
    )
    return f"{seconds(extra.lower)} to {seconds(extra.upper)}{interval}"


def target_rule(found: Analysis) -> str:
    """The best rule's hit rate and chance baseline, or why there is none."""
    marker = found.marker
    best = [p for p in marker.policies if p.name == marker.best]
    if not best or best[0].hit is None:
        return f"null: {marker.reason or 'order_unknown'}"
    return f"{best[0].name}: hit rate {share(best[0].hit)}, chance baseline {share(best[0].chance)}"


def recommended(found: Analysis) -> str:
    """The recommendation with its reason."""
    advice = found.marker.recommendation
    return "none" if advice is None else f"`{advice.word}`: {recommendation.because(found)}"


def conclusions(found: Analysis) -> list[str]:
    """What a reader should conclude, each sentence on a condition of the result."""
    count, back = found.counts, found.reorientation
    lines = []
    if back.reason == "no_productive_events":
        lines.append(
            "Nothing productive can be seen in this log: all figures of re-orientation are null "
            "with the reason `no_productive_events`, none is 0. It is good for the lengths of "
            "pauses and for nothing else."
        )
    if back.zero_share is not None and back.zero_share >= MOSTLY:
        lines.append(
            "Every return starts productive, for the log holds nothing but edits. A mean of 0 "
            "does not say that coming back is easy; it says that looking leaves no trace here."
        )
    if (
        count.returns
        and count.reasons["completed"]
        >= MOSTLY * (count.returns - count.reasons["idle"] - count.reasons["unknown"])
        and count.reasons["completed"]
    ):
        lines.append(
            "Work is finished one piece at a time and hardly ever interrupted: a marker has "
            "nothing to point back to."
        )
    if 0 < count.users_interrupted < FEW_USERS:
        lines.append(
            f"Only {count.users_interrupted:,} people were interrupted: too small for an "
            "interval, and for any decision."
        )
    if found.threshold.source == "fallback":
        lines.append(
            "The inactivity threshold is the convention of half an hour, not something these data"
            " teach."
        )
    return lines


def section(log: Log, folder: Path) -> list[str]:
    """One log's part of the page."""
    found = analyze(folder / log.file, **log.options)
    lines = [f"## {log.title}", "", log.about, ""]
    lines += ["```sh", f"resume-gap analyze {log.file}{log.command}", "```", ""]
    lines += ["| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in figures(found)]
    warned = [c.message for c in found.data_quality if c.severity != "note"]
    lines += ["", "Warnings: " + ("; ".join(warned) + "." if warned else "none."), ""]
    sentence = page(found).headline.sentence.rstrip(".")
    lines += [f"The report's headline: *{sentence}.*", ""]
    lines += ["What to conclude:", ""]
    lines += [f"- {sentence}" for sentence in conclusions(found)]
    return [*lines, ""]


BUCKETS = ((5, "up to 5 s"), (30, "5 to 30 s"), (300, "30 s to 5 min"), (None, "over 5 min"))


def last_edit(folder: Path) -> list[str]:
    """Where an arrow at the last edit would have pointed in each document, by length of the gap.

    Every gap over a second counts as a return here (`--gap 1s --all-returns`); the first event back
    is always an edit, so a hit says that it lies within five lines of the last one.
    """
    log = pl.read_parquet(folder / "editing_traces.parquet")
    lines = [
        "### Where was I: a marker at the last edit",
        "",
        "Share of the edits after a gap that lie within five lines of the last edit before it, by",
        "document and length of the gap; the number of gaps in brackets, chance (one of the last",
        "ten lines edited, at random) after the bar. Gaps of up to a second, four of five, are no",
        "returns here; with them the first column would be higher.",
        "",
        "```sh",
        (
            "resume-gap analyze DOCUMENT.parquet --map stream=document,sequence=txn,position=line"
            " --near 5 --gap 1s --all-returns"
        ),
        "```",
        "",
        "| document | " + " | ".join(name for _, name in BUCKETS) + " |",
        "|---|" + "---|" * len(BUCKETS),
    ]
    with tempfile.TemporaryDirectory() as temporary:
        for (document,), own in sorted(log.group_by("document"), key=lambda part: part[0]):
            if own["line"].n_unique() < MANY_LINES:
                continue
            file, out = Path(temporary, "document.parquet"), Path(temporary, str(document))
            own.write_parquet(file)
            options = {**LOGS[1].options, "near": 5, "gap": "1s", "all_returns": True}
            analyze(file, out=out, **options)
            found = pl.read_parquet(out / "interruptions.parquet")
            cells, low = [], 0.0
            for high, _ in BUCKETS:
                mine = found.filter(
                    pl.col("gap_seconds") > low, pl.col("gap_seconds") <= (high or float("inf"))
                )
                low = high or low
                hit, chance = mine.select(pl.col("last_touched_hit", "chance").mean()).row(0)
                cells.append(f"{hit:.1%} ({mine.height:,}) \\| {chance:.0%}")
            lines.append(f"| {document} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def main() -> None:
    """Analyze all logs and write the page."""
    folder = Path(sys.argv[1])
    target = Path(sys.argv[2] if len(sys.argv) > 2 else "docs/real-logs.md")
    about = (
        "Generated by `python benchmarks/real_logs.py FOLDER`; the logs are not in the "
        "repository. No option names the roles: what counts as work was suggested by name."
    )
    lines = ["# Four real logs", "", about, ""]
    for log in LOGS:
        lines += section(log, folder)
        if log.file == "editing_traces.parquet":
            lines += last_edit(folder)
    target.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

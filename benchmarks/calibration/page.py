"""The page and its JSON: two renderings of what was found; no clock, no machine."""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.calibration.gates import (
    CI_FEWEST_REPLICATIONS,
    CI_REPLICATIONS,
    ERRORS_ALLOWED,
    EXTENDED_REPLICATIONS,
    FULL_REPLICATIONS,
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    Records,
    Verdict,
    judge,
)
from benchmarks.calibration.registry import LATER

_WORDS: Final[Mapping[Verdict, str]] = {
    "holds": "holds",
    "within_error": "within error",
    "fails": "**FAILS**",
    "extend": "to be extended",
    "shown": "",
}
_WIDTH: Final = 100
_NO_BREAK: Final = "\u00a0%"
_DIGITS: Final = 6
"""Significant digits in the JSON: more differ between processors."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A gate with its figures and verdicts, one for one."""

    gate: Gate
    figures: tuple[Figure, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of them."""
        worst: tuple[Verdict, ...] = ("fails", "extend", "within_error", "holds", "shown")
        return next(v for v in worst if v in self.verdicts or v == "shown")


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a run found."""

    seed: int
    replications: int
    full: bool
    families: tuple[Family, ...]
    by_family: Mapping[str, tuple[Finding, ...]]
    apart: Mapping[str, int] = field(default_factory=dict)
    """Replications of the parts that a run of their own drew, if those are others."""

    def all(self) -> Iterator[Finding]:
        """In the order of the page."""
        for family in self.families:
            yield from self.by_family[family.name]

    def failed(self) -> list[tuple[Gate, Figure]]:
        """What lies outside its band."""
        return self._where("fails")

    def to_extend(self) -> set[str]:
        """Keys of the experiments that need more replications."""
        return {figure.experiment for _, figure in self._where("extend")}

    def _where(self, verdict: Verdict) -> list[tuple[Gate, Figure]]:
        return [
            (finding.gate, figure)
            for finding in self.all()
            for figure, own in zip(finding.figures, finding.verdicts, strict=True)
            if own == verdict
        ]


def judged(
    families: Sequence[Family], records: Records, *, seed: int, replications: int, full: bool
) -> Findings:
    """Every gate's figures with their verdicts."""
    by_family = {}
    for family in families:
        found = []
        for gate in family.gates:
            figures = tuple(gate.figures(records))
            verdicts = tuple(judge(gate, figure, full=full) for figure in figures)
            found.append(Finding(gate, figures, verdicts))
        by_family[family.name] = tuple(found)
    return Findings(seed, replications, full, tuple(families), by_family)


def joined(found: Findings, content: Mapping[str, Any], families: Sequence[Family]) -> Findings:
    """What a run of some parts found, in place of theirs on a page of all parts.

    Args:
        found: Of some of the families.
        content: Of `calibration.json`; what it lacks of the other families is left out.
        families: All, in the order of the page.
    """
    written = [part["name"] for part in content["parts"] if part["name"] not in found.by_family]
    kept = [family for family in families if family.name in written]
    parts = [part for part in content["parts"] if part["name"] in written]
    before = read_again({**content, "parts": parts}, kept)
    apart = {**before.apart, **dict.fromkeys(found.by_family, found.replications)}
    return Findings(
        before.seed,
        before.replications,
        before.full,
        tuple(f for f in families if f.name in written or f.name in found.by_family),
        {**before.by_family, **found.by_family},
        {name: n for name, n in apart.items() if n != before.replications},
    )


def read_again(content: Mapping[str, Any], families: Sequence[Family]) -> Findings:
    """The findings of `calibration.json`, with the words that gates and families have now.

    Raises:
        ValueError: The file is of other gates.
    """
    by_family = {}
    for part, family in zip(content["parts"], families, strict=True):
        found = []
        for written, gate in zip(part["gates"], family.gates, strict=True):
            figures = tuple(
                Figure(
                    one["experiment"],
                    one["label"],
                    one["value"],
                    one["monte_carlo_error"],
                    one["replications"],
                )
                for one in written["figures"]
            )
            verdicts = tuple(one["verdict"] for one in written["figures"])
            found.append(Finding(gate, figures, verdicts))
        by_family[family.name] = tuple(found)
    return Findings(
        content["seed"],
        content["replications"],
        content["rule"] == "full",
        tuple(families),
        by_family,
        {p["name"]: p["replications"] for p in content["parts"] if "replications" in p},
    )


def write(found: Findings, folder: Path) -> None:
    """`calibration.md` and `calibration.json`."""
    content = json.dumps(as_json(found), indent=1, allow_nan=False) + "\n"
    (folder / "calibration.json").write_text(content, encoding="utf-8")
    (folder / "calibration.md").write_text(as_markdown(found), encoding="utf-8")


# --- JSON ---


def as_json(found: Findings) -> dict[str, Any]:
    """The figures with bands, errors and seeds, as plain values."""
    return {
        "schema_version": 1,
        "seed": found.seed,
        "replications": found.replications,
        "rule": "full" if found.full else "ci",
        "failed": len(found.failed()),
        "parts": [
            {
                "name": family.name,
                **(
                    {"replications": found.apart[family.name]} if family.name in found.apart else {}
                ),
                "experiments": [_experiment(e) for e in family.experiments],
                "gates": [_gate(finding) for finding in found.by_family[family.name]],
            }
            for family in found.families
        ],
        "later": [name for name, _ in LATER],
    }


def _experiment(experiment: Experiment) -> dict[str, Any]:
    return {
        "key": experiment.key,
        "batch": experiment.batch,
        "parameters": dict(experiment.parameters),
    }


def _gate(finding: Finding) -> dict[str, Any]:
    gate = finding.gate
    band = None if gate.band is None else {"low": gate.band.low, "high": gate.band.high}
    return {
        "name": gate.name,
        "what": gate.what,
        "band": band,
        "band_of_method": gate.of_method if gate.band else None,
        "unit": gate.unit,
        "verdict": finding.verdict,
        "figures": [
            {
                "experiment": figure.experiment,
                "label": figure.label,
                "value": _rounded(figure.value),
                "monte_carlo_error": _rounded(figure.error),
                "replications": figure.n,
                "verdict": verdict,
            }
            for figure, verdict in zip(finding.figures, finding.verdicts, strict=True)
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{_DIGITS}g}") + 0.0


# --- Markdown ---


def as_markdown(found: Findings) -> str:
    """The page: rule, summary, a section for each part, what is still to come."""
    parts = [_filled(_head(found)), _summary(found)]
    parts += [
        _section(family, found.by_family[family.name], found.apart.get(family.name))
        for family in found.families
    ]
    parts += [_later()] if LATER else []
    return "\n\n".join(parts) + "\n"


def _head(found: Findings) -> str:
    rule = (
        f"A figure must lie in its band; outside it by under {ERRORS_ALLOWED} Monte Carlo errors "
        f"it is extended to {EXTENDED_REPLICATIONS:,} replications with the next seeds before it "
        "counts as failed."
        if found.full
        else f"This page was written by a run of fewer than {FULL_REPLICATIONS:,} replications "
        f"(CI takes {CI_REPLICATIONS}, and "
        f"down to {CI_FEWEST_REPLICATIONS} where no figure came near its band): it allows the band "
        f"plus {ERRORS_ALLOWED} Monte Carlo errors, said as *within error*. The full run asks for "
        f"the band itself and extends a "
        f"figure outside it by under {ERRORS_ALLOWED} errors to {EXTENDED_REPLICATIONS:,}."
    )
    return f"""\
# Calibration: does the tool say what is true?

Worlds are planted, so the truth is known; the product's own code is run on them; what it says is
compared. The gates are those of the method's section 10, as far as the code can answer them
today. This page is written by the run that found its figures; none of them is typed.

    python -m benchmarks.calibration          # {FULL_REPLICATIONS:,} replications
    python -m benchmarks.calibration --ci     # what CI runs: {CI_REPLICATIONS} or fewer

**{found.replications:,} replications** of a situation, fewer where n says so; seed {found.seed}.
Two runs of a seed give the same bytes, whatever the number of processes; figures, bounds and
parameters stand in [calibration.json](calibration.json).

**How to read it.** Every figure stands with its Monte Carlo standard error (+-): how far luck
moves it when the run is repeated with another seed. Shares carry Agresti and Coull's, which is not
0 at 0 %. n is the number of replications that say something. Where no band is named, the figure is
shown and not judged; bands marked (ours) are not the method's.

**The rule.** {rule} A gate that fails is never re-seeded or widened; what was found
out about it stands under its table."""


def _summary(found: Findings) -> str:
    lines = [
        "## Summary",
        "",
        "| part | gate | band | worst figure | verdict |",
        "|---|---|---|---|---|",
    ]
    for family in found.families:
        for finding in found.by_family[family.name]:
            if finding.gate.band is None:
                continue
            worst = _worst(finding)
            lines.append(
                f"| {family.name} | {finding.gate.name} | {_band(finding.gate)} | "
                f"{_value(worst, finding.gate)} ({worst.label}) | {_WORDS[finding.verdict]} |"
            )
    return "\n".join(lines)


def _worst(finding: Finding) -> Figure:
    """The figure furthest out, or nearest to a bound from within."""
    band = finding.gate.band or Band()

    def room(figure: Figure) -> float:
        if figure.value is None:
            return float("-inf")
        bounds = []
        if band.low is not None:
            bounds.append(figure.value - band.low)
        if band.high is not None:
            bounds.append(band.high - figure.value)
        return min(bounds)

    return min(finding.figures, key=room)


def _section(family: Family, findings: Sequence[Finding], apart: int | None) -> str:
    parts = [f"## {family.name.capitalize()}"]
    if apart is not None:
        parts.append(_filled(_apart(family, apart)))
    parts.append(_filled(f"**What was simulated.** {family.planted}"))
    parts += [_table(finding) for finding in findings]
    figures = {finding.gate.name: finding.figures for finding in findings}
    parts += ["### Where it is weak", _filled(family.weak(figures))]
    return "\n\n".join(parts)


def _apart(family: Family, replications: int) -> str:
    """What is said of a part that a run of its own drew."""
    rule = (
        ""
        if replications >= FULL_REPLICATIONS
        else f", so that the band plus {ERRORS_ALLOWED} Monte Carlo errors is allowed, shown as"
        " *within error*"
    )
    return (
        f"**{replications:,} replications**{rule}. This part was drawn by a run of its own:"
        f" `python -m benchmarks.calibration --only {family.name}`."
    )


def _table(finding: Finding) -> str:
    gate = finding.gate
    band = f" Band: **{_band(gate)}**." if gate.band else ""
    judged_here = gate.band is not None
    lines = [f"### {gate.name}", "", gate.what + band, ""]
    lines.append("| situation | figure | n |" + (" verdict |" if judged_here else ""))
    lines.append("|---|---|---|" + ("---|" if judged_here else ""))
    for figure, verdict in zip(finding.figures, finding.verdicts, strict=True):
        row = f"| {figure.label} | {_value(figure, gate)} | {figure.n:,} |"
        lines.append(row + (f" {_WORDS[verdict]} |" if judged_here else ""))
    if gate.found:
        lines += ["", gate.found]
    return "\n".join(lines)


def _band(gate: Gate) -> str:
    band = gate.band or Band()
    low, high = (_number(v, gate) if v is not None else "" for v in (band.low, band.high))
    text = f"{low} to {high}" if low and high else f"<= {high}" if high else f">= {low}"
    return text if gate.of_method else f"{text} (ours)"


def _value(figure: Figure, gate: Gate) -> str:
    if figure.value is None or figure.error is None:
        return "-"
    return f"{_number(figure.value, gate)} +- {_number(figure.error, gate)}"


def _number(value: float, gate: Gate) -> str:
    if gate.unit == "share":
        return f"{100 * value:.2f} %"
    tens = 10
    digits = 4 if gate.unit == "" and abs(value) < 1 else 3 if abs(value) < tens else 1
    text = f"{value:.{digits}f}"
    text = text.removeprefix("-") if float(text) == 0 else text
    return f"{text} s" if gate.unit == "s" else text


def _filled(text: str) -> str:
    """Paragraphs and list items wrapped anew, now that their figures stand in them."""
    done = []
    for block in text.split("\n\n"):
        if block.startswith(("#", "    ")):
            done.append(block)
            continue
        items = block.replace("\n- ", "\n\n- ").split("\n\n")
        wrapped = [
            textwrap.fill(
                " ".join(item.split()).replace(" %", _NO_BREAK),
                _WIDTH,
                subsequent_indent="  " if item.startswith("- ") else "",
                break_on_hyphens=False,
                break_long_words=False,
            )
            for item in items
        ]
        done.append("\n".join(wrapped).replace(_NO_BREAK, " %"))
    return "\n\n".join(done)


def _later() -> str:
    lines = [
        "## Still to come",
        "",
        "Gates of section 10 whose part of the tool does not exist yet; each joins with it.",
        "",
        "| part | gate |",
        "|---|---|",
    ]
    return "\n".join([*lines, *(f"| {name} | {band} |" for name, band in LATER)])

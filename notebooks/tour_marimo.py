"""From a log to a decision, in marimo: `marimo edit notebooks/tour_marimo.py`."""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import polars as pl

    import resume_gap as rg

    alt.renderers.enable("svg")  # pictures that ask for nothing
    samples = Path(__file__).resolve().parents[1] / "sample_events"
    log = pl.read_parquet(samples / "workday.parquet")
    mo.md("# From a log to a decision\n\nThe sample is simulated: two weeks of 90 people.")
    return log, mo, pl, rg


@app.cell
def _(mo):
    threshold = mo.ui.dropdown(
        ["auto", "3m", "6m", "15m", "30m"], value="auto", label="inactivity threshold"
    )
    threshold
    return (threshold,)


@app.cell
def _(log, rg, threshold):
    found = rg.analyze(log, gap=threshold.value, title="The sample")
    found
    return (found,)


@app.cell
def _(found, mo):
    mean = found.reorientation.mean
    mo.md(
        f"{found.counts.interruptions:,} interruptions of {found.counts.users_interrupted} people; "
        f"re-orientation took {mean.estimate:.0f} s "
        f"[{mean.ci_lower:.0f} s, {mean.ci_upper:.0f} s]."
    )
    return


@app.cell
def _(found):
    found.chart("gaps")
    return


@app.cell
def _(found, pl):
    found.interruptions.filter(pl.col("is_interruption")).group_by("gap_class").agg(
        pl.len().alias("interruptions"), pl.col("reorientation_seconds").mean().round(1)
    ).sort("interruptions", descending=True)
    return


if __name__ == "__main__":
    app.run()

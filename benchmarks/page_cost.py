"""What it costs to make a report of a result: CPU from the result to the files' bytes.

    python -m benchmarks.page_cost [LOG ...]

Analyzes each log (without any, the two samples, with groups), hands each result to a process of its
own, and prints the CPU seconds of its page and its JSON there, imports included, and the size of
the page.
"""

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import resume_gap
from benchmarks.example_reports import TRIAL, WORKDAY
from resume_gap.results.run import Run


def cost(result: Run) -> tuple[float, int]:
    """CPU seconds of a report's files, and bytes of its page."""
    before = time.process_time()
    from resume_gap.report.page import build  # noqa: PLC0415 - imports are part of the cost
    from resume_gap.report.render import html, jsonfile  # noqa: PLC0415

    page = html.render(build.page(result))
    jsonfile.summary(result)
    jsonfile.data_quality(result)
    return time.process_time() - before, len(page)


def results(logs: list[str]) -> dict[str, Run]:
    """By name, what is reported."""
    if logs:
        return {Path(log).name: resume_gap.analyze(log) for log in logs}
    trial = resume_gap.evaluate(
        TRIAL,
        assignments="sample_events/marker_trial_assignments.csv",
        marker=["shown=marker_shown"],
        by=["plan"],
    )
    return {"workday": resume_gap.analyze(WORKDAY, by=["device"]), "trial": trial}


def main() -> None:
    """Print a line a report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("logs", nargs="*")
    spawn = multiprocessing.get_context("spawn")
    for name, result in results(parser.parse_args().logs).items():
        with ProcessPoolExecutor(1, mp_context=spawn) as pool:
            seconds, size = pool.submit(cost, result).result()
        print(f"{name}: {seconds:.2f} s CPU, {size / 1000:,.0f} kB")


if __name__ == "__main__":
    main()

"""Replay and controls of a whole log, at every threshold, chunk by chunk."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import Bools, Ints, int32, named
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner, by_stream
from resume_gap.pipeline.steps import SEGMENT
from resume_gap.replay.chunks import Chunk, Sessions, chunk_of, read_chunks
from resume_gap.replay.collected import ROWS, Collected, Replays
from resume_gap.replay.matching import Asking, Controls, Matcher
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.policies import Described
from resume_gap.replay.replayer import Replay
from resume_gap.replay.return_rows import lags
from resume_gap.replay.returns import cap_us
from resume_gap.replay.stops import Stops
from resume_gap.replay.totals import Asked
from resume_gap.replay.touched import touched
from resume_gap.replay.waits import WaitRules, Waits, waits
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES
from resume_gap.system import progress
from resume_gap.system.threads import in_turn

_LAGS = "lags"
"""What the measurement says of the returns, on the shelf."""
_READ_BY_QUERIES = (
    "user_no",
    "stop_content",
    "return_content",
    "work_content",
    "stop_device_no",
    "return_device_no",
    "in_batch",
    "pointed_no",
    "target_return_us",
    "detours",
    "chance",
    "found",
    "found_us",
)
"""Columns of the returns in the relation `replays`, beside `lags` and those named by a pattern."""


@dataclass(frozen=True, slots=True)
class ReplayRules:
    """What the replay of a batch has to know; nothing of it needs the database.

    Attributes:
        asked: What is replayed, and how.
        contents: Meaning of the contents.
        waits: How a wait is read.
        user_of_stream: User number by stream_no.
        ends: End of the log by stream_no.
    """

    asked: Asked
    contents: Contents
    waits: WaitRules
    user_of_stream: Ints
    ends: Ints

    def collected(self, shelf: Shelf) -> Collected:
        """Empty sums, which will be on that shelf."""
        return Collected(self.asked, self.user_of_stream, shelf)


def replay(
    runner: Runner, shelf: Shelf, contents: Contents, asked: Asked, *, threads: int = 1
) -> Replays:
    """Replay the marker and match matched controls at every threshold.

    Args:
        runner: Holds `log_ends` and `streams`; `measure` has set its variables.
        shelf: Bursts, touches and moments of the log.
        contents: Meaning of the contents.
        asked: What is replayed, and how.
        threads: More than one: several batches are at work at a time.
    """
    rules = replay_rules(runner, contents, asked)
    collected = rules.collected(shelf.empty())

    def of_chunk(chunk: Chunk) -> Collected:
        found = collected.apart()
        _collect(found, chunk, rules)
        progress.add(chunk.events)
        return found

    with closing(in_turn(of_chunk, read_chunks(shelf, rules.ends), threads)) as every:
        for found in every:
            collected.join(found)
    return finished(runner, collected, contents)


def replay_rules(runner: Runner, contents: Contents, asked: Asked) -> ReplayRules:
    """What the replay has to know; arguments as those of `replay`."""
    return ReplayRules(
        asked=asked,
        contents=contents,
        waits=WaitRules(
            has_productive=bool(runner.variable("has_productive")), all_returns=asked.all_returns
        ),
        user_of_stream=by_stream(runner.read("22_stream_users"), "user_no"),
        ends=by_stream(runner.table("log_ends"), "log_end_us"),
    )


def replay_batch(batch: Mapping[str, pa.Table], rules: ReplayRules) -> Collected:
    """What the replay collects of one batch of the shelf, in memory."""
    found = rules.collected(Shelf(None))
    _collect(found, chunk_of(batch, rules.ends), rules)
    return found


def finished(runner: Runner, collected: Collected, contents: Contents) -> Replays:
    """The replay of all batches; its rows become the relation `replays`, with those of `lags`.

    Their order is that of the batches: by stream, and by time within it.
    """
    replays = collected.replays()
    runner.let(has_elements=bool(contents.label_element.any()))
    rows, lags_of_rows = replays.shelf.table(ROWS), replays.shelf.table(_LAGS)
    for name in filter(_is_read, rows.column_names):
        lags_of_rows = lags_of_rows.append_column(name, rows.column(name))
    runner.lend("replays", lags_of_rows)
    return replays


def _collect(collected: Collected, chunk: Chunk, rules: ReplayRules) -> None:
    """Replay one chunk at every threshold."""
    asked, contents = rules.asked, rules.contents
    collected.add_elements(chunk)
    mine = touched(chunk, Sessions.at(chunk.bursts, min(asked.grid_us)))
    replayer = Replay(mine, contents, near=asked.near)
    matcher = Matcher(chunk, contents, collected.user_of_stream, asked.tz)
    for threshold_us in sorted(asked.grid_us):
        sessions = Sessions.at(chunk.bursts, threshold_us)
        rows = waits(
            chunk.bursts,
            sessions,
            rules.waits,
            threshold_us=threshold_us,
            cap_us=cap_us(threshold_us),
        )
        mine = mine.merged(sessions)
        judged = replayer.at(mine, rows)
        controls = Controls(
            matcher, sessions, cap_us=rows.wait.cap_us, all_returns=asked.all_returns
        )
        asking = matcher.asking(sessions, rows.y_us)
        matched = controls.after_stop(asking[0].some(rows.counted))
        headline = threshold_us == asked.threshold_us
        outcomes = judged.outcomes
        if headline:
            described = replayer.described(judged, mine, rows.wait)
            outcomes = outcomes.with_flags(_flags(described))
        cells = collected.add(threshold_us, rows, asking[0].user_no, outcomes, matched)
        collected.add_controls(threshold_us, controls, cells)
        if headline:
            facts = _facts(chunk, sessions, asking[0]) | replayer.details(judged, mine, rows.wait)
            collected.add_headline(rows, facts | _shown(outcomes), matched)
            collected.shelf.put({_LAGS: _lags(chunk, sessions, rows, rules)})
            collected.add_first_back(controls.after_first_back(asking[1].some(rows.counted)))


def _lags(chunk: Chunk, sessions: Sessions, rows: Waits, rules: ReplayRules) -> pa.Table:
    """What the measurement says of the same returns."""
    bursts, of = chunk.bursts, rules.waits
    stops = Stops.of(bursts, sessions, of, threshold_us=rules.asked.threshold_us)
    return lags(bursts, sessions, stops, rows, has_productive=of.has_productive)


def _is_read(name: str) -> bool:
    """Whether queries read this column of the returns, beside those of `lags`."""
    hits = name.endswith(("_hit", "_search_us"))
    return hits or name in _READ_BY_QUERIES or name.startswith(SEGMENT)


def _facts(chunk: Chunk, sessions: Sessions, asking: Asking) -> dict[str, Any]:
    """What the published tables and the breakdowns ask of each return."""
    bursts = chunk.bursts
    first = sessions.first[sessions.returns]
    stopped = sessions.last[sessions.stops]
    length = int32(np.searchsorted(GAP_CLASS_ENDS_US, bursts.gap_us[first], side="left"))
    facts = {
        "user_no": asking.user_no,
        "cell": asking.cell,
        "stream_no": bursts.stream[first],
        "return_us": bursts.start_us[first],
        "stop_us": bursts.end_us[stopped],
        "gap_class": named(length, GAP_CLASSES),
        "stop_content": bursts.last_content[stopped],
        "return_content": bursts.first_content[first],
        "work_content": bursts.next_work_content[first],
        "stop_device_no": bursts.last_device[stopped],
        "return_device_no": bursts.first_device[first],
        "in_batch": bursts.begins_in_batch[first],
    }
    return facts | {name: values[stopped] for name, values in bursts.segments.items()}


def _shown(outcomes: Outcomes) -> dict[str, NDArray[Any]]:
    """What breakdowns ask of each return."""
    every = outcomes.columns()
    return {name: of for name, of in every.items() if not name.endswith("_addressable_us")}


def _flags(of: Mapping[str, Described]) -> dict[str, Bools]:
    """What only the headline threshold tells, every field as POLICY_FIELD."""
    return {
        f"{policy}_{f.name}": getattr(mine, f.name)
        for policy, mine in of.items()
        for f in fields(mine)
    }

"""Relations of the headline threshold to the parts of the frozen result.

Counts and medians over rows are descriptions; every interval comes from the per-user sums.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from resume_gap.analysis.gap_histogram import GapBlock, GapCounts, histogram
from resume_gap.analysis.time_to_work import counted_returns
from resume_gap.arrays import Ints
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.gap_counts import BINS_PER_OCTAVE, GAP_PARTS
from resume_gap.pipeline.intake import Intake
from resume_gap.pipeline.queries import Runner
from resume_gap.quality import small_groups
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES, REASONS
from resume_gap.results.run import Counts, Roles
from resume_gap.results.workday import StoppingPlace
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import AGENT, AWAY, COMPLETING, IGNORED, MARKER, PRODUCTIVE
from resume_gap.units import iso_instant

_PLACES = 10
_LEADING = 12


def instant(us: int | None) -> str | None:
    """Microseconds UTC to ISO text."""
    return None if us is None else iso_instant(us)


def gap_counts(shelf: Shelf, stats: pl.DataFrame) -> GapCounts:
    """Gaps per user and bin from the streams' counts.

    Args:
        shelf: Holds gap_counts.
        stats: stream_stats with user_no, one row per stream.
    """
    number = stats["user_no"].rank("dense").to_numpy() - 1
    index = np.zeros(int(stats["stream_no"].max()) + 1, dtype=np.int32)  # type: ignore[arg-type]
    index[stats["stream_no"].to_numpy()] = number
    return GapCounts(_GapBlocks(shelf, index), users=int(number.max()) + 1)


@dataclass(frozen=True, slots=True)
class _GapBlocks:
    """The gap counts of a shelf, read anew whenever they are asked for."""

    shelf: Shelf
    user_of_stream: Ints

    def __iter__(self) -> Iterator[GapBlock]:
        for table in self.shelf.batches("gap_counts"):
            yield GapBlock(
                user=self.user_of_stream[table.column("stream_no").to_numpy()],
                bin=table.column("bin").to_numpy().astype(np.int64),
                parts=table.column("parts").to_numpy(),
            )


def gap_histogram(counts: GapCounts) -> tuple[tuple[float, float], ...]:
    """(lower edge in seconds, gaps with users capped) for every bin that holds one."""
    hist = histogram(counts)
    return tuple(
        (float(2 ** ((hist.first + int(i)) / BINS_PER_OCTAVE)), float(hist.weight[i] / GAP_PARTS))
        for i in np.flatnonzero(hist.weight)
    )


def return_frame(runner: Runner) -> pl.DataFrame:
    """One slim row per return of the headline threshold, in no order; texts are categories."""
    return (
        runner.read("42_returns").pl().cast({"reason": pl.Categorical, "lag_end": pl.Categorical})
    )


def counts(frame: pl.DataFrame, sums: pl.DataFrame) -> Counts:
    """How many of each thing; sessions = streams + returns."""
    interruptions = frame.filter(pl.col("is_interruption"))
    classed = counted_returns(frame)
    followed, returned = int(sums["followed_7d"].sum()), int(sums["returned_7d"].sum())
    by_reason = dict(frame.group_by("reason").len().iter_rows())
    by_class = np.bincount(
        np.searchsorted(GAP_CLASS_ENDS_US, classed["gap_us"].to_numpy(), side="left"),
        minlength=len(GAP_CLASSES),
    )
    streams = int(sums["streams"].sum())
    return Counts(
        events=int(sums["events"].sum()),
        users=sums.height,
        users_interrupted=int((sums["interruptions"] > 0).sum()),
        streams=streams,
        sessions=streams + frame.height,
        returns=frame.height,
        interruptions=interruptions.height,
        not_returned=int(sums["not_returned"].sum()),
        reasons={reason: int(by_reason.get(reason, 0)) for reason in REASONS},
        gap_classes={name: int(n) for name, n in zip(GAP_CLASSES, by_class, strict=True)},
        followed_7d=followed,
        return_rate_7d=returned / followed if followed else None,
        device_changed=int(frame["device_changed"].sum() or 0),
        first_at=instant(sums["first_us"].min()),  # type: ignore[arg-type]
        last_at=instant(sums["last_us"].max()),  # type: ignore[arg-type]
    )


def roles(
    intake: Intake, used: np.ndarray, rows_used: int, names: small_groups.EventNames
) -> Roles:
    """The roles taken, with how much of the log they cover.

    Args:
        intake: Holds the event names with their roles.
        used: Events that took part by kind_no (`Tally.kinds`), idle events left out.
        rows_used: Rows that took part, idle events among them.
        names: Which event names may be shown.
    """
    kinds = intake.kinds

    def bearing(bit: int) -> tuple[str, ...]:
        return tuple(kinds.filter((pl.col("roles") & bit) != 0)["event"].unique().sort())

    events = int(used.sum())
    productive = int(used[(intake.contents.kind_roles[: len(used)] & PRODUCTIVE) != 0].sum())
    bits = {
        "productive": PRODUCTIVE,
        "completing": COMPLETING,
        "away": AWAY,
        "ignored": IGNORED,
        "marker": MARKER,
        "agent": AGENT,
    }
    bearers = {role: bearing(bit) for role, bit in bits.items()}
    shown = {role: names.shown(events) for role, events in bearers.items()}
    leading = kinds.group_by("event").agg(pl.col("n").sum())
    leading = leading.sort(["n", "event"], descending=[True, False])
    counted = names.counted(leading["event"].to_list(), list(bearers.values()))
    unnamed = {role: len(bearers[role]) - len(shown[role]) for role in bits}
    unnamed["leading"] = leading.height - len(counted)
    return Roles(
        source=intake.roles.source,
        **shown,
        productive_events=productive,
        productive_share=productive / events if events else 0.0,
        away_share=(rows_used - events) / rows_used if rows_used else 0.0,
        leading=tuple(leading.filter(pl.col("event").is_in(counted)).head(_LEADING).iter_rows()),
        unnamed={role: n for role, n in unnamed.items() if n},
    )


def has_productive(intake: Intake, used: np.ndarray) -> bool:
    """Whether any event that took part is productive.

    Args:
        intake: Holds the roles of the kinds.
        used: Events that took part by kind_no (`Tally.kinds`).
    """
    return bool(used[(intake.contents.kind_roles[: len(used)] & PRODUCTIVE) != 0].any())


def used_by_name(intake: Intake, used: np.ndarray) -> dict[str, int]:
    """Event name to its events that took part.

    Args:
        intake: Holds the event names.
        used: Events that took part by kind_no (`Tally.kinds`), idle events left out.
    """
    by_event = np.bincount(intake.contents.kind_event[: len(used)], weights=used)
    names = event_names(intake)
    return {names[no - 1]: int(by_event[no]) for no in np.flatnonzero(by_event)}


def event_names(intake: Intake) -> tuple[str, ...]:
    """(event_no - 1) the event names in the order of their numbers."""
    return tuple(intake.kinds.unique("event_no").sort("event_no")["event"])


def roles_by_name(intake: Intake) -> dict[str, int]:
    """Every event name of the log to its role bits by name, the most frequent first."""
    names = intake.kinds.group_by("event").agg(pl.col("n").sum())
    ordered = names.sort(["n", "event"], descending=[True, False])["event"]
    return {name: intake.roles.bits.get(name, 0) for name in ordered}


def week(frame: pl.DataFrame, settings: Settings) -> tuple[tuple[int, ...], ...]:
    """7 x 24 counts of mid-task stops by weekday (Monday first) and hour in the log's zone."""
    local = (
        frame.filter(pl.col("is_interruption"))["stop_us"]
        .cast(pl.Datetime("us", "UTC"))
        .dt.convert_time_zone(settings.tz)
    )
    cells = (local.dt.weekday().cast(pl.Int64) - 1) * 24 + local.dt.hour().cast(pl.Int64)
    flat = np.bincount(cells.to_numpy(), minlength=168)
    return tuple(tuple(int(n) for n in row) for row in flat.reshape(7, 24))


def places(
    runner: Runner, groups: small_groups.Groups
) -> tuple[tuple[StoppingPlace, ...], tuple[StoppingPlace, ...]]:
    """Where work stops most, none of a small group: elements last touched, and pages.

    Args:
        runner: Holds `lags` and `replays` of the headline threshold, and `labels`.
        groups: Which of them may be named.
    """
    elements = _most_stops(runner.read("43_places").pl(), groups)
    names: dict[int, str] = {}
    if elements:
        runner.let(asked_elements=list(elements))
        names = dict(runner.read("101_element_names").fetchall())
    mapped = runner.variable("log_columns")
    if not (isinstance(mapped, list) and "context" in mapped):
        return _named_places(elements, names), ()
    pages = _most_stops(runner.read("100_pages").pl(), groups)
    return _named_places(elements, names), _named_places(
        pages, dict(runner.read("45_contexts").fetchall())
    )


def _most_stops(rows: pl.DataFrame, groups: small_groups.Groups) -> dict[int, int]:
    """The places where work stops most with how often, those of small groups left out.

    Numbers of places stand in the order of their names.
    """
    user_no, place = rows["user_no"].to_numpy(), rows["place"].to_numpy()
    users = groups.users_of_large(user_no, place)
    number, n = np.unique(place, return_counts=True)
    order = np.lexsort((number, -n))
    stops = dict(zip(number[order].tolist(), n[order].tolist(), strict=True))
    candidates = [at for at in stops if at and at in users]
    kept = groups.named(users, groups.named(users, candidates)[:_PLACES])
    return {at: stops[at] for at in kept}


def _named_places(stops: Mapping[int, int], names: Mapping[int, str]) -> tuple[StoppingPlace, ...]:
    return tuple(StoppingPlace(target=names[at], interruptions=n) for at, n in stops.items())


def pseudonyms(runner: Runner, settings: Settings, users: Iterable[int]) -> dict[int, str]:
    """user_no to what a shared page calls that user: the rank in a seeded shuffle of the ids."""
    wanted = sorted(set(users))
    if not wanted:
        return {}
    if settings.show_ids:
        everybody = runner.read("91_user_ids").pl()
        return dict(everybody.filter(pl.col("user_no").is_in(wanted)).iter_rows())
    runner.let(seed=settings.seed)
    if not runner.has("pseudonyms"):
        # Asked for several times; the ids of all users are hashed for each.
        runner.make("44_pseudonyms")
    hashed = runner.table("pseudonyms").pl()
    hashes = hashed["reversed_hash"].to_numpy().byteswap()
    asked = hashed["user_no"].is_in(wanted).to_numpy()
    places = 1 + np.searchsorted(np.sort(hashes), hashes[asked])
    of = hashed["user_no"].to_numpy()[asked]
    return {user: f"user {at}" for user, at in zip(of.tolist(), places.tolist(), strict=True)}

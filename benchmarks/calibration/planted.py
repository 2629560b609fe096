"""Logs in which the hits of every target rule are planted: sessions leave five places behind.

Before a break a person works on one element most often, dwells on another, and ends with a third,
produces at a fourth and looks at a fifth. Work resumes at a place that is drawn knowing which is
which, so how often each policy points right is known without replaying anything.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.calibration.logs import Bools, Floats, Ints
from resume_gap.constants import TAU_CAP
from resume_gap.results.common import US

START_US: Final = 1_735_689_600 * US
_HOUR_US: Final = 3600 * US
PLACES: Final = 6
"""Elements of a person. All are touched before the first break, so chance is one in six."""
_MOST, _DWELT, _RECENT, _WORKED, _TOUCHED, _OTHER = range(PLACES)
_EVENTS: Final = ("edit_cell", "view")
_EDIT, _VIEW = 0, 1
_SUFFIX: Final = (
    *((_MOST, event) for event in (_EDIT, _VIEW, _EDIT, _VIEW)),
    (_DWELT, _VIEW),
    (_RECENT, _VIEW),
    (_WORKED, _EDIT),
    (_TOUCHED, _VIEW),
)
_LONGEST_SEARCH_US: Final = 250 * US
"""Shorter than any dwelling at the element dwelt on."""
_POINTED: Final = {
    "last_touched": (_TOUCHED,),
    "last_productive": (_WORKED,),
    "longest_dwell": (_DWELT,),
    "most_used": (_MOST,),
    "recent_three": (_TOUCHED, _WORKED, _RECENT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """How people come back.

    Attributes:
        users: of each world.
        returns: of a user of median activity, before the log's end takes some.
        activity_sigma: spread of the logarithm of that number; at most 60.
        knowing: share of the returns that go to one of the places of `shares`; the rest goes to
            any of the six.
        knowing_sigma: spread of that share between users, on the logit scale.
        shares: of the five places (most used, dwelt on, third last, last worked on, last
            touched) among those returns.
        leaves: share of the returns that are given up.
        at_once: share of the returns whose first event is the productive one.
        search_mean_seconds: until the place is touched, where there is a search.
        search_sigma: lognormal spread; a search ends after 250 s at most.
        search_user_sigma: the same between users.
    """

    users: int = 200
    returns: float = 5.0
    activity_sigma: float = 0.5
    knowing: float = 0.6
    knowing_sigma: float = 0.7
    shares: Sequence[float] = (0.2, 0.2, 0.0, 0.3, 0.3)
    leaves: float = 0.05
    at_once: float = 0.1
    search_mean_seconds: float = 30.0
    search_sigma: float = 0.8
    search_user_sigma: float = 0.3


@dataclass(frozen=True, slots=True)
class Log:
    """Worlds in one log, and by user what stands in it.

    Attributes:
        log: user_id, timestamp, event, target.
        until_us: Where it ends.
        columns: (people) planted sums over followed-up interruptions, named as in `ThresholdSums`:
            eligible, chance, chance_of_three, POLICY_hit, POLICY_search_us.
    """

    log: pl.DataFrame
    until_us: int
    columns: dict[str, Ints]


def draw_planted(seed: int, worlds: int, planted: Planted) -> Log:
    """Draw everybody's sessions, one return of everybody at a time."""
    rng = np.random.default_rng([seed, 4])
    people = worlds * planted.users
    until_us = START_US + 5 * 24 * _HOUR_US
    many = planted.returns * np.exp(planted.activity_sigma * rng.standard_normal(people))
    left = np.clip(np.rint(many), 1, 60).astype(np.int64)
    away_us = (until_us - START_US) / (left + 1)
    knows, slow = _habits(rng, people, planted)
    clock = START_US + np.rint(away_us * rng.random(people)).astype(np.int64)
    who = np.arange(people)
    interrupted = np.zeros(people, dtype=np.bool_)
    places = np.zeros((people, PLACES), dtype=np.int64)  # of the session before, by part
    rows: list[tuple[Ints, Ints, Ints, Ints]] = []
    sums: dict[str, Ints] = defaultdict(lambda: np.zeros(people, dtype=np.int64))
    first = True
    while len(who):
        n = len(who)
        gives_up = (rng.random(n) < planted.leaves) & (not first)
        part, search_us = _way_back(rng, planted, knows[who], slow[who])
        place = places[who, part]
        counted = interrupted[who] & (clock[who] + TAU_CAP.us <= until_us)
        # Everybody once, so that no user's sum is added to twice at a time.
        for name, values in _judged(part, search_us, works=~gives_up).items():
            sums[name][who[counted]] += values[counted]
        mine, end = _session(
            rng,
            clock[who],
            place,
            search_us,
            gives_up=gives_up,
            first=first,
            parts=np.argsort(rng.random((n, PLACES)), axis=1),
        )
        rows.append((who[mine.rank], mine.at, mine.event, mine.target))
        works = ~gives_up
        places[who[works]] = mine.parts[works]
        interrupted[who] = works
        pause = away_us[who] * np.exp(0.5 * rng.standard_normal(n) - 0.125)
        clock[who] = end + np.maximum(np.rint(pause).astype(np.int64), _HOUR_US)
        left[who] -= 1
        who = who[(left[who] >= 0) & (clock[who] < until_us)]
        first = False
    return Log(_log(rows, planted.users, until_us), until_us, dict(sums))


@dataclass(frozen=True, slots=True)
class _Session:
    rank: Ints
    at: Ints
    event: Ints
    target: Ints
    parts: Ints


def _session(
    rng: np.random.Generator,
    start: Ints,
    place: Ints,
    search_us: Ints,
    *,
    gives_up: Bools,
    first: bool,
    parts: Ints,
) -> tuple[_Session, Ints]:
    """One session of everybody: coming back, then the six places in their parts.

    Returns:
        Its events, and when it ends.
    """
    n = len(start)
    pieces: list[tuple[Ints, Ints, Any, Ints]] = []  # rank, at, event, target
    everybody = np.arange(n)
    nowhere = np.full(n, -1)

    def add(which: Ints, at: Ints, event: int, target: Ints) -> None:
        pieces.append((which, at[which], np.full(len(which), event), target[which]))

    if first:
        clock = start
        for number in range(PLACES):
            clock = clock + rng.integers(2 * US, 9 * US, n)
            add(everybody, clock, _EDIT, np.full(n, number))
    else:
        searches = np.flatnonzero((search_us > 0) | gives_up)
        add(searches, start, _VIEW, nowhere)
        goes = np.flatnonzero((search_us > 0) & ~gives_up)
        add(goes, start + search_us, _VIEW, place)
        looks = np.where(search_us > 0, rng.integers(1 * US, 20 * US, n), 0)
        clock = start + search_us + looks
        add(np.flatnonzero(~gives_up), clock, _EDIT, place)
    works = np.flatnonzero(~gives_up)
    for part, event in _SUFFIX:
        # Dwelling is measured to the next event: the one after the element dwelt on comes late.
        low, high = (300, 500) if part == _RECENT else (2, 9)
        clock = clock + rng.integers(low * US, high * US, n)
        add(works, clock, event, parts[:, part])
    rank, at, name, target = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return _Session(rank, at, name, target, parts), np.where(gives_up, start, clock)


def _habits(rng: np.random.Generator, people: int, planted: Planted) -> tuple[Floats, Floats]:
    """How often each user goes to one of `shares`, and how slowly each one searches."""
    logit = np.log(planted.knowing / (1 - planted.knowing)) if planted.knowing else -50.0
    normal = rng.standard_normal((2, people))
    sigma = planted.search_user_sigma
    knows = 1 / (1 + np.exp(-logit - planted.knowing_sigma * normal[0]))
    return knows, np.exp(sigma * normal[1] - sigma**2 / 2)


def _way_back(
    rng: np.random.Generator, planted: Planted, knows: Floats, slow: Floats
) -> tuple[Ints, Ints]:
    """For each return, the part of the session before to which it goes, and the search for it."""
    n = len(knows)
    part = np.searchsorted(np.cumsum(planted.shares), rng.random(n), side="right")
    anywhere = rng.random(n) >= knows
    part = np.where(anywhere, rng.integers(0, PLACES, n), part.clip(max=_TOUCHED))
    sigma = planted.search_sigma
    search = planted.search_mean_seconds * np.exp(sigma * rng.standard_normal(n) - sigma**2 / 2)
    search_us = np.rint(slow * search * US).astype(np.int64).clip(1000, _LONGEST_SEARCH_US)
    return part, np.where(rng.random(n) < planted.at_once, 0, search_us)


def _judged(part: Ints, search_us: Ints, *, works: Bools) -> dict[str, NDArray[Any]]:
    """What is true of each interruption, named as in `ThresholdSums`."""
    columns: dict[str, NDArray[Any]] = {
        "eligible": np.ones(len(part), dtype=np.int64),
        "chance": 2520 // PLACES * works,
        "chance_of_three": 2520 // 2 * works,
    }
    for policy, pointed in _POINTED.items():
        hit = works & np.isin(part, pointed)
        columns[f"{policy}_hit"] = hit.astype(np.int64)
        columns[f"{policy}_search_us"] = np.where(hit, np.maximum(search_us - US, 0), 0)
    return columns


def draw_sums(seed: int, worlds: int, planted: Planted) -> list[dict[str, Ints]]:
    """The same people without a log: by world all columns of `ThresholdSums`, by user.

    The habit is the most used or the other place, evenly; work begins up to 20 s after the place
    is touched.
    """
    found = []
    for world in range(worlds):
        rng = np.random.default_rng([seed, 5, world])
        users = planted.users
        many = planted.returns * np.exp(planted.activity_sigma * rng.standard_normal(users))
        user = np.repeat(np.arange(users), np.clip(np.rint(many), 1, 60).astype(np.int64))
        knows, slow = _habits(rng, users, planted)
        part, search_us = _way_back(rng, planted, knows[user], slow[user])
        n = len(user)
        works = rng.random(n) >= planted.leaves
        y_us = search_us + np.where(search_us > 0, rng.integers(1 * US, 20 * US, n), 0)
        y_us = np.where(works, y_us, TAU_CAP.us)
        columns = _judged(part, search_us, works=works)
        habit = np.where(rng.random(n) < 0.5, _MOST, _OTHER)
        columns |= {
            "reorientation_us": y_us,
            "habit_hit": works & (part == habit),
            "abandoned": ~works,
            # Whoever leaves comes back to the place that was meant.
            "later_work": ~works,
            "reached": works,
        }
        for policy in _POINTED:
            helped = (columns[f"{policy}_hit"] > 0) & (search_us > 0)
            right = np.isin(part, _POINTED[policy])
            columns |= {
                f"{policy}_gave_up_right": ~works & right,
                f"{policy}_addressable": helped,
                f"{policy}_addressable_us": np.where(helped, y_us, 0),
            }
        found.append(
            {
                name: np.bincount(user, weights=values, minlength=users).astype(np.int64)
                for name, values in columns.items()
            }
            | {"elements": np.full(users, PLACES)}
        )
    return found


def _log(rows: list[tuple[Ints, Ints, Ints, Ints]], users: int, until_us: int) -> pl.DataFrame:
    user, at, event, target = (np.concatenate(column) for column in zip(*rows, strict=True))
    kept = at < until_us
    people = range(int(user.max()) + 1)
    ids = pl.Series([f"w{u // users:04}-u{u % users:04}" for u in people])
    names = pl.Series([*(f"cell-{number}" for number in range(PLACES)), None])
    return pl.DataFrame(
        {
            "user_id": ids.gather(user[kept]),
            "timestamp": pl.Series(at[kept]).cast(pl.Datetime("us", "UTC")),
            "event": pl.Series(_EVENTS).gather(event[kept]),
            "target": names.gather(np.where(target[kept] < 0, PLACES, target[kept])),
        }
    )

"""Users and their ids."""

from typing import Final

from resume_gap import constants
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import DataFinding, listed, measured, share
from resume_gap.report.text.numbers import many
from resume_gap.results.common import SUSPECTS, Check


def _shared_id(check: Check) -> str:
    """Ids with far more events than usual."""
    return (
        f"{share(check):.0%} of all events are under {listed(check.names)}, each with over "
        f"{constants.SHARED_ID_MEDIANS.value:.0f} times the median user's: one id for many people?"
    )


def _restless(check: Check) -> str:
    """Users who never rest."""
    return (
        f"active in over {constants.BOT_HOURS.value:.0f} hours a day on over "
        f"{constants.BOT_DAYS.value:.0f} days, as no person is: {listed(check.names)}"
    )


def _listed_ids(check: Check) -> str:
    """Where the ids of users who never rest are listed, as far as a list can hold them."""
    without = round(check.figures.get("unlisted", 0))
    if not without:
        return f"ids in {SUSPECTS}; --exclude-users with a copy leaves them out"
    if without == check.count:
        whose = "the id keeps it" if without == 1 else "the ids keeps them"
        which = "the id without one" if without == 1 else "the ids without any"
        return (
            f"a line break in {whose} off any list of --exclude-users; write {which} before the"
            " analysis"
        )
    held = many(round(check.figures["listed"]), "id")
    rest = f"not {agreeing(without, 'that', 'those')} of {without:,} with a line break"
    return (
        f"{held} in {SUSPECTS}, but {rest}; --exclude-users with a copy leaves out those that it"
        " lists"
    )


def _unmatched(check: Check) -> str:
    """Ids to be excluded that no user has."""
    ids = "the only id" if check.count == 1 else f"none of the {check.count:,} ids"
    verb = "is no user" if check.count == 1 else "is a user"
    alike = round(check.figures["alike"])
    who = "1 user differs" if alike == 1 else f"{alike:,} users differ"
    more = f"; {who} from one of them by case or blanks only" if alike else ""
    return f"{ids} in the file of --exclude-users {verb} of this log, so nobody was left out{more}"


def _switch(check: Check) -> str:
    """Users who begin where another one ends."""
    return (
        f"{many(check.count, 'user')} ({share(check):.0%})"
        f" {agreeing(check.count, 'begins', 'begin')} within"
        f" {constants.IDENTITY_WINDOW.value:.0f} s of another user's last event"
        f" ({check.figures['expected']:,.0f} expected by chance): one person may appear under two"
        " ids, before and after signing in"
    )


def _at_returns(check: Check) -> str:
    """Returns that begin where another user ends."""
    return (
        f"{check.count:,} of {many(round(check.figures['returns']), 'return')} ({share(check):.0%})"
        f" {agreeing(check.count, 'begins', 'begin')} within"
        f" {constants.IDENTITY_WINDOW.value:.0f} s after the last event of another user"
        f" ({check.figures['expected']:,} by chance): people seem to come back under another id"
        " until they sign in, so re-orientation begins too late and cannot be trusted"
    )


def _alike(check: Check) -> str:
    """Ids that differ by case or blanks only."""
    ids = agreeing(check.count, "the id of 1 user", f"the ids of {check.count:,} users")
    return (
        f"{ids} ({share(check):.0%}) {agreeing(check.count, 'differs', 'differ')} from another's by"
        " case or blanks only: one person may count as two"
    )


def _accounts(check: Check) -> str:
    """Ids that sound like those of tests."""
    have = agreeing(check.count, "has an id that says", "have ids that say")
    return (
        f"{many(check.count, 'user')} with {share(check):.1%} of the rows {have} test, qa or demo"
    )


def _alternating(check: Check) -> str:
    """Visits that alternate between sets of elements, with the figures of the largest set."""
    before, after = (measured(check.figures, end) for end in ("with", "without"))
    return (
        f"visits under {many(check.count, 'id')} with {share(check):.0%} of the work alternate"
        " between sets of elements that have nothing in common, as where several people share"
        f" an id and take turns. With all visits: {before}. With those of the largest set of each"
        f" id: {after}"
    )


FINDINGS: Final = {
    "shared_user_id": DataFinding(
        message=_shared_id,
        action="look at them; --exclude-users leaves them out",
        short="one id may stand for many people.",
    ),
    "restless_users": DataFinding(
        message=_restless,
        action=_listed_ids,
        short="some users never rest, as no person does.",
    ),
    "excluded_users_unmatched": DataFinding(
        message=_unmatched,
        action="write the ids as the column of --user has them, one a line",
        short="the ids to exclude match no user.",
    ),
    "identity_switch": DataFinding(
        message=_switch,
        action="map an id that stays the same with --user COL, or join the ids before the analysis",
        short="some people may appear under two ids.",
    ),
    "identity_at_returns": DataFinding(
        message=_at_returns,
        action="map an id that stays the same with --user COL, or join the ids before the analysis",
        short="people seem to come back under another id.",
    ),
    "user_ids_alike": DataFinding(
        message=_alike,
        action="write each id alike before the analysis",
        short="some ids differ by case or blanks only.",
    ),
    "test_accounts": DataFinding(
        message=_accounts,
        action="list their ids in a file and leave them out with --exclude-users",
        short="some users' ids are called test, qa or demo.",
    ),
    "several_at_once": DataFinding(
        message=lambda c: (
            f"under {c.count:,} {'id' if c.count == 1 else 'ids'} with {share(c):.0%} of the work,"
            " it comes back to an element"
            f" within {constants.TURNS_WITHIN.value:.0f} s, over and over, after work on others:"
            " several people may work under one id at once"
        ),
        action="name a column that tells them apart with --user COL",
        short="several people may work under one id at once.",
    ),
    "alternating_sets": DataFinding(
        message=_alternating,
        action=(
            "name a column that tells people apart with --user COL, or projects with --map"
            " stream=COL"
        ),
        short="several people seem to share one id, taking turns.",
    ),
}

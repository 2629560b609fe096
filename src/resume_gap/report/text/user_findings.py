"""What was found about users and their ids, in sentences."""

from resume_gap import constants
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.event_findings import listed, share
from resume_gap.report.text.numbers import many
from resume_gap.results.common import SUSPECTS, Check


def shared_id(check: Check) -> str:
    """Ids with far more events than usual."""
    return (
        f"{share(check):.0%} of all events are under {listed(check.names)}, each with over "
        f"{constants.SHARED_ID_MEDIANS.value:.0f} times the median user's: one id for many people?"
    )


def restless(check: Check) -> str:
    """Users who never rest."""
    return (
        f"active in over {constants.BOT_HOURS.value:.0f} hours a day on over "
        f"{constants.BOT_DAYS.value:.0f} days, as no person is: {listed(check.names)}"
    )


def listed_ids(check: Check) -> str:
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


def unmatched(check: Check) -> str:
    """Ids to be excluded that no user has."""
    ids = "the only id" if check.count == 1 else f"none of the {check.count:,} ids"
    verb = "is no user" if check.count == 1 else "is a user"
    alike = round(check.figures["alike"])
    who = "1 user differs" if alike == 1 else f"{alike:,} users differ"
    more = f"; {who} from one of them by case or blanks only" if alike else ""
    return f"{ids} in the file of --exclude-users {verb} of this log, so nobody was left out{more}"


def switch(check: Check) -> str:
    """Users who begin where another one ends."""
    return (
        f"{many(check.count, 'user')} ({share(check):.0%})"
        f" {agreeing(check.count, 'begins', 'begin')} within"
        f" {constants.IDENTITY_WINDOW.value:.0f} s of another user's last event"
        f" ({check.figures['expected']:,.0f} expected by chance): one person may appear under two"
        " ids, before and after signing in"
    )


def at_returns(check: Check) -> str:
    """Returns that begin where another user ends."""
    return (
        f"{check.count:,} of {many(round(check.figures['returns']), 'return')} ({share(check):.0%})"
        f" {agreeing(check.count, 'begins', 'begin')} within"
        f" {constants.IDENTITY_WINDOW.value:.0f} s after the last event of another user"
        f" ({check.figures['expected']:,} by chance): people seem to come back under another id"
        " until they sign in, so re-orientation begins too late and cannot be trusted"
    )


def alike(check: Check) -> str:
    """Ids that differ by case or blanks only."""
    ids = agreeing(check.count, "the id of 1 user", f"the ids of {check.count:,} users")
    return (
        f"{ids} ({share(check):.0%}) {agreeing(check.count, 'differs', 'differ')} from another's by"
        " case or blanks only: one person may count as two"
    )


def accounts(check: Check) -> str:
    """Ids that sound like those of tests."""
    have = agreeing(check.count, "has an id that says", "have ids that say")
    return (
        f"{many(check.count, 'user')} with {share(check):.1%} of the rows {have} test, qa or demo"
    )

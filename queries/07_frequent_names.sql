-- One row per candidate for a suggested role that enough users have.
-- In a log of few people, all of whom the limit would ask for, half of them are enough.
-- Most candidates have them in the first rows, whichever those are; only for the others is the
-- whole log counted.
with limits as (
    select
        least(
            getvariable('role_min_users'),
            greatest(1, coalesce(max(streams.user_no), 0) // 2)
        ) as users
    from streams
),

first_rows as (
    select
        event,
        user_id
    from log
    limit 100000 -- noqa: AM09
),

early as (
    select first_rows.event
    from first_rows
    semi join candidates on first_rows.event = candidates.event
    group by first_rows.event
    having count(distinct first_rows.user_id) >= (select limits.users from limits)
),

others as (
    select candidates.event
    from candidates
    anti join early on candidates.event = early.event
)

select early.event
from early
union all
select log.event
from log
semi join others on log.event = others.event
group by log.event
having count(distinct log.user_id) >= (select limits.users from limits)

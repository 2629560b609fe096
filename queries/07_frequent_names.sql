-- One row per candidate for a suggested role that enough users have.
-- In a log of few people, all of whom the limit would ask for, half of them are enough.
with limits as (
    select
        least(
            getvariable('role_min_users'),
            greatest(1, coalesce(max(streams.user_no), 0) // 2)
        ) as users
    from streams
)

select log.event
from log
semi join candidates on log.event = candidates.event
group by log.event
having count(distinct log.user_id) >= (select limits.users from limits)

-- One row per event name asked about: some of its users, as many as it takes to be shown.
-- Asked about are names of which the pass over the events did not read every row. Rows of every
-- role count, in the range of time that is used.
with pairs as (
    select distinct
        log.event,
        log.user_id
    from log
    semi join asked_names on log.event = asked_names.event
    where log.at_us between getvariable('earliest_us') and getvariable('latest_us')
),

users as (
    select distinct
        user_id,
        user_no
    from streams
    where user_no is not null
)

select
    pairs.event,
    min(users.user_no, getvariable('named_users')) as users
from pairs
inner join users on pairs.user_id = users.user_id
group by pairs.event
order by pairs.event

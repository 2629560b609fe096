-- One row per event name and day since the launch: rows of users who take part.
-- Days are 24 hours long and counted from the launch; those before it are below 0.
with known as (
    select distinct user_id
    from streams
    where user_no is not null
)

select
    log.event,
    floor((log.at_us - getvariable('launch_us')) / getvariable('day_us'))::integer as day,
    count(*) as n
from log
semi join known on log.user_id = known.user_id
where
    not is_none(log.event)
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
group by all
order by log.event, day

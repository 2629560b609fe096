-- One row per UTC day of the log: its users, its rows, and the newest instant.
select
    log.at_us // 86400000000 as day_no,
    count(distinct streams.user_no) as users,
    count(*) as n,
    max(log.at_us) as newest_us
from log
inner join streams
    on
        log.user_id = streams.user_id
        and (not is_mapped('stream') or log.stream = streams.stream)
where
    streams.user_no is not null
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
group by log.at_us // 86400000000

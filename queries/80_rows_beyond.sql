-- One row: the newest instant before day_end_us, the rows from then on, and all rows.
select
    max(log.at_us) filter (where log.at_us < getvariable('day_end_us')) as newest_us,
    count(*) filter (where log.at_us >= getvariable('day_end_us')) as beyond,
    count(*) as n
from log
inner join streams on log.user_id = streams.user_id
where
    streams.user_no is not null
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')

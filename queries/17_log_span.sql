-- One row: the first and the last instant that is used, and the highest stream number.
select
    min(at_us) as first_us,
    max(at_us) as last_us,
    (select max(streams.stream_no) from streams) as last_stream_no
from log
where at_us between getvariable('earliest_us') and getvariable('latest_us')

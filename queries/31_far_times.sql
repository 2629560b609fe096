-- One row: how many times of an end and of arrival stand out of range beside a time in range.
select
    count(*) filter (where end_far) as end_far,
    count(*) filter (where received_at_far) as received_at_far
from log
where
    at_us >= getvariable('clock_from_us')
    and at_us < getvariable('clock_before_us')

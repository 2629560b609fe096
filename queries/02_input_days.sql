-- One row per input, UTC day, and whether a time was given: its rows, and the first and the last.
-- end_far and received_at_far count times beside a time in range that were out of range.
select
    input_no,
    at_us // 86400000000 as day,
    at_given,
    count(*) as n,
    min(at_us) as first_us,
    max(at_us) as last_us,
    count(*) filter (
        where (is_mapped('end') or is_mapped('duration'))
        and end_far
        and at_us >= getvariable('clock_from_us')
        and at_us < getvariable('clock_before_us')
    ) as end_far,
    count(*) filter (
        where is_mapped('received_at')
        and received_at_far
        and at_us >= getvariable('clock_from_us')
        and at_us < getvariable('clock_before_us')
    ) as received_at_far
from log
group by input_no, at_us // 86400000000, at_given

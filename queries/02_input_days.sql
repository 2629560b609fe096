-- One row per input, UTC day, and whether a time was given: its rows, and the first and the last.
select
    input_no,
    at_us // 86400000000 as day,
    at_given,
    count(*) as n,
    min(at_us) as first_us,
    max(at_us) as last_us
from log
group by input_no, at_us // 86400000000, at_given

-- One row per burst, in order: its stream, its first instant, and when its last event ended.
select
    stream_no,
    start_us,
    end_us,
    gap_us
from bursts
order by burst_no

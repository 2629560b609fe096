-- One row per threshold and return, in order: what the replay asks of its wait for work.
-- lag_us is never() where no productive event was seen.
select
    threshold_us,
    burst_no,
    is_interruption,
    eligible,
    coalesce(is_abandoned, false) as is_abandoned,
    coalesce(lag_us, never()) as lag_us,
    coalesce(reorientation_us, 0) as y_us
from waits
order by threshold_us, burst_no

-- One row per return at the headline threshold: what the counts and the medians are taken from, so
-- in no order.
select
    replays.stop_us,
    replays.gap_us,
    replays.reason,
    replays.is_interruption,
    replays.eligible,
    replays.lag_us,
    replays.lag_end,
    replays.abandoned_by_leaving,
    replays.reorientation_us,
    replays.target_return_us,
    case
        when replays.lag_end = 'observed' and getvariable('has_elements') then replays.detours
    end as detours,
    replays.in_batch,
    is_changed(replays.stop_device_no, replays.return_device_no) as device_changed
from replays

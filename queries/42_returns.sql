-- One row per return at the headline threshold: what the counts and the medians are taken from, so
-- in no order.
select
    lags.stop_us,
    lags.gap_us,
    lags.reason,
    lags.is_interruption,
    lags.eligible,
    lags.lag_us,
    lags.lag_end,
    lags.abandoned_by_leaving,
    lags.reorientation_us,
    replays.target_return_us,
    case
        when lags.lag_end = 'observed' and getvariable('has_elements') then replays.detours
    end as detours,
    replays.in_batch,
    is_changed(replays.stop_device_no, replays.return_device_no) as device_changed
from replays
inner join lags on replays.burst_no = lags.burst_no

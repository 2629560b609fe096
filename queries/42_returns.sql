-- One row per return at the headline threshold: what the counts and the medians are taken from.
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
    return_burst.begins_in_batch as in_batch,
    is_changed(stop_burst.last_device_no, return_burst.first_device_no) as device_changed
from bursts as return_burst
inner join sessions as back on return_burst.burst_no = back.first_burst_no
inner join replays on return_burst.burst_no = replays.burst_no
inner join lags on back.session_no = lags.session_no
inner join sessions as stopped on lags.stop_session_no = stopped.session_no
inner join bursts as stop_burst on stopped.last_burst_no = stop_burst.burst_no
order by lags.session_no

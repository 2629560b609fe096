-- One row per return, in the order of the published table.
-- Users, events and elements are numbers here, and instants and durations integer microseconds: the
-- writer gives them their names (93_returned_labels.sql) and their units. Texts would be sorted,
-- too, and joined to every row.
select
    replays.user_no,
    lags.stream_no,
    lags.stop_us,
    lags.return_us,
    lags.gap_us,
    gap_class(lags.gap_us) as gap_class,
    lags.reason,
    lags.is_interruption,
    replays.stop_content,
    replays.return_content,
    lags.return_us + lags.lag_us as first_productive_us,
    case when lags.lag_end = 'observed' then replays.work_content end as work_content,
    lags.lag_us,
    lags.lag_end,
    coalesce(lags.abandoned_by_leaving, false) as abandoned_by_leaving,
    lags.eligible,
    lags.reorientation_us,
    replays.target_return_us,
    case when lags.lag_end = 'observed' and getvariable('has_elements') then replays.detours end
        as detours,
    lags.next_stop_us,
    is_changed(replays.stop_device_no, replays.return_device_no) as device_changed,
    -- The hit of every target rule (last_touched_hit ...) and of the habit baseline (habit_hit).
    case
        when getvariable('has_elements') and getvariable('has_productive')
            then columns(lambda name: name like '%_hit') -- noqa: RF02
    end,
    case
        when getvariable('has_elements') and getvariable('has_productive')
            then replays.chance / 2520
    end as chance,
    -- Only those who are counted ask for matched controls.
    case
        when getvariable('has_productive') and lags.is_interruption and lags.eligible
            then replays.found
    end as own_slots,
    case when replays.found > 0 then replays.found_us // replays.found end as comparison_us
from lags
inner join replays on lags.burst_no = replays.burst_no
order by lags.stream_no, lags.return_us

-- One row per return, names restored: the published table.
-- Instants and durations stay integer microseconds here; the writer gives them their units.
select
    streams.user_id,
    lags.stream_no,
    lags.stop_us,
    lags.return_us,
    lags.gap_us,
    gap_class(lags.gap_us) as gap_class,
    lags.reason,
    lags.is_interruption,
    stop_kind.event as stop_event,
    nullif(stop_label.target, '') as stop_target,
    nullif(stop_label.context, '') as stop_context,
    return_kind.event as return_event,
    nullif(return_label.target, '') as return_target,
    lags.return_us + lags.lag_us as first_productive_us,
    case when lags.lag_end = 'observed' then work_kind.event end as first_productive_event,
    case when lags.lag_end = 'observed' then nullif(work_label.target, '') end
        as first_productive_target,
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
    pointed.* like '%_hit',
    pointed.chance / 2520 as chance,
    -- Only those who are counted ask for matched controls.
    case
        when getvariable('has_productive') and lags.is_interruption and lags.eligible
            then replays.found
    end as own_slots,
    case when replays.found > 0 then replays.found_us // replays.found end as comparison_us
from lags
inner join streams on lags.stream_no = streams.stream_no
inner join sessions as back on lags.session_no = back.session_no
inner join replays on back.first_burst_no = replays.burst_no
left join replays as pointed
    on
        back.first_burst_no = pointed.burst_no
        and getvariable('has_elements') and getvariable('has_productive')
inner join kinds as stop_kind on kind_of(replays.stop_content) = stop_kind.kind_no
inner join labels as stop_label
    on label_of(replays.stop_content) = stop_label.label_no
inner join kinds as return_kind on kind_of(replays.return_content) = return_kind.kind_no
inner join labels as return_label
    on label_of(replays.return_content) = return_label.label_no
left join kinds as work_kind
    on kind_of(replays.work_content) = work_kind.kind_no
left join labels as work_label
    on label_of(replays.work_content) = work_label.label_no
order by lags.stream_no, lags.return_us

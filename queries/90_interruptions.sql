-- One row per return, in the order of the published table, which is that of `replays`.
-- Users, events and elements are numbers here, instants and durations integer microseconds, and
-- chance is counted in parts of a hit: the writer gives them their names (97_returned_labels.sql)
-- and their units. Texts would be joined to every row.
select
    replays.user_no,
    replays.stream_no,
    replays.stop_us,
    replays.return_us,
    replays.gap_us,
    gap_class(replays.gap_us) as gap_class,
    replays.reason,
    replays.is_interruption,
    replays.stop_content,
    replays.return_content,
    replays.return_us + replays.lag_us as first_productive_us,
    case when replays.lag_end = 'observed' then replays.work_content end as work_content,
    replays.lag_us,
    replays.lag_end,
    coalesce(replays.abandoned_by_leaving, false) as abandoned_by_leaving,
    replays.eligible,
    replays.reorientation_us,
    replays.target_return_us,
    case when replays.lag_end = 'observed' and getvariable('has_elements') then replays.detours end
        as detours,
    replays.next_stop_us,
    is_changed(replays.stop_device_no, replays.return_device_no) as device_changed,
    -- The hit of every target rule (last_touched_hit ...) and of the habit baseline (habit_hit).
    case
        when getvariable('has_elements') and getvariable('has_productive')
            then columns(lambda name: name like '%_hit') -- noqa: RF02, RF03
    end,
    case
        when getvariable('has_elements') and getvariable('has_productive')
            then replays.chance
    end as chance,
    -- Only those who are counted ask for matched controls.
    case
        when getvariable('has_productive') and replays.is_interruption and replays.eligible
            then replays.found
    end as own_slots,
    case when replays.found > 0 then replays.found_us // replays.found end as comparison_us
from replays

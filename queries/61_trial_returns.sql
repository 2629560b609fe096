-- One row per return of a user of the trial, with what the replay says of it.
-- exposure numbers the followed-up interruptions from the assignment on; the first is what P1
-- measures. Everything else is history, or could not be followed up.
-- Of the replay come hit and search of every policy (last_touched_hit, last_touched_search_us ...),
-- target_return_us (from the return to the first touch of the element touched last)
-- and segment_1, segment_2 ...,
-- the value of each column of --by at the stop, 0 for none.
with placed as (
    select
        assigned.assigned_no,
        assigned.is_treated,
        assigned.assigned_us,
        replays.*,
        replays.return_us >= assigned.assigned_us as is_after
    from replays
    inner join streams on replays.stream_no = streams.stream_no
    inner join assigned on streams.user_no = assigned.user_no
)

select
    placed.assigned_no,
    placed.is_treated,
    placed.assigned_us,
    placed.stop_us,
    placed.return_us,
    placed.reason,
    placed.is_interruption,
    placed.eligible,
    placed.is_after,
    placed.lag_us,
    placed.lag_end,
    placed.reorientation_us,
    placed.next_stop_us,
    case
        when placed.is_interruption and placed.eligible and placed.is_after
            then row_number() over (
                partition by
                    placed.assigned_no,
                    placed.is_interruption and placed.eligible and placed.is_after
                order by placed.return_us, placed.stream_no
            )
    end as exposure,
    columns('_hit$|_search_us$|^segment_|^target_return_us$')
from placed
order by placed.assigned_no, placed.return_us, placed.stream_no

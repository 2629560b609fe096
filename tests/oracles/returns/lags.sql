-- One row per return: how long until work went on, and how the wait ended.
with waited as (
    select
        stops.stream_no,
        back.first_burst_no as burst_no,
        stops.stop_us,
        stops.return_us,
        stops.gap_us,
        stops.reason,
        getvariable('all_returns') or is_mid_task(stops.reason) as is_interruption,
        stops.return_us + getvariable('cap_us') <= stops.log_end_us as eligible,
        case
            when not getvariable('has_productive') then null
            when
                back.next_work_step <= back.last_step
                and back.next_work_step < coalesce(back.next_leaving_step, never())
                then 'observed'
            when back.next_leaving_step <= back.last_step then 'abandoned'
            when next_stop.session_no is not null then 'abandoned'
            else 'log_end'
        end as lag_end,
        coalesce(back.next_leaving_step <= back.last_step, false) as left_again,
        back.next_work_us - back.start_us as until_productive_us,
        next_stop.stop_us as next_stop_us
    from stops
    inner join sessions as back on stops.return_session_no = back.session_no
    left join stops as next_stop on stops.return_session_no = next_stop.session_no
)

select
    * exclude (until_productive_us, left_again),
    coalesce(lag_end = 'abandoned' and left_again, false) as abandoned_by_leaving,
    case when lag_end = 'observed' then until_productive_us end as lag_us,
    case
        when not eligible or lag_end is null then null
        when lag_end = 'observed' then least(until_productive_us, getvariable('cap_us'))
        else getvariable('cap_us')
    end as reorientation_us
from waited

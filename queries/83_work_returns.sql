-- One row per return: what `resume-gap sql` prints for another engine (sections 3 and 4).
-- Instants and durations are integer microseconds.
with neighbors as (
    select
        user_id,
        start_us,
        end_us,
        first_work_us,
        exit_us,
        lag(end_us) over (partition by user_id order by session_no) as stop_us,
        lag(worked_us) over (partition by user_id order by session_no) as worked_us,
        lag(completed_us) over (partition by user_id order by session_no) as completed_us,
        lead(start_us) over (partition by user_id order by session_no) as next_return_us,
        (select max(every_event.at_us) from work_events as every_event) as log_end_us
    from work_sessions
),

returns as (
    select
        user_id,
        stop_us,
        start_us as return_us,
        start_us - stop_us as gap_us,
        case
            when worked_us is null or worked_us < stop_us - getvariable('mid_task_window_us')
                then 'idle'
            when completed_us >= worked_us then 'completed'
            else 'mid_task'
        end as reason,
        start_us + getvariable('cap_us') <= log_end_us as eligible,
        case
            when first_work_us is not null and (exit_us is null or first_work_us <= exit_us)
                then 'observed'
            when
                exit_us is not null
                or next_return_us is not null
                or log_end_us - end_us > getvariable('threshold_us')
                then 'abandoned'
            else 'log_end'
        end as lag_end,
        first_work_us - start_us as until_work_us
    from neighbors
    where stop_us is not null
)

select
    user_id,
    stop_us,
    return_us,
    gap_us,
    reason,
    reason = 'mid_task' as is_interruption,
    eligible,
    lag_end,
    case when lag_end = 'observed' then return_us + until_work_us end as first_productive_us,
    case when lag_end = 'observed' then until_work_us end as lag_us,
    case
        when not eligible then null
        when lag_end = 'observed' and until_work_us < getvariable('cap_us') then until_work_us
        else getvariable('cap_us')
    end as reorientation_us
from returns

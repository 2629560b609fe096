-- One row per stop: the end of a session, with the session that follows it, if any.
-- reason says whether work stopped in the middle (section 3 of the method). A stop without a
-- return is a silence up to the end of the log that is longer than theta.
with stopped as (
    select
        sessions.session_no,
        sessions.stream_no,
        sessions.end_us as stop_us,
        sessions.last_productive_step,
        following.session_no as return_session_no,
        following.start_us as return_us,
        following.gap_us,
        labels.task_no,
        labels.context_no,
        following.away_before_us >= sessions.end_us as away_in_gap,
        coalesce(
            sessions.productive_end_us >= sessions.end_us - getvariable('mid_task_window_us'),
            false
        ) as worked_lately,
        log_ends.log_end_us
    from sessions
    inner join log_ends on sessions.stream_no = log_ends.stream_no
    left join sessions as following
        on
            sessions.session_no + 1 = following.session_no
            and sessions.stream_no = following.stream_no
    left join bursts on sessions.last_productive_step = bursts.last_productive_step
    left join labels on (bursts.last_productive_content & 4294967295) = labels.label_no
    where
        following.session_no is not null
        or log_ends.log_end_us - sessions.end_us > getvariable('theta_us')
),

completed_in as (
    select
        sessions.session_no,
        completions.task_no,
        completions.context_no,
        completions.last_step
    from completions
    asof inner join sessions on completions.burst_no >= sessions.first_burst_no
),

completed as (
    select distinct stopped.session_no
    from stopped
    inner join completed_in as done
        on stopped.session_no = done.session_no
    where
        done.last_step >= stopped.last_productive_step
        and case
            when done.task_no is not null and stopped.task_no is not null
                then done.task_no = stopped.task_no
            when done.context_no is not null and stopped.context_no is not null
                then done.context_no = stopped.context_no
            else done.task_no is null and done.context_no is null
        end
)

select
    stopped.session_no,
    stopped.stream_no,
    stopped.stop_us,
    stopped.return_session_no,
    stopped.return_us,
    stopped.gap_us,
    stopped.log_end_us,
    case
        when not getvariable('has_productive') then 'unknown'
        when not stopped.worked_lately then 'idle'
        when completed.session_no is not null then 'completed'
        when coalesce(stopped.away_in_gap, false) then 'away_event'
        else 'mid_task'
    end as reason
from stopped
left join completed on stopped.session_no = completed.session_no

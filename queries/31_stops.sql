-- One row per stop: the end of a session, with the session that follows it, if any.
-- reason says whether work stopped in the middle (section 3 of the method). A stop without a
-- return is a silence up to the end of the log that is longer than theta.
with stopped as (
    select
        sessions.session_no,
        sessions.stream_no,
        sessions.end_us as stop_us,
        following.session_no as return_session_no,
        following.start_us as return_us,
        following.gap_us,
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
    where
        following.session_no is not null
        or log_ends.log_end_us - sessions.end_us > getvariable('theta_us')
),

placed as (
    select
        sessions.session_no,
        sessions.last_productive_step,
        completions.task_no,
        completions.context_no
    from completions
    asof inner join sessions on completions.burst_no >= sessions.first_burst_no
    where completions.last_step >= sessions.last_productive_step
),

completed as (
    select distinct placed.session_no
    from placed
    inner join bursts on placed.last_productive_step = bursts.last_productive_step
    inner join labels on (bursts.last_productive_content & 4294967295) = labels.label_no
    where
        case
            when placed.task_no is not null and labels.task_no is not null
                then placed.task_no = labels.task_no
            when placed.context_no is not null and labels.context_no is not null
                then placed.context_no = labels.context_no
            else placed.task_no is null and placed.context_no is null
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

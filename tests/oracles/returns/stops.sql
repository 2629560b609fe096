-- One row per stop: the end of a session, with the session that follows it, if any.
select
    sessions.session_no,
    sessions.stream_no,
    sessions.end_us as stop_us,
    following.session_no as return_session_no,
    following.start_us as return_us,
    following.gap_us,
    log_ends.log_end_us,
    case
        when not getvariable('has_productive') then 'unknown'
        when
            coalesce(
                sessions.worked_until_us < sessions.end_us - getvariable('mid_task_window_us'),
                true
            ) then 'idle'
        when not sessions.is_open then 'completed'
        when following.away_before_us >= sessions.end_us then 'away_event'
        else 'mid_task'
    end as reason
from sessions
inner join log_ends on sessions.stream_no = log_ends.stream_no
left join sessions as following
    on
        sessions.session_no + 1 = following.session_no
        and sessions.stream_no = following.stream_no
where
    following.session_no is not null
    or log_ends.log_end_us - sessions.end_us > getvariable('threshold_us')

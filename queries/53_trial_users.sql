-- One row per user of the trial: the integer sums that its statistics stand on.
-- Names with _before are history; users without an event in the log have 0 everywhere.
with returned as (
    select
        streams.user_no,
        lags.*
    from lags
    inner join streams on lags.stream_no = streams.stream_no
),

came_back as (
    select
        assigned.assigned_no,
        count(*) filter (
            where returned.is_interruption and returned.return_us < assigned.assigned_us
        ) as interruptions_before,
        count(*) filter (
            where returned.is_interruption
            and returned.eligible
            and returned.return_us < assigned.assigned_us
        ) as eligible_before,
        coalesce(sum(returned.reorientation_us) filter (
            where returned.is_interruption and returned.return_us < assigned.assigned_us
        ), 0)::bigint as reorientation_before_us,
        count(*) filter (
            where returned.is_interruption and returned.return_us >= assigned.assigned_us
        ) as interruptions,
        count(*) filter (
            where returned.is_interruption
            and returned.eligible
            and returned.return_us >= assigned.assigned_us
        ) as eligible,
        count(*) filter (
            where returned.is_interruption
            and returned.eligible
            and returned.return_us >= assigned.assigned_us
            and returned.lag_us <= getvariable('cap_us')
        ) as productive,
        coalesce(sum(returned.reorientation_us) filter (
            where returned.is_interruption and returned.return_us >= assigned.assigned_us
        ), 0)::bigint as reorientation_us,
        -- Assigned within a cap after coming back: the marker may have been there before.
        bool_or(
            returned.is_interruption
            and assigned.assigned_us > returned.return_us
            and assigned.assigned_us <= returned.return_us + getvariable('cap_us')
        ) as is_late
    from assigned
    inner join returned on assigned.user_no = returned.user_no
    group by assigned.assigned_no
),

stopped as (
    select
        assigned.assigned_no,
        count(*) as followed_7d,
        count(*) filter (
            where stops.return_us - stops.stop_us <= getvariable('follow_up_us')
        ) as returned_7d
    from assigned
    inner join streams on assigned.user_no = streams.user_no
    inner join stops on streams.stream_no = stops.stream_no
    where
        stops.reason in ('mid_task', 'away_event', 'unknown')
        and stops.stop_us >= assigned.assigned_us
        and stops.stop_us + getvariable('follow_up_us') <= stops.log_end_us
    group by assigned.assigned_no
),

worked as (
    select
        assigned.assigned_no,
        sum(stream_stats.productive_us)::bigint as productive_ever_us,
        -- Work between a return and the assignment that it made is outcome: the marker was there.
        sum(
            stream_stats.productive_after_us
            + case
                when assigned.assigned_us < assigned.logged_us
                    then stream_stats.productive_just_before_us
                else 0
            end
        )::bigint as productive_us,
        min(stream_stats.first_us) < min(assigned.assigned_us) as has_history
    from assigned
    inner join streams on assigned.user_no = streams.user_no
    inner join stream_stats on streams.stream_no = stream_stats.stream_no
    where stream_stats.events > 0
    group by assigned.assigned_no
)

select
    assigned.assigned_no,
    assigned.user_no,
    assigned.is_treated,
    assigned.assigned_us,
    coalesce(worked.has_history, false) as has_history,
    coalesce(came_back.is_late, false) as is_late,
    coalesce(came_back.interruptions_before, 0) as interruptions_before,
    coalesce(came_back.eligible_before, 0) as eligible_before,
    coalesce(came_back.reorientation_before_us, 0) as reorientation_before_us,
    coalesce(worked.productive_ever_us - worked.productive_us, 0) as productive_before_us,
    coalesce(came_back.interruptions, 0) as interruptions,
    coalesce(came_back.eligible, 0) as eligible,
    coalesce(came_back.productive, 0) as productive,
    coalesce(came_back.reorientation_us, 0) as reorientation_us,
    coalesce(stopped.followed_7d, 0) as followed_7d,
    coalesce(stopped.returned_7d, 0) as returned_7d,
    coalesce(worked.productive_us, 0) as productive_us
from assigned
left join came_back on assigned.assigned_no = came_back.assigned_no
left join stopped on assigned.assigned_no = stopped.assigned_no
left join worked on assigned.assigned_no = worked.assigned_no
order by assigned.assigned_no

-- One row per user of the trial with an event: productive time, in all and from the assignment on.
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

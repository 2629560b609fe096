-- One row per user of the trial who came back: sums of the waits for work.
-- Names with _before are history: returns before the assignment.
with returned as (
    select
        assigned.assigned_no,
        assigned.assigned_us,
        lags.return_us,
        lags.return_us >= assigned.assigned_us as is_after,
        lags.eligible,
        lags.lag_us,
        lags.reorientation_us
    from assigned
    inner join streams on assigned.user_no = streams.user_no
    inner join lags on streams.stream_no = lags.stream_no
    where lags.is_interruption
)

select
    assigned_no,
    count(*) filter (where not is_after) as interruptions_before,
    count(*) filter (where not is_after and eligible) as eligible_before,
    coalesce(sum(reorientation_us) filter (where not is_after), 0)::bigint
        as reorientation_before_us,
    count(*) filter (where is_after) as interruptions,
    count(*) filter (where is_after and eligible) as eligible,
    count(*) filter (where is_after and eligible and is_reached(lag_us)) as productive,
    coalesce(sum(reorientation_us) filter (where is_after), 0)::bigint as reorientation_us,
    -- Assigned within a cap after coming back: the marker may have been there before.
    bool_or(
        assigned_us > return_us and assigned_us <= return_us + getvariable('cap_us')
    ) as is_late
from returned
group by assigned_no

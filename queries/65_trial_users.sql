-- One row per user of the trial: the integer sums that its statistics are made of.
-- Names with _before are history; users without an event in the log have 0 everywhere.
select
    assigned.assigned_no,
    assigned.unit_no,
    assigned.user_no,
    assigned.is_treated,
    assigned.assigned_us,
    coalesce(trial_work.has_history, false) as has_history,
    coalesce(trial_waits.is_late, false) as is_late,
    coalesce(trial_waits.interruptions_before, 0) as interruptions_before,
    coalesce(trial_waits.eligible_before, 0) as eligible_before,
    coalesce(trial_waits.reorientation_before_us, 0) as reorientation_before_us,
    coalesce(trial_work.productive_ever_us - trial_work.productive_us, 0)
        as productive_before_us,
    coalesce(trial_waits.interruptions, 0) as interruptions,
    coalesce(trial_waits.eligible, 0) as eligible,
    coalesce(trial_waits.productive, 0) as productive,
    coalesce(trial_waits.reorientation_us, 0) as reorientation_us,
    coalesce(trial_stops.followed_1d, 0) as followed_1d,
    coalesce(trial_stops.returned_1d, 0) as returned_1d,
    coalesce(trial_stops.followed_7d, 0) as followed_7d,
    coalesce(trial_stops.returned_7d, 0) as returned_7d,
    coalesce(trial_work.productive_us, 0) as productive_us
from assigned
left join trial_waits on assigned.assigned_no = trial_waits.assigned_no
left join trial_stops on assigned.assigned_no = trial_stops.assigned_no
left join trial_work on assigned.assigned_no = trial_work.assigned_no
order by assigned.assigned_no

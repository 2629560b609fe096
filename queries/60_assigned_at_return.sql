-- One row per user of the trial, assigned at the return that made the assignment, if one did.
-- Assignments move only backwards, and alike in both arms; logged_us stays as it was.
select
    assigned.assigned_no,
    assigned.unit_no,
    assigned.user_id,
    assigned.user_no,
    assigned.is_treated,
    coalesce(assigning_returns.return_us, assigned.assigned_us) as assigned_us,
    assigned.logged_us
from assigned
left join assigning_returns on assigned.assigned_no = assigning_returns.assigned_no
order by assigned.assigned_no

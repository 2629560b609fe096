-- One row per user of the trial, with the number of the unit that was assigned at random.
-- A unit with users in both arms is one in each; a user without a unit is one of its own.
select
    assigned.* replace (
        dense_rank() over (
            order by
                assigned.is_treated,
                unit_values.value nulls last,
                case when unit_values.value is null then assigned.assigned_no end
        )::integer as unit_no
    )
from assigned
left join unit_values on assigned.assigned_no = unit_values.assigned_no
order by assigned.assigned_no

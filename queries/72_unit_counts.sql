-- One row: users without a unit, users with several, and users of units that are in both arms.
with mixed as (
    select unit_values.value
    from unit_values
    inner join assigned on unit_values.assigned_no = assigned.assigned_no
    group by unit_values.value
    having count(distinct assigned.is_treated) = 2
)

select
    count(*) filter (where unit_values.value is null) as without_unit,
    count(*) filter (where not unit_values.is_single) as several,
    count(*) filter (where mixed.value is not null) as in_both_arms
from assigned
left join unit_values on assigned.assigned_no = unit_values.assigned_no
left join mixed on unit_values.value = mixed.value

-- One row per user of the trial and other column of the assignments: its value.
-- beside_places are the places of these columns in the segments; value is null where the user has
-- more than one.
with places as (
    select unnest(getvariable('beside_places')) as place
),

seen as (
    select
        assigned.assigned_no,
        places.place,
        assignment_rows.segments[places.place] as value
    from assignment_rows
    inner join assigned on assignment_rows.user_id = assigned.user_id
    cross join places
)

select
    assigned_no,
    place,
    case when min(value) = max(value) then min(value) end as value
from seen
where not is_blank(value)
group by assigned_no, place
order by place, assigned_no

-- One row per user of the trial and column that is named like a group of users: its value.
-- unit_rows are the rows of the log with those columns as a list; place is that in the list. value
-- is null where the user has more than one.
with placed as (
    select
        user_id,
        generate_subscripts(texts, 1) as place,
        unnest(texts) as value
    from unit_rows
)

select
    assigned.assigned_no,
    placed.place,
    case when is_single(placed.value) then min(placed.value) end as value
from placed
inner join assigned on placed.user_id = assigned.user_id
where not is_blank(placed.value)
group by assigned.assigned_no, placed.place
order by placed.place asc, assigned.assigned_no asc

-- One row per user of the trial and column that says what events came from: the value of most rows.
-- platform_rows are the rows of the log with those columns as a list; place is that in the list. Of
-- values that are equally frequent the last in the alphabet counts.
with placed as (
    select
        user_id,
        generate_subscripts(texts, 1) as place,
        unnest(texts) as value
    from platform_rows
),

counted as (
    select
        assigned.assigned_no,
        placed.place,
        placed.value,
        count(*) as n
    from placed
    inner join assigned on placed.user_id = assigned.user_id
    where not is_blank(placed.value)
    group by assigned.assigned_no, placed.place, placed.value
)

select
    assigned_no,
    place,
    arg_max(value, row(n, value)) as value
from counted
group by assigned_no, place
order by place asc, assigned_no asc

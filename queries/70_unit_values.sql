-- One row per user of the trial whose unit of randomization is known: its value.
-- unit_in says where: a column of the assignments (unit_place is its place in their segments) or of
-- the log. Of several values the earliest counts; is_single: there is no other.
with given as (
    -- Without other columns, the assignments have no segments.
    select
        null::varchar as user_id,
        null::bigint as at_us,
        null::varchar[] as segments
    where false
    union all by name
    select * from assignment_rows
),

seen as (
    select
        user_id,
        at_us,
        unit as value
    from log
    where getvariable('unit_in') = 'log'
    union all
    select
        user_id,
        at_us,
        segments[getvariable('unit_place')] as value
    from given
    where getvariable('unit_in') = 'assignments'
)

select
    assigned.assigned_no,
    arg_min(seen.value, row(seen.at_us, seen.value)) as value,
    is_single(seen.value) as is_single
from seen
inner join assigned on seen.user_id = assigned.user_id
where not is_blank(seen.value)
group by assigned.assigned_no

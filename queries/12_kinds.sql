-- One row per event name (and mark, where a role hangs on another column).
-- kind_no is the order of events of one instant: completing ones last, then by name, bytewise.
-- roles is a sum of 1 productive, 2 completing, 4 absence, 8 ignored, 16 said by the marker,
-- 32 an assignment.
with whole as (
    select * from names
    where not is_blank(event)
    union all by name
    select * from kind_columns
),

with_roles as (
    select
        whole.*,
        (coalesce(event_roles.roles, 0) | coalesce(whole.marks, 0))::integer as roles
    from whole
    left join event_roles on whole.event = event_roles.event
)

select
    *,
    dense_rank() over (order by event)::integer as event_no,
    row_number() over (order by is_completing(roles), event, marks)::integer as kind_no
from with_roles

-- One row per event name (and mark, where another column gives roles).
-- kind_no is the order of events of one instant: completing ones last, then by name, bytewise.
-- roles is a sum of 1 productive, 2 completing, 4 idle, 8 ignored, 16 written by the marker,
-- 32 an assignment, 64 an agent's. Of marks, 128 is no role: by a column it may be an agent's.
with with_roles as (
    select
        names.event,
        names.marks,
        names.n,
        (coalesce(event_roles.roles, 0) | names.marks & 127)::integer as roles
    from names
    left join event_roles on names.event = event_roles.event
    where not is_blank(names.event) and not is_none(names.event)
)

select
    *,
    dense_rank() over (order by event)::integer as event_no,
    row_number() over (order by is_completing(roles), event, marks)::integer as kind_no
from with_roles

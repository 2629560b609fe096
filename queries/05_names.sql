-- One row per event name as it stands in the log and mark (roles that another column gives).
with mapped as (
    select
        columns(lambda name: name = 'event' or (name = 'marks' and is_mapped(name))),
        count(*) as n
    from log
    group by all
),

whole as (
    select
        event,
        marks,
        null::bigint as n
    from no_rows
    union all by name
    select * from mapped
)

select
    event,
    coalesce(marks, 0)::utinyint as marks,
    n
from whole

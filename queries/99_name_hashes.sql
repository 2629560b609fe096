-- One row per name of the log: what it names (1 kind, 2 label, 3 stream), its hash, its number.
-- Hashed as in 98_hashed_events.sql; the number is 0 where rows of the name take no part.
select
    1 as what,
    hash(names.event, names.marks) as name_hash,
    case when kinds.kind_no is null or is_set_aside(kinds.roles) then 0 else kinds.kind_no end
        as number
from names
left join kinds on names.event = kinds.event and names.marks = kinds.marks
union all
select
    2 as what,
    if(is_mapped('context') or is_mapped('task'), hash(target, context, task), hash(target))
        as name_hash,
    label_no as number
from labels
union all
select
    3 as what,
    if(is_mapped('stream'), hash(user_id, stream), hash(user_id)) as name_hash,
    coalesce(stream_no, 0) as number
from streams

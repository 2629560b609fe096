-- One row per name of a kind (1) or stream (3) of the log: its hash, and its number.
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
    3 as what,
    if(is_mapped('stream'), hash(user_id, stream), hash(user_id)) as name_hash,
    coalesce(stream_no, 0) as number
from streams

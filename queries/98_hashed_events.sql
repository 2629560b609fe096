-- One row per row of the log with a time in range, in no order: its names as hashes.
-- What 95_unordered.sql joins is looked up outside of the engine, where no two names of the log
-- have the same hash (99_name_hashes.sql): every name is known, so that a hash stands for one.
-- id_hash is there where ids come again, as in 14_events.sql. Where all times are in range, asking
-- each row would cost as much as a hash of it.
with hashed as (
    select
        hash(event, marks) as kind_hash,
        if(is_mapped('context') or is_mapped('task'), hash(target, context, task), hash(target))
            as label_hash,
        if(is_mapped('stream'), hash(user_id, stream), hash(user_id)) as stream_hash,
        at_us,
        case when event_id is not null then hash(event_id) end as id_hash
    from log
    where
        getvariable('all_in_range')
        or at_us between getvariable('earliest_us') and getvariable('latest_us')
)

select columns(lambda name: name <> 'id_hash' or getvariable('ids_repeat'))
from hashed

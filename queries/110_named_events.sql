-- One row per row of the log with a time in range, in no order: names as hashes, and the element's
-- as it stands, where nearly every row has an element of its own.
-- The rest of 98_hashed_events.sql; label_hash is no hash of anything.
select
    hash(event, marks) as kind_hash,
    0::ubigint as label_hash,
    if(is_mapped('stream'), hash(user_id, stream), hash(user_id)) as stream_hash,
    at_us,
    if(is_none(target), '', target) as target
from log
where
    getvariable('all_in_range')
    or at_us between getvariable('earliest_us') and getvariable('latest_us')

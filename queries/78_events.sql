-- One row per event as in all_events, where an id comes again with other content its earliest row.
-- Read instead of all_events where ids do so.
select *
from all_events
where
    event_id is null
    or hash(event_id) not in (select repeated_hashes.id_hash from repeated_hashes)
union all
select * from unrepeated

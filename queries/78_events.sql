-- One row per event as in all_events, where an event id comes again its earliest delivery.
-- Read instead of all_events when event ids repeat.
select *
from all_events
where
    event_id is null
    or hash(event_id) not in (select repeated_hashes.id_hash from repeated_hashes)
union all
select * from unrepeated

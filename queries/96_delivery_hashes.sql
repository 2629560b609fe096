-- One row per event whose id may come again: hashes of the id and of the content.
-- The content is what deliveries of one event agree in: all but the times and what is not mapped,
-- and the id itself. Where ids that come again are listed, only events with the hash of one are
-- here; otherwise every event with an id is.
with suspects as (
    select * exclude (at_us, end_us, received_at_us, row_hash, segments, id_hash)
    from events
    where
        event_id is not null
        and (
            not getvariable('ids_are_listed')
            or hash(event_id) in (select repeated_hashes.id_hash from repeated_hashes)
        )
)

select
    hash(event_id) as id_hash,
    hash(suspects) as content_hash
from suspects

-- One row per event whose id may come again, its hash does: hashes of the id and of the content.
-- The content is what deliveries of one event agree in: all but the times and what is not mapped,
-- and the id itself.
with suspects as (
    select * exclude (at_us, end_us, received_at_us, row_hash, segments, id_hash)
    from events
    where
        event_id is not null
        and hash(event_id) in (select repeated_hashes.id_hash from repeated_hashes)
)

select
    hash(event_id) as id_hash,
    hash(suspects) as content_hash
from suspects

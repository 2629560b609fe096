-- One row per event whose id comes again with other content, or has the hash of such an id.
-- In most logs these are few; the exact rule reads them only.
select *
from events
where
    event_id is not null
    and hash(event_id) in (select repeated_hashes.id_hash from repeated_hashes)

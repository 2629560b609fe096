-- One row per row of the log with an event id: a hash of the id.
-- Only those of one part are read at a time, so that the hashes of a part fit into memory.
select hash(event_id) as id_hash
from log
where event_id is not null and hash(event_id) % getvariable('parts') = getvariable('part')

-- One row per row of the log with an event id: a hash of the id.
select hash(event_id) as id_hash
from log
where event_id is not null

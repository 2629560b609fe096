-- One row: how many of the deliveries repeat an event id, and how many ids do so with the same
-- content.
-- Deliveries of one event agree in everything but the times; what an id with other content names
-- is something else than one event.
with contents as (
    select * exclude (at_us, end_us, received_at_us, row_hash, segments, id_hash)
    from deliveries
),

hashed as (
    select
        event_id,
        hash(contents) as content_hash
    from contents
),

ids as (
    select
        count(*) as deliveries,
        is_single(content_hash) as agrees
    from hashed
    group by event_id
    having count(*) > 1
)

select
    coalesce(sum(deliveries - 1), 0)::bigint as repeated,
    coalesce(sum(deliveries - 1) filter (where not agrees), 0)::bigint as other,
    count(*) as ids,
    count(*) filter (where agrees) as agreeing_ids
from ids

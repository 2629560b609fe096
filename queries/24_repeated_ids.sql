-- One row: how many rows repeat an event id, and how many of those have other content.
-- A delivery that comes again is the same event; other content means that the column names
-- something else than one event.
with ids as (
    select
        count(*) as deliveries,
        count(distinct row(stream_no, at_us, content)) as contents
    from events
    where event_id is not null
    group by event_id
    having count(*) > 1
)

select
    coalesce(sum(deliveries - 1), 0)::bigint as repeated,
    coalesce(sum(contents - 1), 0)::bigint as other
from ids

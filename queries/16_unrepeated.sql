-- One row per event id, the earliest where an id comes again, and every event without an id.
-- Read instead of events when an event id is mapped. Events compare by their columns in order,
-- so the choice does not depend on the order of the rows.
select *
from events
where event_id is null
union all
select unnest(min({ 'at': at_us, 'event': events }).event)
from events
where event_id is not null
group by event_id

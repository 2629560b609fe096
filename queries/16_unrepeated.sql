-- One row per event id among the deliveries, the earliest where an id comes again.
-- Events compare by their columns in order, so the choice does not depend on the order of the rows.
select unnest(min({ 'at': at_us, 'event': deliveries }).event)
from deliveries
group by event_id

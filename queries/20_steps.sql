-- One row per event, each user's events in their order.
-- Read as a stream, never stored: the one pass over it makes the bursts and all that stands on
-- them (bursts, touches, moments, gap_counts, stream_stats).
select *
from events
order by all asc nulls last

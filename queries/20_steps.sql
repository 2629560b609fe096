-- One row per event, each stream's events in their order.
-- Read as a stream, never stored: the one pass over it makes the bursts and all that is made of
-- them (bursts, touches, moments, gap_counts, stream_stats).
-- Ordered by all columns of 14_events.sql as they stand there: stream_no, at_us, sequence, content,
-- end_us, device, event_id, received_at_us, variant, position, row_hash, then the columns of --by.
-- The order is that list in full, less what the log does not have, so it cannot name its columns.
select *
from events
order by all asc nulls last

-- One row per event, each stream's events in their order.
-- Read as a stream, never stored: the one pass over it makes the bursts and all that is made of
-- them (bursts, touches, moments, gap_counts, stream_stats).
-- step_columns are those of 14_events.sql that the input has (a null column would be sorted at a
-- price), and the order is by all of them as they stand there: stream_no, at_us, sequence, content
-- and so on.
select columns(lambda name: list_contains(getvariable('step_columns'), name))
from events
order by all asc nulls last

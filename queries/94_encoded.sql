-- One row per event, in no order: what distinguishes the events that the pass reads.
-- Read instead of 20_steps.sql on large logs whose step_columns are these three; they are put in
-- order outside of the engine, which would sort them on disk.
select
    stream_no,
    at_us,
    content
from events

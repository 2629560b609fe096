-- One row per event, in no order: the columns of 20_steps.sql.
-- Read where they are put in order outside of the engine, which would sort them on disk.
select columns(lambda name: list_contains(getvariable('step_columns'), name))
from events

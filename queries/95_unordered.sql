-- One row per event, in no order: the columns of 20_steps.sql.
-- Read where executors put the events in order, each those of some streams.
select columns(lambda name: list_contains(getvariable('step_columns'), name))
from events

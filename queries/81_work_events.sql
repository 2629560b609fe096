-- One row per event that takes part: what `resume-gap sql` reads of a log (81 to 83).
-- commands/sql.py puts the names of the log, the names of its events and the functions of an engine
-- there. Ends, idle events, tasks, contexts and the cleaning of a log are left to `analyze`.
select
    own_user as user_id,
    epoch_us(own_time) as at_us,
    list_contains(getvariable('productive'), own_event) as is_productive,
    list_contains(getvariable('complete'), own_event) as is_completing
from own_log
where
    own_user is not null
    and own_time is not null
    and own_event is not null
    and not list_contains(getvariable('ignored'), own_event)

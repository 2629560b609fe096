-- One row per event name as it stands in the log and mark (roles that another column gives).
select
    event,
    marks,
    count(*) as n
from log
group by event, marks

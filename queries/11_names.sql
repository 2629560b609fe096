-- One row per event name as it stands in the log (and mark, where a role hangs on another column).
select
    columns('^(event|marks)$'),
    count(*) as n
from log
group by all

-- One row per user and stream as they stand in the log (user_id, and stream where there is one).
select
    columns(lambda name: name = 'user_id' or (name = 'stream' and is_mapped(name))),
    count(*) as n
from log
group by all

-- One row per UTC day: the users who began a burst of events on it.
-- Read only of logs without streams of their own, where a stream is a user.
select
    start_us // 86400000000 as day_no,
    count(distinct stream_no) as users
from bursts
group by start_us // 86400000000

-- One row per stream that took part: what does not depend on any threshold, with its user.
select
    stream_stats.*,
    streams.user_no
from stream_stats
inner join streams on stream_stats.stream_no = streams.stream_no
order by stream_stats.stream_no

-- One row per user with an event: the streams, the events and the productive time of them.
-- What the user's stops and returns add up to is found with these (replay/user_counts.py).
select
    streams.user_no,
    count(*) as streams,
    sum(stream_stats.events)::bigint as events,
    min(stream_stats.first_us) as first_us,
    max(stream_stats.last_us) as last_us,
    sum(stream_stats.productive_us)::bigint as productive_us
from stream_stats
inner join streams on stream_stats.stream_no = streams.stream_no
where stream_stats.events > 0
group by streams.user_no
order by streams.user_no

-- One row per user who was active nearly around the clock on too many days: the id as given.
select streams.user_id
from stream_stats
inner join streams on stream_stats.stream_no = streams.stream_no
where stream_stats.restless_days > getvariable('bot_days')
group by streams.user_id
order by streams.user_id

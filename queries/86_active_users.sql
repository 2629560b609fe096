-- One row per day since the launch: users of whom a session begins or ends on it.
-- Days are 24 hours long and counted from the launch; those before it are below 0.
with ends as (
    select
        stream_no,
        start_us as at_us
    from sessions
    union all
    select
        stream_no,
        end_us as at_us
    from sessions
)

select
    floor((ends.at_us - getvariable('launch_us')) / getvariable('day_us'))::integer as day,
    count(distinct streams.user_no) as users
from ends
inner join streams on ends.stream_no = streams.stream_no
group by all
order by day

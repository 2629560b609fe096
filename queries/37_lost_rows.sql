-- One row per row that was dropped because it lacks a value, where it is known when it happened.
-- at_us is its time, else its time of arrival. stream_no is whose it was: its user's stream, else
-- the only stream that its device has; null where nothing says.
with lost as (
    select
        case
            when streams.refused is not null then streams.refused
            when not log.at_given then 'no_time'
            when log.at_us is null then 'unreadable_time'
            else 'no_event'
        end as reason,
        coalesce(log.at_us, log.received_at_us) as at_us,
        streams.stream_no,
        log.device
    from log
    inner join streams on log.user_id = streams.user_id and log.stream = streams.stream
    where
        streams.refused in ('no_user', 'placeholder_user')
        or (
            streams.refused is null
            and (log.at_us is null or is_blank(log.event) or is_none(log.event))
        )
),

devices as (
    select
        log.device,
        min(streams.stream_no) as stream_no
    from log
    inner join streams on log.user_id = streams.user_id and log.stream = streams.stream
    where
        streams.stream_no is not null
        and log.device in (
            select lost.device
            from lost
            where lost.stream_no is null
        )
    group by log.device
    having count(distinct streams.stream_no) = 1
)

select
    lost.reason,
    lost.at_us,
    coalesce(lost.stream_no, devices.stream_no) as stream_no
from lost
left join devices on lost.device = devices.device
where lost.at_us between getvariable('earliest_us') and getvariable('latest_us')
order by lost.reason, lost.at_us, coalesce(lost.stream_no, devices.stream_no)

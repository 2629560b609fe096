-- One row per user of the trial who was at work within first_seconds of the first return: the time
-- from this return to the first work after these seconds. Null where the user left before it, or
-- where none came within cap.
with returns as (
    select
        assigned.assigned_no,
        lags.stream_no,
        lags.return_us,
        lags.lag_us,
        row_number() over (
            partition by assigned.assigned_no
            order by lags.return_us, lags.stream_no
        ) as exposure
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    inner join assigned on streams.user_no = assigned.user_no
    where
        lags.is_interruption
        and lags.eligible
        and lags.return_us >= assigned.assigned_us
),

early as (
    select
        assigned_no,
        stream_no,
        return_us
    from returns
    where exposure = 1 and lag_us <= getvariable('first_seconds_us')
),

-- Of an event that was delivered several times, the earliest.
delivered as (
    select
        events.stream_no,
        events.content,
        min(events.at_us) as at_us
    from events
    semi join early on events.stream_no = early.stream_no
    group by
        events.stream_no,
        events.content,
        events.id_hash,
        case when events.id_hash is null then events.at_us end
),

afterwards as (
    select
        early.assigned_no,
        delivered.at_us - early.return_us as after_us,
        is_productive(kinds.roles) as is_work,
        is_completing(kinds.roles) as is_end
    from delivered
    inner join early on delivered.stream_no = early.stream_no
    inner join kinds on kind_of(delivered.content) = kinds.kind_no
    where delivered.at_us between early.return_us and early.return_us + getvariable('cap_us')
),

found as (
    select
        assigned_no,
        min(after_us) filter (where is_work and after_us > getvariable('first_seconds_us'))
            as work_us,
        min(after_us) filter (where is_end and not is_work) as left_us
    from afterwards
    group by assigned_no
)

select
    assigned_no,
    case when work_us <= coalesce(left_us, never()) then work_us end as later_us
from found
order by assigned_no

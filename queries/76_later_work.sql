-- One row per user of the trial who was at work within cap of the first return. later_us is the time
-- from this return to the first work after first_seconds, next_us that to the first work later than
-- pause_us after the user's first one: null where the user left before it, or where none came within
-- cap. is_clicked: the marker was clicked between the return and the first work.
with returns as (
    select
        assigned.assigned_no,
        assigned.user_id,
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

at_work as (
    select * from returns
    where exposure = 1 and lag_us <= getvariable('cap_us')
),

clicked as (
    select distinct at_work.assigned_no
    from at_work
    inner join log
        on
            at_work.user_id = log.user_id
            and log.at_us between at_work.return_us and at_work.return_us + at_work.lag_us
    where list_contains(getvariable('clicked_names'), log.event)
),

-- Of an event that was delivered several times, the earliest.
delivered as (
    select
        events.stream_no,
        events.content,
        min(events.at_us) as at_us
    from events
    semi join at_work on events.stream_no = at_work.stream_no
    group by
        events.stream_no,
        events.content,
        events.id_hash,
        case when events.id_hash is null then events.at_us end
),

afterwards as (
    select
        at_work.assigned_no,
        at_work.lag_us,
        delivered.at_us - at_work.return_us as after_us,
        is_productive(kinds.roles) as is_work,
        is_completing(kinds.roles) as is_end
    from delivered
    inner join at_work on delivered.stream_no = at_work.stream_no
    inner join kinds on kind_of(delivered.content) = kinds.kind_no
    where delivered.at_us between at_work.return_us and at_work.return_us + getvariable('cap_us')
),

found as (
    select
        assigned_no,
        min(after_us) filter (where is_work and after_us > getvariable('first_seconds_us'))
            as work_us,
        min(after_us) filter (where is_work and after_us > lag_us + getvariable('pause_us'))
            as further_us,
        min(after_us) filter (where is_end and not is_work) as left_us
    from afterwards
    group by assigned_no
)

select
    found.assigned_no,
    case when found.work_us <= coalesce(found.left_us, never()) then found.work_us end as later_us,
    case
        when found.further_us <= coalesce(found.left_us, never()) then found.further_us
    end as next_us,
    clicked.assigned_no is not null as is_clicked
from found
left join clicked on found.assigned_no = clicked.assigned_no
order by found.assigned_no

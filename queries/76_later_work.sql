-- One row per user of the trial at work within cap of the first return. later_us is the time from
-- this return to the first work after first_seconds, next_us to that over pause_us after the first
-- work: null where the user left before it, or where none came within cap. is_clicked: the marker
-- was clicked before the first work.
with firsts as (
    select
        assigned.assigned_no,
        assigned.user_id,
        lags.stream_no,
        lags.return_us,
        lags.lag_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    inner join assigned on streams.user_no = assigned.user_no
    where
        lags.is_interruption
        and lags.eligible
        and lags.return_us >= assigned.assigned_us
    qualify 1 = row_number() over (
        partition by assigned.assigned_no order by lags.return_us, lags.stream_no
    )
),

clicked as (
    select distinct firsts.assigned_no
    from firsts
    inner join log
        on
            firsts.user_id = log.user_id
            and log.at_us between firsts.return_us and firsts.return_us + firsts.lag_us
    where list_contains(getvariable('clicked_names'), log.event)
),

-- Of an event that was delivered several times, the earliest.
delivered as (
    select
        events.stream_no,
        events.content,
        min(events.at_us) as at_us
    from events
    semi join firsts on events.stream_no = firsts.stream_no
    group by
        events.stream_no,
        events.content,
        events.id_hash,
        case when events.id_hash is null then events.at_us end
),

afterwards as (
    select
        firsts.assigned_no,
        firsts.lag_us,
        delivered.at_us - firsts.return_us as after_us,
        is_productive(kinds.roles) as is_work,
        min(delivered.at_us - firsts.return_us) filter (
            where is_completing(kinds.roles) and not is_productive(kinds.roles)
        ) over (partition by firsts.assigned_no) as left_us
    from delivered
    inner join firsts on delivered.stream_no = firsts.stream_no
    inner join kinds on kind_of(delivered.content) = kinds.kind_no
    where
        delivered.at_us between firsts.return_us and firsts.return_us + getvariable('cap_us')
        and firsts.lag_us <= getvariable('cap_us')
),

worked as (
    select
        *,
        is_work and after_us <= coalesce(left_us, never()) as counts
    from afterwards
)

select
    assigned_no,
    min(after_us) filter (where counts and after_us > getvariable('first_seconds_us')) as later_us,
    min(after_us) filter (where counts and after_us > lag_us + getvariable('pause_us')) as next_us,
    assigned_no in (select clicked.assigned_no from clicked) as is_clicked
from worked
group by assigned_no
order by assigned_no

-- One row per pseudo-launch and user who was active in the time before it, with the wait for the
-- first followed-up interruption from the launch on; null where the log shows none.
-- The last launch is the end of the log: whom a trial would begin with today. With everybody, all
-- users of the log are at every launch.
with launches as (
    select
        unnest(range(len(getvariable('launches_us'))))::integer as launch_no,
        unnest(getvariable('launches_us')) as launch_us
),

active as (
    select distinct
        launches.launch_no,
        launches.launch_us,
        streams.user_no
    from sessions
    inner join streams on sessions.stream_no = streams.stream_no
    inner join launches
        on
            getvariable('everybody')
            or (
                sessions.start_us < launches.launch_us
                and sessions.end_us >= launches.launch_us - getvariable('active_before_us')
            )
),

interruptions as (
    select
        streams.user_no,
        lags.return_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    where lags.is_interruption and lags.eligible
)

select
    active.launch_no,
    active.user_no,
    min(interruptions.return_us) - active.launch_us as wait_us
from active
left join interruptions
    on
        active.user_no = interruptions.user_no
        and active.launch_us <= interruptions.return_us
group by active.launch_no, active.launch_us, active.user_no
order by active.launch_no, active.user_no

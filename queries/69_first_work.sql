-- One row per event name: users of the treatment arm whose work began with it very soon after a
-- return from an interruption (from the assignment on), and its share of the work in control.
with soon as (
    select
        assigned.user_id,
        lags.return_us + lags.lag_us as work_us
    from lags
    inner join streams on lags.stream_no = streams.stream_no
    inner join assigned on streams.user_no = assigned.user_no
    where
        assigned.is_treated
        and lags.is_interruption
        and lags.eligible
        and lags.return_us >= assigned.assigned_us
        and lags.lag_us <= getvariable('first_step_us')
),

work as (
    select distinct event
    from kinds
    where is_productive(roles)
),

in_control as (
    select
        log.event,
        count(*) / sum(count(*)) over () as share
    from log
    inner join assigned on log.user_id = assigned.user_id
    inner join work on log.event = work.event
    where
        not assigned.is_treated
        and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
    group by log.event
)

select
    log.event,
    count(distinct log.user_id) as users,
    coalesce(any_value(in_control.share), 0) as share_in_control
from log
inner join soon on log.user_id = soon.user_id and log.at_us = soon.work_us
inner join work on log.event = work.event
left join in_control on log.event = in_control.event
group by log.event
order by count(distinct log.user_id) desc, log.event

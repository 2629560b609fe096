-- One row per event name and arm: units of the trial who have it from their assignment on.
-- Units are users, unless others were assigned at random.
select
    log.event,
    assigned.is_treated,
    count(distinct assigned.unit_no) as units,
    count(*) as n
from log
inner join assigned on log.user_id = assigned.user_id
where
    not is_none(log.event)
    and log.at_us >= assigned.assigned_us
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')
group by log.event, assigned.is_treated
order by log.event, assigned.is_treated

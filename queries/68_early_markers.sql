-- One row: users of the treatment arm who saw a marker before their assignment.
select count(distinct assigned.assigned_no) as users
from log
inner join assigned on log.user_id = assigned.user_id
where
    assigned.is_treated
    and list_contains(getvariable('shown_names'), log.event)
    and log.at_us < assigned.assigned_us
    and log.at_us between getvariable('earliest_us') and getvariable('latest_us')

-- One row per user of the log, all of whom got the marker at one instant: a launch for everybody.
select
    user_no,
    any_value(user_id) as user_id,
    any_value(user_id) as unit,
    true as is_named,
    getvariable('launch_us')::bigint as launched_us
from streams
where user_no is not null
group by user_no
order by user_no

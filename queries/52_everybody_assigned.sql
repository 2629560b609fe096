-- One row per user of the log, all in control and assigned at one instant: a trial to plan.
select
    row_number() over (order by user_no)::integer as assigned_no,
    row_number() over (order by user_no)::integer as unit_no,
    any_value(user_id) as user_id,
    user_no,
    false as is_treated,
    getvariable('assigned_at_us')::bigint as assigned_us,
    getvariable('assigned_at_us')::bigint as logged_us
from streams
where user_no is not null
group by user_no
order by user_no

-- One row per user of the trial: in one of its two arms and in no other variant.
-- assigned_no numbers them in the order of their ids; user_no is null where the log has none.
-- unit_no numbers what was assigned at random: the users, until units are named.
-- logged_us stays where assigned_us is moved onto the return that made the assignment.
select
    row_number() over (order by user_id)::integer as assigned_no,
    row_number() over (order by user_id)::integer as unit_no,
    user_id,
    user_no,
    variants[1] = getvariable('treatment') as is_treated,
    assigned_us,
    assigned_us as logged_us
from variants
where
    len(variants) = 1
    and variants[1] in (getvariable('control'), getvariable('treatment'))
order by user_id

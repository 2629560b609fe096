-- One row per user id and variant, each as the assignment rows write it: rows that name the two.
-- timed are those of them with a time in range, at_us is their earliest instant. is_named says that
-- there are a user and a variant: neither is blank, and the user is no placeholder.
with judged as (
    select
        *,
        at_us >= getvariable('clock_from_us') and at_us < getvariable('clock_before_us')
            as in_range
    from assignment_rows
),

pairs as (
    select
        user_id,
        event,
        count(*) as n,
        count(*) filter (where in_range) as timed,
        min(at_us) filter (where in_range) as at_us
    from judged
    group by user_id, event
)

select
    *,
    lower(trim(event)) as variant,
    coalesce(not is_blank(user_id) and not is_placeholder(user_id) and not is_blank(event), false)
        as is_named
from pairs

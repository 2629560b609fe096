-- One row: how many assignments and users there are, and who was left out of the trial.
-- unusable rows have no readable time, no variant or no user; alike are assigned ids that the log
-- has in another case or with other blanks; named are users of the log in any variant.
with readings as (
    select
        lower(trim(event)) as variant,
        coalesce(
            at_us >= getvariable('clock_from_us')
            and at_us < getvariable('clock_before_us')
            and trim(event) <> ''
            and user_id <> '', false
        ) as is_usable
    from assignment_rows
),

reading as (
    select
        count(*) as n,
        count(*) filter (where not is_usable) as unusable,
        count(*) filter (where not is_usable and variant = getvariable('control'))
            as lost_control,
        count(*) filter (where not is_usable and variant = getvariable('treatment'))
            as lost_treatment
    from readings
),

sorted as (
    select
        count(*) filter (where len(variants) > 1) as both_arms,
        count(*) filter (
            where len(variants) = 1
            and variants[1] not in (getvariable('control'), getvariable('treatment'))
        ) as other_variants,
        count(user_no) as named
    from variants
),

known as (
    select
        count(distinct user_no) as log_users,
        min(user_id) as least_id
    from streams
    where user_no is not null
),

spelt_otherwise as (
    select count(*) as alike
    from assigned
    where
        user_no is null
        and lower(trim(user_id)) in (
            select lower(trim(streams.user_id))
            from streams
            where streams.user_no is not null
        )
),

counted as (
    select
        count(*) as assigned_users,
        count(user_no) as known_users,
        min(assigned_us) as first_us,
        max(assigned_us) as last_us,
        min(user_id) as least_assigned_id
    from assigned
)

select
    reading.n,
    reading.unusable,
    reading.lost_control,
    reading.lost_treatment,
    sorted.both_arms,
    sorted.other_variants,
    sorted.named,
    spelt_otherwise.alike,
    counted.assigned_users,
    counted.known_users,
    counted.first_us,
    counted.last_us,
    counted.least_assigned_id,
    known.log_users,
    known.least_id
from reading
cross join sorted
cross join spelt_otherwise
cross join counted
cross join known

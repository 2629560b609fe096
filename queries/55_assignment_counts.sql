-- One row: how many assignment rows there are, and how many cannot be used.
-- unusable rows have no readable time, no variant or no user; lost_control and lost_treatment are
-- those of them that name an arm.
with judged as (
    select
        lower(trim(event)) as variant,
        coalesce(
            at_us >= getvariable('clock_from_us')
            and at_us < getvariable('clock_before_us')
            and trim(event) <> ''
            and user_id <> '', false
        ) as is_usable
    from assignment_rows
)

select
    count(*) as n,
    count(*) filter (where not is_usable) as unusable,
    count(*) filter (where not is_usable and variant = getvariable('control')) as lost_control,
    count(*) filter (where not is_usable and variant = getvariable('treatment'))
        as lost_treatment
from judged

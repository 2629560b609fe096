-- One row: how many assignment rows there are, and how many cannot be used.
-- unusable rows have no readable time, no variant or no user; lost_control and lost_treatment are
-- those of them that name an arm.
with judged as (
    select
        variant,
        n,
        case when is_named then n - timed else n end as unusable
    from assignment_pairs
)

select
    coalesce(sum(n), 0)::bigint as n,
    coalesce(sum(unusable), 0)::bigint as unusable,
    coalesce(sum(unusable) filter (where variant = getvariable('control')), 0)::bigint
        as lost_control,
    coalesce(sum(unusable) filter (where variant = getvariable('treatment')), 0)::bigint
        as lost_treatment
from judged

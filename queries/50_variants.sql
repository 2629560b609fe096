-- One row per user in the assignments whose rows can be used, with the variants named for them.
-- The earliest instant counts; case and blanks around a variant's name do not. Users whom the log
-- refuses or leaves out are not there, nor are clocks of 1970. first_variant is null where two were
-- named at one instant.
with seen as (
    select
        user_id,
        variant,
        min(at_us) as at_us
    from assignment_pairs
    where is_named and timed > 0
    group by user_id, variant
),

known as (
    select distinct
        user_id,
        user_no
    from streams
    where user_no is not null
)

select
    seen.user_id,
    known.user_no,
    list(seen.variant order by seen.variant) as variants,
    min(seen.at_us) as assigned_us,
    case
        when coalesce(list_extract(list_sort(list(seen.at_us)), 2) > min(seen.at_us), true)
            then arg_min(seen.variant, seen.at_us)
    end as first_variant
from seen
left join known on seen.user_id = known.user_id
where seen.user_id not in (select excluded_users.user_id from excluded_users)
group by seen.user_id, known.user_no

-- One row per user in the assignments whose rows can be used, with the variants named for them.
-- The earliest instant counts; users whom the log refuses or leaves out are not there.
with seen as (
    select
        user_id,
        event as variant,
        min(at_us) as at_us
    from assignment_rows
    where user_id <> '' and event <> '' and at_us is not null
    group by all
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
    min(seen.at_us) as assigned_us
from seen
left join known on seen.user_id = known.user_id
where
    seen.user_id not in (select excluded_users.user_id from excluded_users)
    and not list_contains(getvariable('placeholder_ids'), seen.user_id)
group by all

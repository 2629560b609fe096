-- One row per user asked about: the rank in a seeded shuffle of the ids, which is the pseudonym.
with users as (
    select distinct
        user_no,
        user_id
    from streams
    where user_no is not null
),

ranked as (
    select
        user_no,
        user_id,
        row_number() over (
            order by md5(getvariable('seed') || '/' || user_id), user_id
        ) as place
    from users
)

select
    user_no,
    user_id,
    place
from ranked
where list_contains(getvariable('wanted_users'), user_no)

-- One row per user: the rank in a seeded shuffle of the ids, which is the pseudonym.
with users as (
    select distinct
        user_no,
        user_id
    from streams
    where user_no is not null
)

select
    user_no,
    user_id,
    row_number() over (
        order by md5(getvariable('seed') || '/' || user_id), user_id
    ) as place
from users

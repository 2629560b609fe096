-- One row per stream: whether its user is among those chosen by hash for the costly checks.
-- The first user of the shuffle always is; then as many as the limits of users and rows allow.
with users as (
    select
        user_no,
        any_value(user_id) as user_id,
        sum(n) as n
    from streams
    where stream_no is not null
    group by user_no
),

ranked as (
    select
        user_no,
        row_number() over shuffled as place,
        sum(n) over shuffled as rows_so_far
    from users
    window shuffled as (order by md5(getvariable('seed') || ':' || user_id), user_no)
)

select
    streams.stream_no,
    ranked.place <= getvariable('check_users')
    and (ranked.place = 1 or ranked.rows_so_far <= getvariable('check_events')) as is_sampled
from streams
inner join ranked on streams.user_no = ranked.user_no
where streams.stream_no is not null

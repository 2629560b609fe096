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

chosen as (
    select
        user_no,
        n,
        md5(getvariable('seed') || ':' || user_id) as place
    from users
    order by place, user_no
    limit getvariable('check_users')
),

ranked as (
    select
        user_no,
        row_number() over shuffled = 1
        or sum(n) over shuffled <= getvariable('check_events') as is_sampled
    from chosen
    window shuffled as (order by place, user_no)
)

select
    streams.stream_no,
    coalesce(ranked.is_sampled, false) as is_sampled
from streams
left join ranked on streams.user_no = ranked.user_no
where streams.stream_no is not null

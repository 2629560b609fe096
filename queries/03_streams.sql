-- One row per user and stream (a user without a stream column is one stream).
-- user_no and stream_no number them in the order of their ids, bytewise, so that no later step
-- carries text; stream_no is null where the id is refused, and refused says why.
with whole as (
    select
        user_id,
        stream,
        null::bigint as n
    from no_rows
    union all by name
    select * from seen_streams
),

seen as (
    select
        user_id,
        coalesce(stream, '') as stream,
        n
    from whole
),

judged as (
    select
        *,
        case
            when is_blank(user_id) then 'no_user'
            when user_id in (select excluded_users.user_id from excluded_users) then 'excluded_user'
            when is_placeholder(user_id) then 'placeholder_user'
        end as refused
    from seen
)

select
    *,
    case
        when refused is null
            then dense_rank() over (order by refused is not null, user_id)
    end::integer as user_no,
    case
        when refused is null
            then row_number() over (order by refused is not null, user_id, stream)
    end::integer as stream_no
from judged

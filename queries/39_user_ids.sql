-- One row: users, those whose ids differ from another's by case or blanks only, and the users and
-- rows of ids that say test, qa or demo.
with users as (
    select
        user_id,
        sum(n) as n
    from streams
    where refused is null
    group by user_id
),

alike as (
    select
        -- Few ids begin or end with what may be a blank, and cutting takes as long as all the rest.
        lower(
            case
                when user_id[1] between '!' and '~' and user_id[-1] between '!' and '~'
                    then user_id
                else trim(user_id)
            end
        ) as plain,
        count(*) as users,
        sum(n) as n
    from users
    group by plain
),

judged as (
    select
        users,
        n,
        regexp_matches(
            plain,
            '(^|[^a-z])(test|tester|testuser|qa|demo|dummy|e2e|loadtest|sandbox)([^a-z]|$)'
        ) as is_test
    from alike
)

select
    coalesce(sum(users), 0)::bigint as users,
    coalesce(sum(users) filter (where users > 1), 0)::bigint as alike_users,
    coalesce(sum(users) filter (where is_test), 0)::bigint as test_users,
    coalesce(sum(n) filter (where is_test), 0)::bigint as test_rows,
    coalesce(sum(n), 0)::bigint as n
from judged

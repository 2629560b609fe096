-- One row: users, those whose ids differ from another's by case or blanks only, and the users and
-- rows of ids that say test, qa or demo.
with users as (
    select
        user_id,
        lower(trim(user_id)) as plain,
        sum(n) as n
    from streams
    where refused is null
    group by user_id
),

judged as (
    select
        n,
        count(*) over (partition by plain) > 1 as is_alike,
        regexp_matches(
            plain,
            '(^|[^a-z])(test|tester|testuser|qa|demo|dummy|e2e|loadtest|sandbox)([^a-z]|$)'
        ) as is_test
    from users
)

select
    count(*) as users,
    count(*) filter (where is_alike) as alike_users,
    count(*) filter (where is_test) as test_users,
    coalesce(sum(n) filter (where is_test), 0)::bigint as test_rows,
    coalesce(sum(n), 0)::bigint as n
from judged

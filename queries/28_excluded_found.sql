-- One row: users of the log that were to be left out, and those that were not although their ids
-- differ from one that was given by case or blanks only.
select
    count(distinct user_id) filter (where refused = 'excluded_user') as found,
    count(distinct user_id) filter (
        where
        refused is null
        and lower(trim(user_id)) in (
            select lower(trim(excluded_users.user_id)) from excluded_users
        )
    ) as alike
from streams

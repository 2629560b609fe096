-- One row: users of the trial, when they were assigned, and how their ids fit those of the log.
-- alike are assigned ids that the log has in another case or with other blanks.
with known as (
    select
        count(distinct user_no) as log_users,
        min(user_id) as least_id
    from streams
    where user_no is not null
),

known_ids as (
    select distinct lower(trim(user_id)) as user_id
    from streams
    where user_no is not null
),

counted as (
    select
        count(*) as assigned_users,
        count(assigned.user_no) as known_users,
        count(*) filter (where assigned.user_no is null and known_ids.user_id is not null)
            as alike,
        min(assigned.assigned_us) as first_us,
        max(assigned.assigned_us) as last_us,
        min(assigned.user_id) as least_assigned_id
    from assigned
    left join known_ids on lower(trim(assigned.user_id)) = known_ids.user_id
)

select
    counted.*,
    known.*
from counted
cross join known

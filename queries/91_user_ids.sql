-- One row per user: the id as given.
select
    user_no,
    any_value(user_id) as user_id
from streams
where user_no is not null
group by user_no

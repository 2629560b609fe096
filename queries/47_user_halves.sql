-- One row per user: in which half of the users a hash of the seed and the id puts it, 0 or 1.
select distinct
    user_no,
    (md5_number_lower(getvariable('seed') || ':half:' || user_id) % 2)::integer as half
from streams
where user_no is not null
order by user_no

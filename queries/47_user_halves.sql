-- One row per user: in which half of the users one bit of a hash of the seed and the id puts it, 0
-- or 1. The hash as a number (md5_number) takes three times as long.
select distinct
    user_no,
    contains('13579bdf', md5(getvariable('seed') || ':half:' || user_id)[18])::integer as half
from streams
where user_no is not null

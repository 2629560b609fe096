-- One row per user: the first eight bytes of a seeded hash of the id, the last byte first. The rank
-- among all users in the order of the hashes is the pseudonym; few are ever asked for, so nothing
-- is put in order here. Half of a hash takes three times as long where it is asked for as a half.
select
    user_no,
    (
        md5_number(getvariable('seed') || '/' || any_value(user_id))
        & 18446744073709551615::uhugeint
    )::ubigint as reversed_hash
from streams
where user_no is not null
group by user_no

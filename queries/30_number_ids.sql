-- One row: how many users have an id that another user's id writes without a fraction (1.0 and 1),
-- which is what becomes of a column of numbers in which one is missing; and how many have an id
-- that is a number without its last digits: with an exponent, or beyond what floating point holds.
with written as (
    select
        user_id,
        case
            when contains(user_id, '+')
                then regexp_full_match(user_id, '\d([.,]\d+)?[eE]\+\d+')
        end as has_exponent,
        case when ends_with(user_id, '.0') then left(user_id, -2) end as whole
    from streams
    where stream_no is not null
)

select
    count(distinct user_id) filter (where whole in (select streams.user_id from streams)) as twice,
    count(distinct user_id) filter (
        where has_exponent or try_cast(whole as uhugeint) >= 9007199254740992
    ) as rounded
from written

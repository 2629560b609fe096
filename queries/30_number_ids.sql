-- One row: how many users have an id that another user's id writes without a fraction (1.0 and 1),
-- which is what becomes of a column of numbers in which one is missing; and how many have an id
-- that is a number without its last digits: with an exponent, or beyond what floating point holds.
with fractions as (
    select
        user_id,
        left(user_id, -2) as whole
    from streams
    where stream_no is not null and ends_with(user_id, '.0')
),

rounded as (
    select user_id
    from streams
    where
        stream_no is not null
        and contains(user_id, '+')
        and regexp_full_match(user_id, '\d([.,]\d+)?[eE]\+\d+')
    union
    select user_id
    from fractions
    where try_cast(whole as uhugeint) >= 9007199254740992
),

twice as (
    select distinct fractions.user_id
    from fractions
    inner join streams on fractions.whole = streams.user_id
)

select
    (select count(*) from twice) as twice,
    (select count(*) from rounded) as rounded

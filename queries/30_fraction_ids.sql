-- One row: how many users have an id that another user's id writes without a fraction (1.0 and 1).
-- That is what becomes of a column of numbers in which one is missing.
select count(distinct fractions.user_id) as twice
from streams as fractions
inner join streams as wholes on wholes.user_id = left(fractions.user_id, -2)
where ends_with(fractions.user_id, '.0')

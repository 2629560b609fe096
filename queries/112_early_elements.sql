-- One row: of the first rows of the log, how many there are, and how many elements they name.
with first_rows as (
    select target
    from log
    limit 500000 -- noqa: AM09
)

select
    count(*) as n,
    count(distinct target) as elements
from first_rows

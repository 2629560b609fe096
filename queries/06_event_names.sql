-- One row per event name, the most frequent first: its rows, and the roles that its marks give.
select
    event,
    is_blank(event) or is_none(event) as is_blank,
    sum(n)::bigint as n,
    bit_or(marks)::integer as marks
from names
group by event
order by n desc, event asc

-- One row per name that has rows: their number, added up over the batches that had the name.
select
    name,
    sum(n)::bigint as n
from coded_names
group by name
having sum(n) > 0

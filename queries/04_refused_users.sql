-- One row per reason for which users are refused: their rows, and their ids.
select
    refused,
    sum(n)::bigint as n,
    list(distinct user_id order by user_id) as user_ids
from streams
where refused is not null
group by refused
order by refused

-- One row per element where work stopped most: the elements last touched, of enough users each.
with elements as (
    select distinct
        element_no,
        target
    from labels
)

select
    elements.target,
    count(*) as n
from replays
inner join lags
    on replays.return_us = lags.return_us and replays.stream_no = lags.stream_no
inner join elements on replays.pointed_no = elements.element_no
where lags.is_interruption
group by elements.target
having count(distinct replays.user_no) >= getvariable('place_users')
order by n desc, elements.target asc
limit getvariable('shown_places')

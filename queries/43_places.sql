-- One row per interruption: the element touched last before it, empty where there is none.
with elements as (
    select distinct
        element_no,
        target
    from labels
    where element_no is not null
)

select
    replays.user_no,
    coalesce(elements.target, '') as value
from replays
inner join lags
    on replays.return_us = lags.return_us and replays.stream_no = lags.stream_no
left join elements on replays.pointed_no = elements.element_no
where lags.is_interruption

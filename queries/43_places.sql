-- One row per interruption: the element touched last before it and the page on which work stopped.
-- Either is empty where there is none.
with elements as (
    select distinct
        element_no,
        target
    from labels
    where element_no is not null
)

select
    replays.user_no,
    coalesce(elements.target, '') as element,
    coalesce(stop_label.context, '') as page
from replays
inner join lags
    on replays.return_us = lags.return_us and replays.stream_no = lags.stream_no
inner join labels as stop_label
    on label_of(replays.stop_content) = stop_label.label_no
left join elements on replays.pointed_no = elements.element_no
where lags.is_interruption

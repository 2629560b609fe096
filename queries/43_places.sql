-- One row per interruption: the element touched last before it and the page on which work stopped.
-- Either is empty where there is none, and where fewer users than named_users have it: there may be
-- as many names as interruptions, of which few are ever named.
with interrupted as (
    select
        replays.user_no,
        replays.pointed_no as element_no,
        stop_label.context_no
    from replays
    inner join lags
        on replays.return_us = lags.return_us and replays.stream_no = lags.stream_no
    left join labels as stop_label
        on
            is_mapped('context')
            and label_of(replays.stop_content) = stop_label.label_no
    where lags.is_interruption
),

large_elements as (
    select element_no
    from interrupted
    group by element_no
    having count(distinct user_no) >= getvariable('named_users')
),

large_contexts as (
    select context_no
    from interrupted
    group by context_no
    having count(distinct user_no) >= getvariable('named_users')
),

elements as (
    select distinct
        element_no,
        target
    from labels
    where element_no in (select large_elements.element_no from large_elements)
),

contexts as (
    select distinct
        context_no,
        context
    from labels
    where context_no in (select large_contexts.context_no from large_contexts)
)

select
    interrupted.user_no,
    coalesce(elements.target, '') as element,
    coalesce(contexts.context, '') as page
from interrupted
left join elements on interrupted.element_no = elements.element_no
left join contexts on interrupted.context_no = contexts.context_no
